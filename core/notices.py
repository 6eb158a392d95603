"""Messages to users: what waits for them, what they should know, what the system finished."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, QuerySet
from django.utils import timezone

from core.models import Message, MessageKind
from core.outward import outbox


def notify(
    recipients: Iterable[AbstractBaseUser],
    *,
    kind: MessageKind,
    title: str,
    url: str,
    key: str,
    body: str = "",
) -> None:
    """Tell each recipient once: a second message with the same key is not written."""
    recipients = list(recipients)
    Message.objects.bulk_create(
        (
            Message(
                recipient_id=recipient.pk,
                kind=kind,
                title=title[:200],
                body=body,
                url=url,
                dedupe_key=key,
            )
            for recipient in recipients
        ),
        ignore_conflicts=True,
    )
    outbox.put(recipients, key)


def settle(recipients: Iterable[int | None], key: str) -> None:
    """The matter is done: what told these users, by keys that begin so, waits no longer."""
    mark_read(
        Message.objects.filter(
            recipient__in=[pk for pk in recipients if pk],
            kind=MessageKind.ACTION,
            dedupe_key__startswith=key,
        )
    )


def inbox(user: AbstractBaseUser, kind: str = "", *, unread: bool = False) -> QuerySet[Message]:
    messages = Message.objects.filter(recipient_id=user.pk)
    messages = messages.filter(kind=kind) if kind else messages
    return messages.filter(read_at=None) if unread else messages


def unread_counts(user: AbstractBaseUser) -> dict[str, int]:
    """Number of unread messages of each kind."""
    counts = inbox(user).filter(read_at=None).order_by().values_list("kind").annotate(Count("id"))
    return {kind.value: 0 for kind in MessageKind} | dict(counts)


def waiting(user: AbstractBaseUser) -> int:
    """The number on the bell: only what needs the user's action."""
    return inbox(user, MessageKind.ACTION).filter(read_at=None).count()


def mark_read(messages: QuerySet[Message]) -> int:
    """How many became read by this."""
    return messages.filter(read_at=None).update(read_at=timezone.now())


def mark_unread(messages: QuerySet[Message]) -> int:
    """How many became unread by this."""
    return messages.exclude(read_at=None).update(read_at=None)
