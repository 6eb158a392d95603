"""What the webhook is to be told of, noted in the transaction of the message itself."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser

from core.models import Message
from core.outward.models import Outgoing


def put(recipients: Sequence[AbstractBaseUser], key: str) -> None:
    """Note the messages of that key, in their transaction; nothing while no webhook is set up."""
    if settings.WEBHOOK is None:
        return
    users = [recipient.pk for recipient in recipients]
    told = Message.objects.filter(recipient__in=users, dedupe_key=key)
    Outgoing.objects.bulk_create((Outgoing(message=one) for one in told), ignore_conflicts=True)
