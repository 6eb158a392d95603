"""Hours that members studied in a year: classes they attended and meetings that give hours.

A class is kept once, in `members.Training`. A meeting on a day of a class that the member attended
gives nothing beside it, so that no hour counts twice.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Sum

from activities.models import ActivityKind, Attendance, AttendanceStatus
from activities.parameters import STUDY_MINUTES
from activities.querysets import COUNTED
from core.validity import valid_on
from members.models import LeadershipPost, Membership, TrainingAttendance
from members.talent.parameters import HOURS, MEMBER_HOURS

_TENTH, _NONE = Decimal("0.1"), Decimal(0)


@dataclass(frozen=True)
class Study:
    """Hours of one member in a year against those `asked`; `leads` holds a post on the day."""

    asked: int
    leads: bool = False
    times: int = 0
    classes: Decimal = _NONE
    meetings: Decimal = _NONE

    @property
    def hours(self) -> Decimal:
        return self.classes + self.meetings

    @property
    def missing(self) -> Decimal:
        return max(self.asked - self.hours, _NONE)


def day_of_year(year: int, today: date) -> date:
    """Up to which day a year is looked at."""
    return min(date(year, 12, 31), today)


def studies(people: Collection[int], day: date) -> dict[int, Study]:
    """Of these persons, in the year of that day up to it; four statements for any number."""
    classes, meetings = _classes(people, day), _meetings(people, day)
    leading = set(
        LeadershipPost.objects.as_of(day).filter(person__in=people).values_list("person", flat=True)
    )
    of_leader, of_member = HOURS.value(on=day), MEMBER_HOURS.value(on=day)
    return {
        person: Study(
            asked=of_leader if person in leading else of_member,
            leads=person in leading,
            times=classes.get(person, (0, _NONE))[0],
            classes=classes.get(person, (0, _NONE))[1],
            meetings=meetings.get(person, _NONE),
        )
        for person in people
    }


def members_of(organizations: Collection[int], day: date) -> dict[int, list[int]]:
    """The persons whose membership an organization holds on that day."""
    found: dict[int, list[int]] = {}
    held = Membership.objects.filter(valid_on(day), organization__in=organizations).order_by("pk")
    for organization, person in held.values_list("organization", "member__person"):
        found.setdefault(organization, []).append(person)
    return found


def _classes(people: Collection[int], day: date) -> Mapping[int, tuple[int, Decimal]]:
    """How many classes that ended in the year, and their hours."""
    attended = TrainingAttendance.objects.filter(
        person__in=people, training__ends_on__range=(day.replace(month=1, day=1), day)
    )
    counted = attended.order_by().values("person").annotate(n=Count("pk"), sum=Sum("hours"))
    return {row["person"]: (row["n"], row["sum"]) for row in counted}


def _meetings(people: Collection[int], day: date) -> Mapping[int, Decimal]:
    """Those who came or made it up; what lasted is turned into hours by the parameter."""
    came = Q(status=AttendanceStatus.CAME) | Q(made_up_on__lte=day)
    gives = ActivityKind.objects.filter(activities=OuterRef("activity"), gives_hours=True)
    in_class = TrainingAttendance.objects.filter(
        person=OuterRef("person"),
        training__starts_on__lte=OuterRef("activity__held_on"),
        training__ends_on__gte=OuterRef("activity__held_on"),
    )
    lasted = ExpressionWrapper(
        F("activity__held_to") - F("activity__held_from"), output_field=DurationField()
    )
    rows = (
        Attendance.objects.filter(
            came,
            Exists(gives),
            ~Exists(in_class),
            person__in=people,
            activity__state__in=COUNTED,
            activity__held_on__range=(day.replace(month=1, day=1), day),
        )
        .order_by()
        .values("person")
        .annotate(lasted=Sum(lasted))
    )
    minutes = STUDY_MINUTES.value(on=day)
    return {row["person"]: _hours(row["lasted"], minutes) for row in rows}


def _hours(lasted: timedelta, minutes: int) -> Decimal:
    exact = Decimal(lasted // timedelta(minutes=1)) / minutes
    return exact.quantize(_TENTH, ROUND_HALF_UP)
