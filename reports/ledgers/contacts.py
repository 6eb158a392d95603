"""领导干部联系点台账: one line for each leader and enterprise of the year, visits and solutions."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from core.columns import Column, Format, Members
from core.masking import Sensitive, mask
from enterprises.models import ContactPoint, ContactVisit, EnterpriseRequest, RequestState
from reports.ledgers.base import Ledger, Line, Note, Value
from reports.ledgers.firms import firms_of, names_on, organizations_on
from reports.units import Unit

_COLUMNS: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("领导姓名", "leader", width=9),
    Column("职务", "post", width=20),
    Column("联系企业", "enterprise", width=26),
    Column("企业地址", "address", width=22),
    Column("企业负责人", "head", width=10),
    Column("党组织名称/书记", "organization", width=24),
    Column("联系电话", "phone", width=14, sensitive=Sensitive.PHONE),
    Column("走访次数/时间", "visits", width=18),
    Column("解决问题", "solved", width=24),
    Column("备注", "remark", width=14),
)
_OWNERS = {
    "serial": "顺序号",
    "leader": "领导干部联系点",
    "post": "领导干部联系点",
    "enterprise": "企业库(当日名称)",
    "address": "企业库(经营地址，没有时为住所)",
    "head": "企业库法定代表人",
    "organization": "当日覆盖关系和书记",
    "phone": "企业库联系电话(遮盖)",
    "visits": "领导走访(至当日)",
    "solved": "联系领导转来、至当日已办结的企业诉求",
    "remark": "领导干部联系点",
}


class ContactLedger(Ledger):
    key: ClassVar[str] = "contacts"
    title: ClassVar[str] = "领导干部联系点台账"
    about: ClassVar[str] = "本年度每位领导联系的每家企业一行：走访时间、解决的问题"
    members: ClassVar[Members] = _COLUMNS

    def basis(self, as_of: date) -> str:
        return f"范围：{as_of.year} 年度当日以前安排的联系点，走访和解决问题截至当日"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        points = list(_points(unit, as_of))
        firms = {point.enterprise_id for point in points}
        names, organizations = names_on(as_of, firms), organizations_on(as_of, firms)
        visits, solved = _visits(points, as_of), _solved(points, as_of)
        for serial, point in enumerate(points, 1):
            facts = _facts(point) | {
                "serial": serial,
                "enterprise": names.get(point.enterprise_id, point.enterprise.name),
                "organization": organizations.get(point.enterprise_id, ""),
                "visits": _count_and_days(visits.get(point.pk, [])),
                "solved": "；".join(solved.get(point.pk, [])),
            }
            yield Line(tuple(facts[column.field] for column in self.columns))
        total: dict[str, Value] = {
            "leader": "合计",
            "enterprise": f"{len(firms)}家",
            "visits": f"{sum(map(len, visits.values()))}次",
            "solved": f"{sum(map(len, solved.values()))}件",
        }
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            yield Note(column, (column.header,), _OWNERS[column.field], reported=False)


def _points(unit: Unit, as_of: date) -> Any:
    points = ContactPoint.objects.filter(
        year=as_of.year, valid_from__lte=as_of, enterprise__in=firms_of(unit, as_of)
    )
    return points.select_related("enterprise").order_by(
        "official_order", "leader", "enterprise__pinyin", "pk"
    )


def _visits(points: list[ContactPoint], as_of: date) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    rows = ContactVisit.objects.filter(contact_point__in=points, visited_on__lte=as_of)
    for point, day in rows.order_by("visited_on").values_list("contact_point", "visited_on"):
        found.setdefault(point, []).append(day)
    return found


def _solved(points: list[ContactPoint], as_of: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = EnterpriseRequest.objects.filter(
        contact_point__in=points, state=RequestState.CLOSED, ended_on__lte=as_of
    )
    for point, title in rows.order_by("ended_on", "pk").values_list("contact_point", "title"):
        found.setdefault(point, []).append(title)
    return found


def _count_and_days(days: list[date]) -> str:
    """As the register writes it: 2次（4月1日、10月8日）."""
    if not days:
        return "0次"
    return f"{len(days)}次（{'、'.join(f'{day.month}月{day.day}日' for day in days)}）"


def _facts(point: ContactPoint) -> dict[str, Value]:
    firm = point.enterprise
    return {
        "leader": point.leader,
        "post": point.post,
        "address": firm.business_address or firm.registered_address,
        "head": firm.legal_representative,
        "phone": mask(Sensitive.PHONE, firm.phone),
        "remark": point.remark or point.end_reason,
    }
