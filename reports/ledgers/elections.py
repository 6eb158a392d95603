"""换届台账: one line for each body that is elected, when it was and when it must be again."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.db.models import Q

from core.columns import Column, Format, Members
from members.secretaries import Secretaries
from organizations.models import ElectionState, LeadershipTerm, TermElection
from organizations.rules import must_elect
from organizations.strength import Strength, strengths
from reports.ledgers.base import Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

_COLUMNS: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("党组织名称", "name", width=30),
    Column("隶属", "superior", width=20),
    Column("书记", "secretary", width=9),
    Column("党员数", "members", width=8, format=Format.WHOLE),
    Column("本届换届时间", "elected_on", width=12, format=Format.DAY),
    Column("任期(年)", "years", width=7, format=Format.WHOLE),
    Column("应换届时间(届满)", "expires_on", width=12, format=Format.DAY),
    Column("是否按期", "is_on_time", width=8, format=Format.YES_NO),
    Column("延期批准文号", "extension_document", width=16),
    Column("拟换届时间", "planned_on", width=12, format=Format.DAY),
    Column("备注", "remark", width=20),
)
_OWNERS = {
    "serial": "顺序号",
    "name": "党组织(当日名称)",
    "superior": "当日隶属关系",
    "secretary": "班子任职，没有登记过任职的为填报的书记姓名",
    "members": "覆盖企业的年度记录，含下级党组织",
    "elected_on": "班子任期",
    "years": "班子任期",
    "expires_on": "班子任期",
    "is_on_time": "当日未超过届满日期或批准的延期日期",
    "extension_document": "班子任期",
    "planned_on": "正在办理的换届",
    "remark": "任期的推定",
}


class ElectionLedger(Ledger):
    key: ClassVar[str] = "elections"
    title: ClassVar[str] = "党组织换届台账"
    about: ClassVar[str] = "每个应换届的党组织一行：本届、届满、是否按期、延期文号和拟换届时间"
    members: ClassVar[Members] = _COLUMNS

    def basis(self, as_of: date) -> str:
        return "范围：按期换届的党委、党总支、党支部"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        found = OrganizationsOfDay(unit, as_of)
        rows = [one for one in found.rows if must_elect(one.kind, one.nature)]
        keys = [one.pk for one in rows]
        secretaries = Secretaries(as_of, keys)
        terms = {
            term.organization_id: term
            for term in LeadershipTerm.objects.as_of(as_of).filter(organization__in=keys)
        }
        planned = _planned(keys, as_of)
        counted = strengths(as_of, {one.pk: one.path for one in found.rows})
        overdue = 0
        for serial, one in enumerate(rows, 1):
            term, secretary = terms.get(one.pk), secretaries.of(one)
            facts = _facts(term, as_of) | {
                "serial": serial,
                "name": one.name,
                "superior": str(found.superior(one) or ""),
                "secretary": secretary.name if secretary else "",
                "members": counted.get(one.pk, Strength()).members,
                "planned_on": planned.get(one.pk),
            }
            overdue += facts.get("is_on_time") is False
            yield Line(tuple(facts.get(column.field) for column in self.columns))
        total: dict[str, Value] = {
            "name": "合计",
            "superior": f"{len(rows)}个",
            "remark": f"未登记任期{len(rows) - len(terms)}个，超期{overdue}个",
        }
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            yield Note(column, (column.header,), _OWNERS[column.field], reported=False)


def _facts(term: LeadershipTerm | None, day: date) -> dict[str, Value]:
    if term is None:
        return {"remark": "没有登记任期"}
    left = term.days_left(day)
    words = []
    if term.timing_document:
        words.append(f"本届非按期选举：{term.timing_document}")
    if term.extended_to:
        words.append(f"延期至{term.extended_to}")
    if left < 0:
        words.append(f"超期{-left}天")
    return {
        "elected_on": term.valid_from,
        "years": term.years,
        "expires_on": term.expires_on,
        "is_on_time": left >= 0,
        "extension_document": term.extension_document,
        "remark": "；".join(words),
    }


def _planned(organizations: list[int], day: date) -> dict[int, date]:
    """For which day the elections that were under way are planned."""
    cases = TermElection.objects.filter(
        Q(result__isnull=True) | Q(result__valid_from__gt=day),
        organization__in=organizations,
        opened_at__date__lte=day,
    ).exclude(state=ElectionState.CANCELLED)
    return dict(cases.values_list("organization_id", "planned_on"))
