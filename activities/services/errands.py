"""What a meeting gave somebody to do, until it is done."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.models import ActivityDecision
from activities.services.steps import note, standing
from core.horizon import Reach
from core.horizon import require as require_day
from members.services.persons import Actor


@transaction.atomic
def finish_task(*, actor: Actor, decision: ActivityDecision, on: date, outcome: str) -> None:
    """Raises ValidationError keyed by on."""
    require_day(on, Reach.FACT, "on")
    rows = ActivityDecision.objects.select_for_update(of=("self",))
    decision = rows.select_related("activity__organization").get(pk=decision.pk)
    held_on = decision.activity.held_on
    if decision.done_on:
        raise ValidationError("这件事已经办结。")
    if held_on and on < held_on:
        raise ValidationError({"on": f"办结日期不能早于会议日期{held_on}。"})
    decision.done_on, decision.outcome = on, outcome
    decision.save(update_fields=["done_on", "outcome"])
    activity, facts = decision.activity, {"decision": decision.text, "done_on": on}
    note(activity, "activity.task", actor, outcome, before=standing(activity), **facts)
