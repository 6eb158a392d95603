"""联席会议与任务台账: one line for each decision of the year's joint meetings, and its result."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import Prefetch

from activities.models import Activity, ActivityDecision
from activities.states import VIEW
from core.columns import Column, Format, Members
from reports.ledgers.base import TOTAL, Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

KIND = "joint_meeting"
QUARTERS = "一二三四"
_COLUMNS: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("召集党组织", "organization", width=22),
    Column("季度", "quarter", width=8),
    Column("召开日期", "held_on", width=11, format=Format.DAY),
    Column("议题", "title", width=22),
    Column("参加单位和人员", "guests", width=20),
    Column("决定事项", "decision", width=28),
    Column("责任单位", "unit", width=20),
    Column("责任人", "owner", width=9),
    Column("完成期限", "due_on", width=11, format=Format.DAY),
    Column("办理结果", "result", width=20),
)
_OWNERS = {
    "serial": "顺序号",
    "organization": "党组织(当日名称)",
    "decision": "会议决定事项",
    "unit": "责任人所在党组织",
    "owner": "会议决定事项",
    "due_on": "会议决定事项",
    "result": "会议决定事项的完成日期和情况，当日未完成的注明逾期",
}


class JointMeetingLedger(Ledger):
    key: ClassVar[str] = "joint_meetings"
    title: ClassVar[str] = "联席会议与任务台账"
    about: ClassVar[str] = (
        "本年度联席会议的每个决定事项一行：责任单位、期限、办理结果，合计行注明没有召开的季度"
    )
    members: ClassVar[Members] = _COLUMNS
    permission: ClassVar[str] = VIEW

    def basis(self, as_of: date) -> str:
        return f"范围：{as_of.year}年召开、当日以前登记并已提交的联席会议"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        names = {one.pk: one.name for one in OrganizationsOfDay(unit, as_of).rows}
        meetings = list(_meetings(list(names), as_of))
        serial, done = 0, 0
        for meeting in meetings:
            for task in meeting.tasks or [None]:
                serial += 1
                done += task is not None and _is_done(task, as_of)
                facts = _facts(meeting, task, as_of)
                facts |= {"serial": serial, "organization": names[meeting.organization_id]}
                yield Line(tuple(facts.get(column.field) for column in self.columns))
        tasks = sum(len(meeting.tasks) for meeting in meetings)
        total: dict[str, Value] = {
            "organization": TOTAL,
            "title": f"{len(meetings)}次",
            "guests": _missing(meetings, as_of),
            "decision": f"{tasks}件",
            "result": f"完成{done}件",
        }
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = _OWNERS.get(column.field, "联席会议记录")
            yield Note(column, (column.header,), owner, reported=False)


def _meetings(organizations: list[int], as_of: date) -> Any:
    tasks = ActivityDecision.objects.select_related("owner__home_organization").order_by("pk")
    return (
        Activity.objects.filter(
            organization__in=organizations, kinds__key=KIND, recorded_on__lte=as_of
        )
        .counted()
        .held_between(date(as_of.year, 1, 1), as_of)
        .prefetch_related(Prefetch("decisions", tasks, to_attr="tasks"))
        .order_by("held_on", "held_from", "pk")
    )


def _quarter(day: date) -> int:
    return (day.month - 1) // 3


def _missing(meetings: list[Any], as_of: date) -> str:
    """The quarters that are over and had no meeting."""
    held = {_quarter(meeting.held_on) for meeting in meetings}
    tomorrow = as_of + timedelta(days=1)
    over = _quarter(tomorrow) if tomorrow.year == as_of.year else len(QUARTERS)
    absent = [QUARTERS[number] for number in range(over) if number not in held]
    return f"第{'、'.join(absent)}季度没有召开" if absent else ""


def _is_done(task: ActivityDecision, as_of: date) -> bool:
    return task.done_on is not None and task.done_on <= as_of


def _facts(meeting: Any, task: ActivityDecision | None, as_of: date) -> dict[str, Value]:
    facts: dict[str, Value] = {
        "quarter": f"第{QUARTERS[_quarter(meeting.held_on)]}季度",
        "held_on": meeting.held_on,
        "title": meeting.title,
        "guests": meeting.guests,
    }
    if task is None:
        return facts
    home = task.owner.home_organization if task.owner else None
    return facts | {
        "decision": task.text,
        "unit": str(home or ""),
        "owner": str(task.owner or ""),
        "due_on": task.due_on,
        "result": _result(task, as_of),
    }


def _result(task: ActivityDecision, as_of: date) -> str:
    if _is_done(task, as_of):
        return f"{task.done_on}完成。{task.outcome}" if task.outcome else f"{task.done_on}完成"
    if task.due_on is not None and task.due_on < as_of:
        return "逾期未完成"
    return "办理中" if task.owner else ""
