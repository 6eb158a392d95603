"""The official record of a meeting as labelled facts, for the page, for paper and for Word."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from activities.models import (
    Activity,
    ActivityDecision,
    ActivityPhoto,
    AppraisalResult,
    Attendance,
    AttendanceStatus,
)
from activities.roster import voters_of
from activities.rules import Quorum
from core.detail import NOT_APPLICABLE, Fact, FactGroup

PARTS = (
    "kinds",
    Prefetch("attendances", Attendance.objects.select_related("person").order_by("pk")),
    Prefetch("decisions", ActivityDecision.objects.select_related("owner")),
    Prefetch("appraisals", AppraisalResult.objects.select_related("person")),
    "photos",
)


@dataclass(frozen=True)
class RecordCard:
    """One record as it is shown; `title` names its kinds."""

    activity: Activity
    title: str
    groups: list[FactGroup]
    decisions: list[ActivityDecision]
    appraisals: list[AppraisalResult]
    photos: list[ActivityPhoto]


def cards_of(activities: Sequence[Activity]) -> list[RecordCard]:
    """As many statements for one as for a hundred."""
    prefetch_related_objects(activities, "organization", "group", "chair", "recorder", *PARTS)
    return [_card(one) for one in activities]


def _card(activity: Activity) -> RecordCard:
    kinds, attendances = list(activity.kinds.all()), list(activity.attendances.all())
    quorum = Quorum(voters_of(kinds), activity.voters, activity.voters_came)
    return RecordCard(
        activity,
        "、".join(kind.name for kind in kinds) or "组织生活",
        groups_of(activity, attendances, quorum),
        list(activity.decisions.all()),
        list(activity.appraisals.all()),
        list(activity.photos.all()),
    )


def groups_of(
    activity: Activity, attendances: Sequence[Attendance], quorum: Quorum
) -> list[FactGroup]:
    """In the order of the printed form: what, when, where, who, how many, what was said."""
    facts = [
        Fact("主题", activity.title, wide=True),
        Fact("党组织", str(activity.organization)),
        Fact("党小组", str(activity.group) if activity.group else NOT_APPLICABLE),
        Fact("召开时间" if activity.held_on else "计划时间", _when(activity)),
        Fact("地点", activity.place),
        Fact("主持人", str(activity.chair or "")),
        Fact("记录人", str(activity.recorder or "")),
    ]
    if not activity.held_on:
        return [FactGroup("基本情况", tuple(facts))]
    facts.append(Fact("列席和上级到会人员", activity.guests, wide=True))
    head = FactGroup("基本情况", tuple(facts))
    return [head, _people(activity, attendances, quorum), _said(activity)]


def _when(activity: Activity) -> str:
    day = activity.day
    hours = (activity.held_from, activity.held_to) if activity.held_on else (activity.planned_from,)
    times = "至".join(f"{at:%H:%M}" for at in hours if at)
    return f"{day} {times}".strip()


def _people(activity: Activity, attendances: Sequence[Attendance], quorum: Quorum) -> FactGroup:
    def who(status: AttendanceStatus) -> str:
        return "、".join(_name(one) for one in attendances if one.status == status)

    share = f"{activity.came * 100 / activity.expected:.1f}%" if activity.expected else "—"
    return FactGroup(
        "到会情况",
        (
            Fact("参加人员", who(AttendanceStatus.CAME), wide=True),
            Fact("应到人数", activity.expected),
            Fact("实到人数", activity.came),
            Fact("到会率", share),
            Fact("法定人数", quorum.sentence or "本次会议不计法定人数", wide=True),
            Fact("请假人员", who(AttendanceStatus.LEAVE), wide=True),
            Fact("缺席人员", who(AttendanceStatus.ABSENT), wide=True),
        ),
    )


def _said(activity: Activity) -> FactGroup:
    return FactGroup(
        "会议内容",
        (
            Fact("活动纪要", activity.content, wide=True),
            Fact("活动决议", activity.resolution, wide=True),
        ),
    )


def _name(one: Attendance) -> str:
    made_up = f"{one.made_up_on}补课" if one.made_up_on else ""
    why = "，".join(word for word in (one.get_reason_display(), made_up) if word)
    return f"{one.person.name}（{why}）" if why else one.person.name
