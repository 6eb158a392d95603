"""What the business administrator changes of reminders: rules, and the county's free days."""

from datetime import date

from django.db import transaction

from accounts.models import CalendarDay, ReminderRule, User
from core import audit
from core.dates import today
from core.horizon import Reach
from core.horizon import require as require_day

FACTS = (
    "name",
    "event",
    "offset",
    "audience",
    "is_digest",
    "skips_free_days",
    "escalation_role",
    "escalation_days",
    "is_active",
)


@transaction.atomic
def save_rule(*, actor: User, rule: ReminderRule) -> ReminderRule:
    """A new rule, or one that is used again, tells only of what comes from today on."""
    before = ReminderRule.objects.filter(pk=rule.pk).values(*FACTS).first() if rule.pk else None
    if before is None or (rule.is_active and not before["is_active"]):
        rule.since = today()
        if before is not None:
            rule.runs.all().delete()
    rule.full_clean()
    rule.save()
    after = {name: getattr(rule, name) for name in FACTS}
    audit.record(actor=actor, verb="reminder.save", target=rule, before=before, after=after)
    return rule


@transaction.atomic
def set_calendar_day(*, actor: User, day: date, is_free: bool, name: str) -> CalendarDay:
    """The latest word on a day holds; raises ValidationError keyed by day."""
    require_day(day, Reach.PLAN, "day")
    known, _ = CalendarDay.objects.update_or_create(
        day=day, defaults={"is_free": is_free, "name": name}
    )
    after = {"day": day, "is_free": is_free, "name": name}
    audit.record(actor=actor, verb="reminder.day", target=known, after=after)
    return known


@transaction.atomic
def forget_calendar_day(*, actor: User, day: CalendarDay) -> None:
    """From then on its weekday tells."""
    before = {"day": day.day, "is_free": day.is_free, "name": day.name}
    audit.record(actor=actor, verb="reminder.day", target=day, before=before)
    day.delete()
