"""The meetings of some branches of the demonstration county, this year to the present month."""

from datetime import date, time, timedelta
from random import Random

from activities import duty_standard, standard
from activities.models import (
    Activity,
    ActivityKind,
    ActivityState,
    Attendance,
    AttendanceStatus,
)
from activities.roster import may_vote, roster_on, voters_of
from organizations.models import PartyOrganization

SEED = 20_260_701
SERVICE = "志愿服务进社区"
THEMES = ("重温入党誓词", "学习党章党规", SERVICE, "安全生产大家查", "为企业献一策")
QUARTERLY = {1, 4, 7, 10}


def store_meetings(branches: list[PartyOrganization], day: date) -> None:
    """A theme day each month with a lecture each quarter; now and then one is missing."""
    standard.ensure_shipped()
    duty_standard.after_migrate()
    random, kinds = Random(SEED), {kind.key: kind for kind in ActivityKind.objects.all()}
    held: list[tuple[Activity, list[ActivityKind]]] = []
    for number, branch in enumerate(branches):
        for month in range(1, day.month + 1):
            on = date(day.year, month, 10 + number % 9)
            founded = branch.established_on or on
            if not founded <= on <= day or (number + month) % 11 == 5:
                continue
            keys = ["theme_day"]
            if month in QUARTERLY:
                keys += ["member_meeting", "lecture"]
            meeting = _meeting(branch, on, day, random)
            if meeting.title == SERVICE:
                keys.append("volunteering")
            held.append((meeting, [kinds[key] for key in keys]))
    attendances = [one for activity, of in held for one in _attendances(activity, of, random)]
    Activity.objects.bulk_create(activity for activity, _ in held)
    through = Activity.kinds.through
    through.objects.bulk_create(
        through(activity=activity, activitykind=kind) for activity, of in held for kind in of
    )
    Attendance.objects.bulk_create(attendances)


def _meeting(branch: PartyOrganization, on: date, day: date, random: Random) -> Activity:
    late = random.choice((0, 0, 0, 1, 2))
    is_new = (day - on).days < 31
    theme = random.choice(THEMES)
    return Activity(
        organization=branch,
        title=theme,
        held_on=on,
        held_from=time(15),
        held_to=time(16, 30),
        place="党员活动室",
        content=f"{theme}。党员结合岗位谈体会，会后布置下月工作。",
        recorded_on=min(day, on + timedelta(days=late)),
        state=ActivityState.SUBMITTED if is_new else ActivityState.ACCEPTED,
    )


def _attendances(activity: Activity, kinds: list[ActivityKind], random: Random) -> list[Attendance]:
    assert activity.held_on is not None
    rule, rows = voters_of(kinds), []
    for seat in roster_on(activity.organization, activity.held_on):
        away = random.random() < 0.1
        rows.append(
            Attendance(
                activity=activity,
                person=seat.person,
                status=AttendanceStatus.LEAVE if away else AttendanceStatus.CAME,
                reason="travel" if away else "",
                votes=may_vote(seat, rule),
            )
        )
    came = [one for one in rows if one.status == AttendanceStatus.CAME]
    activity.expected, activity.came = len(rows), len(came)
    activity.voters = sum(one.votes for one in rows)
    activity.voters_came = sum(one.votes for one in came)
    return rows
