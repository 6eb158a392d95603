"""Duties are begun, changed from a day on, and ended; what held before stays as it was."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.models import ActivityKind, Duty
from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.services.persons import Actor

CHANGE = "core.parameters"
VERBS = {
    "duty.begin": "新增应办事项",
    "duty.change": "调整应办事项",
    "duty.end": "终止应办事项",
}
AT = {
    "activities_duty_once": "kind",
    "activities_training_duty_once": "kind",
    "activities_duty_some": "times",
    "activities_duty_source": "source",
}
FACTS = ("every", "times", "applies", "source", "valid_from", "valid_to")


@transaction.atomic
def begin_duty(*, actor: Actor, kind: ActivityKind | None, on: date, **facts: Any) -> Duty:
    """A kind that had none; without a kind the training of the secretary.

    Raises ValidationError keyed by kind, on and the fields of the duty.
    """
    require_day(on, Reach.ACT, "on")
    row = Duty(kind=kind, valid_from=on, **facts)
    clean_at(row, AT)
    row.save()
    _log(actor, "duty.begin", row)
    return row


@transaction.atomic
def change_duty(*, actor: Actor, duty: Duty, on: date, **facts: Any) -> Duty:
    """Another demand from that day; the row before ends with it."""
    before = _ended(duty, on)
    row = Duty(kind=before.kind, valid_from=on, **facts)
    clean_at(row, AT)
    row.save()
    _log(actor, "duty.change", row)
    return row


@transaction.atomic
def end_duty(*, actor: Actor, duty: Duty, on: date, reason: str) -> None:
    """No longer demanded from that day, by the document or for the reason given."""
    row = _ended(duty, on)
    _log(actor, "duty.end", row, reason)


def _ended(duty: Duty, on: date) -> Duty:
    require_day(on, Reach.ACT, "on")
    row: Duty = Duty.objects.select_for_update(of=("self",)).select_related("kind").get(pk=duty.pk)
    if row.valid_to is not None:
        raise ValidationError(f"这项要求已于{row.valid_to}终止。")
    if on <= row.valid_from:
        raise ValidationError({"on": f"应晚于现行要求的起始日期{row.valid_from}。"})
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    return row


def _log(actor: Actor, verb: str, row: Duty, reason: str = "") -> None:
    told = {name: getattr(row, name) for name in FACTS}
    audit.record(actor=actor, verb=verb, target=row, after=told, reason=reason)
