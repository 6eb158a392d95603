"""Whom a reminder rule reaches on a day, and the daily run that sends it, once per rule and day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from accounts.models import CalendarDay, ReminderRule, ReminderRun, ScopeGrant, User
from core import deadlines, notices, object_dates
from core.dates import today
from core.deadlines import Deadline
from core.models import MessageKind
from organizations import audience
from organizations.scoping import path_condition

SATURDAY = 5
DAY = timedelta(days=1)
LISTED = 20  # deadlines named in one digest


@dataclass(frozen=True)
class Letter:
    """What one user is told by a rule on a day; `about` is whose work it is when escalated."""

    recipient: User
    deadlines: tuple[Deadline, ...]
    about: User | None = None

    @property
    def title(self) -> str:
        first, count = self.deadlines[0], len(self.deadlines)
        text = f"{first.subject}：{first.what}" if count == 1 else f"{count} 项事项到期提醒"
        return f"{self.about}有逾期事项：{text}" if self.about else text

    @property
    def body(self) -> str:
        lines = [f"{one.on} {one.subject}：{one.what}" for one in self.deadlines[:LISTED]]
        left = len(self.deadlines) - LISTED
        return "\n".join([*lines, *([f"另有 {left} 项，见工作台。"] if left > 0 else [])])

    @property
    def url(self) -> str:
        return self.deadlines[0].url if len(self.deadlines) == 1 else reverse("home")


def is_free(day: date) -> bool:
    """A weekend or holiday; the county's own days go before the weekday."""
    known = CalendarDay.objects.filter(day=day).first()
    return known.is_free if known else day.weekday() >= SATURDAY


def letters(
    rule: ReminderRule, day: date, subtrees: tuple[str, ...] | None = None
) -> Iterator[Letter]:
    """What the rule sends on that day: all that came into its reach since its last run.

    With `subtrees` only to holders of posts within them.
    """
    if rule.skips_free_days and is_free(day):
        return
    begun = _last_run(rule, day)
    superiors = _holders(rule.escalation_role) if rule.escalation_role else {}
    for user, paths in _audience(rule, subtrees).items():
        reach = (rule.offset, -rule.escalation_days) if superiors else (rule.offset,)
        since, until = begun + timedelta(days=min(reach)), day + timedelta(days=max(reach))
        found = _found(rule.event, user, since, until)
        yield from _pack(rule, user, _between(found, begun, day, rule.offset))
        if late := _between(found, begun, day, -rule.escalation_days) if superiors else ():
            above = audience.nearest(superiors, audience.superior_path(min(paths)))
            for superior in above:
                if superior != user:
                    yield from _pack(rule, superior, late, about=user)


def _found(event: str, user: User, since: date, until: date) -> list[Deadline]:
    """Dates of objects between the days, or all that is open of a kind until the last."""
    dates = object_dates.known().get(event)
    return list(dates.found(user, since, until)) if dates else deadlines.of_kind(event, user, until)


def _last_run(rule: ReminderRule, day: date) -> date:
    """The last day that is already told of."""
    runs = rule.runs.filter(day__lt=day).order_by("-day").values_list("day", flat=True)
    return runs.first() or min(rule.since, day) - DAY


def _between(found: list[Deadline], begun: date, day: date, offset: int) -> tuple[Deadline, ...]:
    shift = timedelta(days=offset)
    return tuple(one for one in found if begun + shift < one.on <= day + shift)


def _pack(
    rule: ReminderRule, user: User, found: tuple[Deadline, ...], about: User | None = None
) -> Iterator[Letter]:
    if rule.is_digest and found:
        yield Letter(user, found, about)
    elif found:
        yield from (Letter(user, (one,), about) for one in found)


def _audience(rule: ReminderRule, subtrees: tuple[str, ...] | None) -> dict[User, list[str]]:
    """Active holders of the rule's roles today with the places of these posts."""
    grants = ScopeGrant.objects.as_of(today()).filter(
        role__in=rule.audience, source=None, user__is_active=True, organization__isnull=False
    )
    if subtrees is not None:
        grants = grants.filter(path_condition("organization__path", subtrees))
    found: dict[User, list[str]] = {}
    for grant in grants.select_related("user", "organization").order_by("user", "pk"):
        assert grant.organization is not None
        found.setdefault(grant.user, []).append(grant.organization.path)
    return found


def _holders(role: str) -> dict[int, list[User]]:
    grants = ScopeGrant.objects.as_of(today()).filter(
        role=role, source=None, user__is_active=True, organization__isnull=False
    )
    found: dict[int, list[User]] = {}
    for grant in grants.select_related("user").order_by("pk"):
        found.setdefault(grant.organization_id or 0, []).append(grant.user)
    return found


def evaluate(day: date) -> int:
    """Send what every active rule has for the day; a rule that ran that day sends nothing more."""
    return sum(_run(rule, day) for rule in ReminderRule.objects.filter(is_active=True))


@transaction.atomic
def _run(rule: ReminderRule, day: date) -> int:
    """Messages and the mark of the run are written together. Free days leave no mark."""
    if rule.skips_free_days and is_free(day):
        return 0
    run, is_new = ReminderRun.objects.get_or_create(rule=rule, day=day)
    if not is_new:
        return 0
    for number, letter in enumerate(letters(rule, day)):
        notices.notify(
            [letter.recipient],
            kind=MessageKind.INFORMATION if letter.about else MessageKind.ACTION,
            title=letter.title,
            body=letter.body,
            url=letter.url,
            key=f"reminder {rule.pk} {day} {number}",
        )
        run.count += 1
    run.save(update_fields=["count"])
    return run.count
