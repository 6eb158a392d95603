"""培训台账: one line for each class of the year, and how many secretaries it has reached."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.db.models import Count, Exists, OuterRef, Q

from core.columns import Column, Format, Members
from members.models import LeadershipPost, PostKind, Training, TrainingAttendance
from members.models.post import IN_FORCE
from members.talent.figures import secretary_reach
from reports.ledgers.base import TOTAL, Ledger, Line, Note, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

_COLUMNS: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("培训班名称", "name", width=26),
    Column("举办党组织", "organization", width=22),
    Column("开班日期", "starts_on", width=11, format=Format.DAY),
    Column("结业日期", "ends_on", width=11, format=Format.DAY),
    Column("天数", "days", width=6, format=Format.WHOLE),
    Column("学时", "hours", width=8, format=Format.AMOUNT),
    Column("层级", "level", width=12),
    Column("培训对象", "audience", width=12),
    Column("地点", "place", width=14),
    Column("参加人数", "people", width=8, format=Format.WHOLE),
    Column("其中书记", "secretaries", width=8, format=Format.WHOLE),
    Column("备注", "remark", width=20),
)
_OWNERS = {
    "serial": "顺序号",
    "organization": "党组织(当日名称)",
    "days": "开班日期至结业日期",
    "people": "参加培训",
    "secretaries": "参加培训的人员中结业当日在任的书记",
    "remark": "合计行为书记培训覆盖：当日在任书记中本年已参加培训的 ÷ 当日在任书记",
}


class TrainingLedger(Ledger):
    key: ClassVar[str] = "trainings"
    title: ClassVar[str] = "培训台账"
    about: ClassVar[str] = "本年度每期培训班一行：天数、学时、层级、人数，合计行注明书记培训覆盖"
    members: ClassVar[Members] = _COLUMNS
    permission: ClassVar[str] = "members.view"

    def basis(self, as_of: date) -> str:
        return f"范围：{as_of.year}年当日以前结业的、本级和下级党组织举办的培训班"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        names = {one.pk: one.name for one in OrganizationsOfDay(unit, as_of).rows}
        people = secretaries = serial = 0
        for serial, training in enumerate(_classes(list(names), as_of), 1):
            people, secretaries = people + training.people, secretaries + training.secretaries
            facts = _facts(training) | {
                "serial": serial,
                "organization": names[training.organization_id],
            }
            yield Line(tuple(facts.get(column.field) for column in self.columns))
        total: dict[str, Value] = {
            "name": TOTAL,
            "organization": f"{serial}期",
            "people": people,
            "secretaries": secretaries,
            "remark": f"书记培训覆盖{secretary_reach(names, as_of).chinese}",
        }
        yield Line(tuple(total.get(column.field) for column in self.columns), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = _OWNERS.get(column.field, "培训班")
            yield Note(column, (column.header,), owner, reported=False)


def _classes(organizations: list[int], as_of: date) -> Any:
    in_post = LeadershipPost.objects.filter(
        IN_FORCE,
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("training__ends_on")),
        person=OuterRef("person"),
        kind=PostKind.SECRETARY,
        valid_from__lte=OuterRef("training__ends_on"),
    )
    secretaries = TrainingAttendance.objects.filter(Exists(in_post))
    return (
        Training.objects.filter(
            organization__in=organizations,
            ends_on__range=(as_of.replace(month=1, day=1), as_of),
        )
        .annotate(
            people=Count("attendances"),
            secretaries=Count("attendances", filter=Q(attendances__in=secretaries)),
        )
        .order_by("starts_on", "pk")
    )


def _facts(training: Any) -> dict[str, Value]:
    return {
        "name": training.name,
        "starts_on": training.starts_on,
        "ends_on": training.ends_on,
        "days": (training.ends_on - training.starts_on).days + 1,
        "hours": training.hours,
        "level": training.get_level_display(),
        "audience": training.get_audience_display(),
        "place": training.place,
        "people": training.people,
        "secretaries": training.secretaries,
    }
