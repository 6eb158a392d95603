"""A user's calendar of what falls due, under a secret address: shown once, revocable at once."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import CalendarAddress, User
from core import audit, deadlines
from core.dates import today
from core.icalendar import Event, calendar

AHEAD = timedelta(days=365)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_address(*, actor: User) -> str:
    """The secret of a new address; an earlier one ends."""
    secret = secrets.token_urlsafe(32)
    facts = {"digest": _digest(secret), "created_at": timezone.now(), "used_at": None}
    address, _ = CalendarAddress.objects.update_or_create(user=actor, defaults=facts)
    audit.record(actor=actor, verb="calendar.create", target=address)
    return secret


@transaction.atomic
def revoke_address(*, actor: User) -> None:
    address = CalendarAddress.objects.filter(user=actor).first()
    if address is not None:
        audit.record(actor=actor, verb="calendar.revoke", target=address)
        address.delete()


def owner_of(secret: str) -> User | None:
    """The active user whose address it is, or None."""
    found = CalendarAddress.objects.select_related("user").filter(
        digest=_digest(secret), user__is_active=True
    )
    address = found.first()
    if address is None:
        return None
    found.update(used_at=timezone.now())
    return address.user


def feed(user: User, absolute: Callable[[str], str]) -> str:
    """What is open for the user and due within a year, the overdue included."""
    events = [
        Event(
            f"{user.pk} {one.url} {one.subject} {one.on}",
            one.on,
            f"{one.subject}：{one.what}",
            absolute(one.url),
        )
        for one in deadlines.due(user, today() + AHEAD)
    ]
    return calendar("党建工作到期事项", events, timezone.now())
