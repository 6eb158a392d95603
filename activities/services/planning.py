"""A meeting before it has a record: planned, notified, held or called off."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.models import Activity, ActivityKind, ActivityState
from activities.querysets import OPEN
from activities.services.steps import locked, move, note, standing, stepped
from core import audit
from core.dates import today
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.services.persons import Actor
from organizations.models import PartyOrganization


@transaction.atomic
def plan(
    *,
    actor: Actor,
    organization: PartyOrganization,
    kinds: Sequence[ActivityKind],
    title: str,
    on: date,
    at: time | None = None,
    place: str = "",
) -> Activity:
    """Raises ValidationError keyed by on and kinds."""
    require_day(on, Reach.PLAN, "on")
    if on < today():
        raise ValidationError({"on": "计划日期已过；已经召开的会议请直接记录。"})
    if not kinds:
        raise ValidationError({"kinds": "请至少选择一个类型。"})
    activity = Activity(
        organization=organization,
        title=title,
        planned_on=on,
        planned_from=at,
        place=place,
        state=ActivityState.PLANNED,
        created_by_id=actor.pk if actor else None,
    )
    clean_at(activity, {})
    activity.save()
    activity.kinds.set(kinds)
    note(activity, "activity.plan", actor, title=title, planned_on=on)
    return activity


@transaction.atomic
def change_plan(
    *, actor: Actor, activity: Activity, title: str, at: time | None, place: str
) -> Activity:
    """Another topic, hour or place; another day is another plan. Refuses what was held."""
    activity = locked(activity)
    if activity.state not in OPEN:
        raise ValidationError("会议已经召开或取消，不能再改计划。")
    names = ("title", "planned_from", "place")
    before = {name: getattr(activity, name) for name in names}
    activity.title, activity.planned_from, activity.place = title, at, place
    clean_at(activity, {})
    activity.save(update_fields=[*names, "changed_at"])
    after = {name: getattr(activity, name) for name in names}
    old, new = audit.difference(before, after)
    audit.record(
        actor=actor,
        verb="activity.replan",
        target=activity,
        scope_path=activity.organization.path,
        before=old,
        after=new,
    )
    return activity


@transaction.atomic
def withdraw(*, actor: Actor, activities: Iterable[Activity], reason: str) -> int:
    """Call off those that are still to come and leave the others; how many were called off."""
    planned = [one for one in activities if one.state in OPEN]
    for one in planned:
        stepped(actor, one, "activity.cancel", reason)
    return len(planned)


@transaction.atomic
def notify(*, actor: Actor, activity: Activity) -> Activity:
    return stepped(actor, activity, "activity.notify")


@transaction.atomic
def hold(*, actor: Actor, activity: Activity, on: date, at: time | None = None) -> Activity:
    """It took place; the record follows. Raises ValidationError keyed by on."""
    require_day(on, Reach.FACT, "on")
    activity = locked(activity)
    before = standing(activity, "held_on")
    move(activity, "activity.hold")
    activity.held_on, activity.held_from, activity.recorded_on = on, at, today()
    clean_at(activity, {"activities_once": "on"})
    activity.save()
    note(activity, "activity.hold", actor, before=before, held_on=on)
    return activity


@transaction.atomic
def cancel(*, actor: Actor, activity: Activity) -> Activity:
    return stepped(actor, activity, "activity.cancel")
