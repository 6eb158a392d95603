"""三会一课和组织生活台账: one line for each meeting of the year handed in by the day."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import Prefetch

from activities.models import Activity, Attendance, AttendanceStatus
from activities.parameters import RECORD_DAYS
from activities.states import VIEW
from core.columns import Column, Format, Members
from core.rates import Rate
from reports.ledgers.base import TOTAL, Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

AT_ONCE = 100  # organizations
LONGEST = 200  # characters of what was said; the whole stands in the record
_COLUMNS: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("党组织名称", "organization", width=24),
    Column("活动类型", "kinds", width=14),
    Column("召开日期", "held_on", width=11, format=Format.DAY),
    Column("时间", "hours", width=12),
    Column("主题", "title", width=24),
    Column("地点", "place", width=12),
    Column("主持人", "chair", width=9),
    Column("记录人", "recorder", width=9),
    Column("到会指导人员", "guests", width=14),
    Column("应到人数", "expected", width=6, format=Format.WHOLE),
    Column("实到人数", "came", width=6, format=Format.WHOLE),
    Column("到会率", "share", width=8),
    Column("请假人员", "leave", width=14),
    Column("缺席人员", "absent", width=12),
    Column("活动纪要", "content", width=30),
    Column("活动决议", "resolution", width=24),
    Column("登记日期", "recorded_on", width=11, format=Format.DAY),
    Column("备注", "remark", width=12),
)
_OWNERS = {
    "serial": "顺序号",
    "organization": "党组织(当日名称)",
    "share": "实到人数 ÷ 应到人数",
    "leave": "到会情况：请假",
    "absent": "到会情况：缺席",
    "content": f"会议记录(前{LONGEST}字)",
    "resolution": f"会议记录(前{LONGEST}字)",
    "remark": "登记日期晚于召开日期的天数超过口径参数的为补录",
}


class MeetingLedger(Ledger):
    key: ClassVar[str] = "meetings"
    title: ClassVar[str] = "三会一课和组织生活台账"
    about: ClassVar[str] = "本年度每次会议和活动一行：类型、时间、主题、应到实到、纪要和决议"
    members: ClassVar[Members] = _COLUMNS
    permission: ClassVar[str] = VIEW

    def basis(self, as_of: date) -> str:
        return f"范围：{as_of.year}年召开、当日以前登记并已提交的会议和活动，退回的不计"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        serial, expected, came = 0, 0, 0
        late_after = RECORD_DAYS.value(on=as_of)
        for name, row in _meetings(unit, as_of):
            serial, expected, came = serial + 1, expected + row.expected, came + row.came
            facts = _facts(row, late_after) | {"serial": serial, "organization": name}
            yield Line(tuple(facts[column.field] for column in self.columns))
        total: dict[str, Value] = {
            "organization": TOTAL,
            "kinds": f"{serial}次",
            "expected": expected,
            "came": came,
            "share": Rate(came, expected).percent_text,
        }
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = _OWNERS.get(column.field, "会议记录")
            yield Note(column, (column.header,), owner, reported=False)


def _meetings(unit: Unit, as_of: date) -> Iterator[tuple[str, Any]]:
    """With the name of their organization, in the order of the tree and of days."""
    names = {one.pk: one.name for one in OrganizationsOfDay(unit, as_of).rows}
    keys = list(names)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        place = {organization: number for number, organization in enumerate(some)}
        rows = list(_held_by(some, as_of))
        rows.sort(key=lambda row: (place[row.organization_id], row.held_on, row.held_from))
        for row in rows:
            yield names[row.organization_id], row


def _held_by(organizations: Sequence[int], as_of: date) -> Any:
    missing = [AttendanceStatus.LEAVE, AttendanceStatus.ABSENT]
    away = (
        Attendance.objects.filter(status__in=missing)
        .select_related("person")
        .order_by("person__search_key", "person")
    )
    return (
        Activity.objects.filter(organization__in=organizations, recorded_on__lte=as_of)
        .counted()
        .held_between(date(as_of.year, 1, 1), as_of)
        .select_related("chair", "recorder")
        .prefetch_related("kinds", Prefetch("attendances", away, to_attr="away"))
        .order_by()
    )


def _facts(row: Any, late_after: int) -> dict[str, Value]:
    return {
        "kinds": "、".join(kind.name for kind in row.kinds.all()),
        "held_on": row.held_on,
        "hours": f"{row.held_from:%H:%M}–{row.held_to:%H:%M}",
        "title": row.title,
        "place": row.place,
        "chair": str(row.chair or ""),
        "recorder": str(row.recorder or ""),
        "guests": row.guests,
        "expected": row.expected,
        "came": row.came,
        "share": Rate(row.came, row.expected).percent_text,
        "leave": _names(row, AttendanceStatus.LEAVE),
        "absent": _names(row, AttendanceStatus.ABSENT),
        "content": _short(row.content),
        "resolution": _short(row.resolution),
        "recorded_on": row.recorded_on,
        "remark": "补录" if row.days_late > late_after else "",
    }


def _names(row: Any, status: AttendanceStatus) -> str:
    """Those who missed it, with the reason of a leave and the day on which it was made up."""
    return "、".join(_absentee(one) for one in row.away if one.status == status)


def _absentee(one: Attendance) -> str:
    made_up = f"{one.made_up_on}补课" if one.made_up_on else ""
    why = "，".join(word for word in (one.get_reason_display(), made_up) if word)
    return f"{one.person.name}（{why}）" if why else one.person.name


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
