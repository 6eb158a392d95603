"""失联党员登记表: whom nobody reached on a day, how they were searched for, what was decided."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.db.models import Q

from core.columns import Column, Format, Members
from core.templatetags.ui import day as shown_day
from members.models import LostContact
from reports.ledgers.base import TOTAL, Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

_COLUMNS: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("姓名", "name", width=9),
    Column("性别", "sex", width=5),
    Column("民族", "ethnicity", width=7),
    Column("出生年月", "born_on", width=11, format=Format.DAY),
    Column("学历", "education", width=9),
    Column("入党时间", "accepted_on", width=11, format=Format.DAY),
    Column("所在党组织", "organization", width=24),
    Column("失联时间", "lost_since", width=11, format=Format.DAY),
    Column("失联情形代码", "situation", width=8, format=Format.CODE),
    Column("党组织类别代码", "kind", width=8, format=Format.CODE),
    Column("查找经过", "searches", width=40, format=Format.LONG_TEXT),
    Column("处置情况", "handling", width=22),
    Column("备注", "remark", width=14),
)
_OWNERS = {
    "serial": "顺序号",
    "organization": "失联时组织关系所在党组织",
    "lost_since": "失联登记",
    "situation": "失联登记：1外出务工经商 2单位改制或破产 3毕业后去向不明 4工作单位改变"
    " 5出国（境） 6居住地改变 7其他",
    "kind": "失联登记：1国有企业 2非公有制企业 3农村 4党政机关 5学校 6其他事业单位"
    " 7街道社区 8社会组织 9其他",
    "searches": "逐次登记的查找经过，不能修改",
    "handling": "停止党籍的日期和依据",
    "remark": "失联登记",
}


class LostLedger(Ledger):
    key: ClassVar[str] = "lost"
    title: ClassVar[str] = "失联党员登记表"
    about: ClassVar[str] = "每名失联党员一行：失联时间、情形和类别代码、查找经过、处置情况"
    members: ClassVar[Members] = _COLUMNS
    permission: ClassVar[str] = "members.view"

    def basis(self, as_of: date) -> str:
        return "范围：当日尚未取得联系的党员，含已停止党籍的；一式五份，逐级上报"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        keys = [one.pk for one in OrganizationsOfDay(unit, as_of).rows]
        cases = LostContact.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=as_of),
            organization__in=keys,
            lost_since__lte=as_of,
        ).select_related("member__person", "organization")
        order = ("organization__official_order", "organization_id", "lost_since", "pk")
        number = stopped = 0
        for case in cases.prefetch_related("searches").order_by(*order):
            number += 1
            is_stopped = case.suspended_on is not None and case.suspended_on <= as_of
            stopped += is_stopped
            facts = _facts(case, as_of) | {"serial": number, "handling": _handling(case, as_of)}
            yield Line(tuple(facts.get(column.field) for column in self.columns))
        total: dict[str, Value] = {"name": TOTAL, "handling": f"{number}人，已停止党籍{stopped}人"}
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            yield Note(column, (column.header,), _OWNERS.get(column.field, "党员"), reported=False)


def _facts(case: LostContact, day: date) -> dict[str, Value]:
    person = case.member.person
    searches = [one for one in case.searches.all() if one.on <= day]
    return {
        "name": person.name,
        "sex": person.get_sex_display(),
        "ethnicity": person.get_ethnicity_display(),
        "born_on": person.born_on,
        "education": person.get_education_display(),
        "accepted_on": case.member.accepted_on,
        "organization": str(case.organization),
        "lost_since": case.lost_since,
        "situation": case.situation,
        "kind": case.kind,
        "searches": "；".join(
            f"{shown_day(one.on)}{one.by}{one.get_way_display()}：{one.result}" for one in searches
        ),
        "remark": case.remark,
    }


def _handling(case: LostContact, day: date) -> str:
    if case.suspended_on is None or case.suspended_on > day:
        return "查找中"
    return f"{shown_day(case.suspended_on)}停止党籍（{case.suspension_document}）"
