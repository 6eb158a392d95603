"""党员岗与活动量台账: one line for each branch with posts, volunteering or suggestions."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from activities.models import MemberPostKind
from activities.states import VIEW
from core.columns import Column, Format, Group, Members
from reports.ledgers.base import TOTAL, Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit
from reports.volume import BASIS, VOLUMES, Volume, volumes_on

_SERVICE, _IDEAS = "志愿服务", "合理化建议"
_UNITS = {
    MemberPostKind.AREA: "党员责任区(个)",
    MemberPostKind.VANGUARD: "党员先锋岗(个)",
    MemberPostKind.MODEL: "党员示范岗(个)",
    MemberPostKind.TEAM: "党员突击队(支)",
    MemberPostKind.HOUSEHOLD: "党员联系户(户)",
    MemberPostKind.PROJECT: "党员攻关项目(个)",
}
_MEMBERS: Members = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("党组织名称", "organization", width=26),
    *(Column(header, kind.value, width=8, format=Format.WHOLE) for kind, header in _UNITS.items()),
    Column("在岗党员(名)", "holders", width=8, format=Format.WHOLE),
    Group(
        _SERVICE,
        (
            Column("次数", "services", width=7, format=Format.WHOLE),
            Column("人次", "volunteers", width=8, format=Format.WHOLE),
        ),
    ),
    Group(
        _IDEAS,
        (
            Column("提出(条)", "made", width=7, format=Format.WHOLE),
            Column("采纳(条)", "adopted", width=7, format=Format.WHOLE),
            Column("采纳率", "adoption", width=8),
        ),
    ),
)
_OWNERS = {
    "serial": "顺序号",
    "organization": "党组织(当日名称)",
    "services": "会议和活动记录：志愿服务",
    "volunteers": "会议和活动记录：志愿服务的实到人数",
    "made": "合理化建议",
    "adopted": "合理化建议",
    "adoption": BASIS,
}


_GROUP = dict.fromkeys(("services", "volunteers"), _SERVICE) | dict.fromkeys(
    ("made", "adopted", "adoption"), _IDEAS
)


class VolumeLedger(Ledger):
    key: ClassVar[str] = "volumes"
    title: ClassVar[str] = "党员岗与活动量台账"
    about: ClassVar[str] = (
        "每个党组织一行：责任区、先锋岗、示范岗等，志愿服务次数和人次，建议提出和采纳"
    )
    members: ClassVar[Members] = _MEMBERS
    permission: ClassVar[str] = VIEW

    def basis(self, as_of: date) -> str:
        return VOLUMES

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        found, whole, serial = volumes_on(as_of), Volume(), 0
        for organization in OrganizationsOfDay(unit, as_of).rows:
            volume = found.each.get(organization.pk, Volume())
            if volume.is_nothing:
                continue
            serial += 1
            whole.add(volume)
            yield self._line(volume, {"serial": serial, "organization": organization.name})
        yield self._line(whole, {"organization": TOTAL}, is_total=True)

    def _line(self, volume: Volume, named: dict[str, Value], *, is_total: bool = False) -> Line:
        facts: dict[str, Value] = {
            **dict(zip(MemberPostKind.values, volume.by_kind, strict=True)),
            "holders": volume.holders,
            "services": volume.services,
            "volunteers": volume.volunteers,
            "made": volume.made,
            "adopted": volume.adopted,
            "adoption": volume.adoption.percent_text,
            **named,
        }
        return Line(tuple(facts.get(column.field) for column in self.columns), is_total)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = _OWNERS.get(column.field, "党员岗(当日在岗)")
            group = _GROUP.get(column.field)
            path = (group, column.header) if group else (column.header,)
            yield Note(column, path, owner, reported=False)
