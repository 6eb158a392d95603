"""党组织名册: one line for each organization, in the 19 columns of the national export."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.columns import Column, Format, Members
from core.masking import Sensitive, mask
from enterprises.models import CoverageLink, FormationMode
from members.secretaries import Secretaries
from organizations import tree
from organizations.models import (
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
    Placement,
)
from organizations.past import as_they_were
from reports.ledgers.base import Ledger, Line, Note, Value
from reports.units import Unit, units_on

COMMITTEES = {
    OrganizationKind.LOCAL_COMMITTEE,
    OrganizationKind.WORK_COMMITTEE,
    OrganizationKind.COMMITTEE,
}
JOINT, LEGAL_PERSON, AS_SUPERIOR = "联合党支部", "法人单位", "与上级党组织相同"
STANDING = "正常"

_COLUMNS: tuple[Column, ...] = (
    Column("序列", "serial", width=5, format=Format.WHOLE),
    Column("组织编号", "code", width=13, format=Format.CODE),
    Column("党组织所在单位情况", "host", width=10),
    Column("所属组织", "committee", width=16),
    Column("党组织属地关系", "area", width=11),
    Column("组织名称", "name", width=26),
    Column("党组织所在单位代码", "host_codes", width=22, format=Format.LONG_TEXT),
    Column("组织类别", "kind", width=10),
    Column("组织状态", "state", width=6),
    Column("上级组织", "superior", width=16),
    Column("党组织书记", "secretary", width=9),
    Column("联系人", "contact_name", width=8),
    Column("联系电话", "phone", width=13, sensitive=Sensitive.PHONE),
    Column("详细地址", "address", width=18),
    Column("传真", "fax", width=11),
    Column("邮编", "postcode", width=7, format=Format.CODE),
    Column("所属社区", "community", width=10),
    Column("建立日期", "established_on", width=11, format=Format.DAY),
    Column("建立文号", "document", width=14),
)
_OWNERS = {
    "serial": "顺序号",
    "code": "党组织",
    "host": "覆盖关系：联合组建为联合党支部，单独组建为法人单位",
    "committee": "当日最近的上级党委、党工委",
    "area": "当日责任党组织所负责的辖区",
    "name": "党组织(当日名称)",
    "host_codes": "覆盖企业的统一社会信用代码",
    "kind": "党组织(当日类别和性质)",
    "state": "当日尚存的党组织",
    "superior": "当日隶属关系",
    "secretary": "班子任职，没有登记过任职的为填报的书记姓名",
    "phone": "党组织(遮盖)",
    "document": "建立时的隶属批准文号",
}


@dataclass(frozen=True)
class Hosts:
    """The enterprises that an organization covers, as codes, and whether jointly."""

    codes: tuple[str, ...]
    jointly: bool


class OrganizationsOfDay:
    """The organizations of a unit as they stood on a day, each after its superior."""

    def __init__(self, unit: Unit, as_of: date) -> None:
        paths = tree.path_as_of(as_of)
        inside = [pk for pk, path in paths.items() if path.startswith(unit.path)]
        rows = PartyOrganization.objects.existing(as_of).filter(pk__in=inside)
        self.as_of, self._paths = as_of, paths
        found = as_they_were(rows, as_of)
        for organization in found:
            organization.path = paths[organization.pk]
        self.rows = [line.organization for line in tree.in_order(found)]
        above = {pk for one in found for pk in _line(one.path)}
        others = PartyOrganization.objects.filter(pk__in=above - {one.pk for one in found})
        self._known = {one.pk: one for one in [*found, *as_they_were(others, as_of)]}

    def superior(self, organization: PartyOrganization) -> PartyOrganization | None:
        line = _line(organization.path)
        return self._known.get(line[-2]) if len(line) > 1 else None

    def committee(self, organization: PartyOrganization) -> PartyOrganization | None:
        """The nearest committee above."""
        above = (self._known[pk] for pk in reversed(_line(organization.path)[:-1]))
        return next((one for one in above if one.kind in COMMITTEES), None)


def _line(path: str) -> list[int]:
    size = tree.SEGMENT
    return [int(path[start : start + size], 36) for start in range(0, len(path), size)]


class OrganizationLedger(Ledger):
    key: ClassVar[str] = "organizations"
    title: ClassVar[str] = "党组织名册"
    about: ClassVar[str] = "每个党组织一行：所在单位、隶属、书记、联系方式、建立日期和文号"
    members: ClassVar[Members] = _COLUMNS

    def basis(self, as_of: date) -> str:
        return "范围：本级及下级党组织"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        found = OrganizationsOfDay(unit, as_of)
        keys = [one.pk for one in found.rows]
        secretaries = Secretaries(as_of, keys)
        hosts, documents = _hosts(keys, as_of), _documents(keys)
        areas = {other.path: other.name for other in reversed(units_on(as_of))}
        for serial, one in enumerate(found.rows, 1):
            secretary, committee = secretaries.of(one), found.committee(one)
            facts: dict[str, Value] = {
                "serial": serial,
                "host": _host(hosts.get(one.pk)),
                "committee": committee.name if committee else "",
                "area": _area(one.path, areas),
                "host_codes": "\n".join(hosts[one.pk].codes) if one.pk in hosts else "",
                "kind": _kind(one),
                "state": STANDING,
                "superior": str(found.superior(one) or ""),
                "secretary": secretary.name if secretary else "",
                "phone": mask(Sensitive.PHONE, one.phone),
                "document": documents.get(one.pk, ""),
            }
            yield Line(
                tuple(
                    facts[column.field] if column.field in facts else getattr(one, column.field)
                    for column in self.columns
                )
            )
        total: dict[str, Value] = {"code": "合计", "name": f"{len(found.rows)}个"}
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = _OWNERS.get(column.field, "党组织")
            yield Note(column, (column.header,), owner, reported=False)


def _hosts(organizations: list[int], day: date) -> dict[int, Hosts]:
    links = CoverageLink.objects.as_of(day).filter(organization__in=organizations)
    links = links.select_related("enterprise").order_by("enterprise__pinyin", "pk")
    found: dict[int, list[CoverageLink]] = {}
    for link in links:
        found.setdefault(link.organization_id, []).append(link)
    return {
        organization: Hosts(
            tuple(link.enterprise.uscc for link in own if link.enterprise.uscc),
            any(link.mode != FormationMode.SINGLE for link in own),
        )
        for organization, own in found.items()
    }


def _host(hosts: Hosts | None) -> str:
    if hosts is None:
        return AS_SUPERIOR
    return JOINT if hosts.jointly else LEGAL_PERSON


def _documents(organizations: list[int]) -> dict[int, str]:
    """The approval with which each began."""
    rows = Placement.objects.filter(organization__in=organizations)
    latest_first = rows.order_by("-valid_from").values_list("organization_id", "document")
    return dict(latest_first)


def _area(path: str, areas: Mapping[str, str]) -> str:
    """The area whose committee stands nearest above, or is the organization itself."""
    for end in range(len(path), 0, -tree.SEGMENT):
        if name := areas.get(path[:end]):
            return name
    return ""


def _kind(organization: PartyOrganization) -> str:
    kind = str(OrganizationKind(organization.kind).label)
    nature = OrganizationNature(organization.nature)
    return kind if nature is OrganizationNature.REGULAR else f"{nature.label}{kind}"
