"""One step of an activity: the new state, who took it and when, and the log."""

from typing import Any

from django.core.exceptions import ValidationError

from activities.models import Activity, ActivityStep
from activities.states import ACTS
from core import audit
from core.states import TransitionRefusedError
from members.services.persons import Actor


def locked(activity: Activity) -> Activity:
    """The row as it is now, held until the end of the transaction."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("organization")
    found: Activity = rows.get(pk=activity.pk)
    return found


def move(activity: Activity, act: str) -> None:
    """Set the state that follows; raises ValidationError where the act is not possible."""
    try:
        activity.state = ACTS.target(act, activity.state)
    except TransitionRefusedError as problem:
        raise ValidationError(f"{problem}。") from None


def standing(activity: Activity, *names: str) -> dict[str, Any]:
    """The state and these fields as the log tells them."""
    return {
        "state": activity.get_state_display(),
        **{name: getattr(activity, name) for name in names},
    }


def note(
    activity: Activity,
    act: str,
    actor: Actor,
    reason: str = "",
    *,
    before: audit.State | None = None,
    **facts: Any,
) -> None:
    """Leave the step and its entry in the log; `before` is what the facts were, if there were."""
    old, new = audit.difference(before or {}, {**standing(activity), **facts})
    ActivityStep.objects.create(
        activity=activity,
        act=act,
        state=activity.state,
        version=activity.version,
        actor_id=actor.pk if actor else None,
        reason=reason,
    )
    audit.record(
        actor=actor,
        verb=act,
        target=activity,
        scope_path=activity.organization.path,
        reason=reason,
        before=old if before else None,
        after=new,
    )


def stepped(actor: Actor, activity: Activity, act: str, reason: str = "") -> Activity:
    """A step that changes nothing but the state."""
    activity = locked(activity)
    before = standing(activity)
    move(activity, act)
    activity.save(update_fields=["state", "changed_at"])
    note(activity, act, actor, reason, before=before)
    return activity
