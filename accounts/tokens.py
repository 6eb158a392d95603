"""Tokens of programs: shown once, kept as a digest, valid until a day, revocable at once."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import ApiToken, User
from core import audit

MAX_DAYS = 365
PREFIX = "fg_"
USED_EVERY = timedelta(minutes=5)  # how exact `used_at` is


def _digest(text: str) -> str:
    """A random 256-bit token needs no slow hash."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def create_token(
    *, user: User, name: str, scopes: Sequence[str], days: int
) -> tuple[ApiToken, str]:
    """The row and the text that the user sees once."""
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        hint=text[:8],
        digest=_digest(text),
        scopes=list(scopes),
        expires_at=timezone.now() + timedelta(days=min(days, MAX_DAYS)),
    )
    audit.record(
        actor=user, verb="token.create", target=token, after={"name": name, "scopes": token.scopes}
    )
    return token, text


@transaction.atomic
def revoke_token(*, actor: User, token: ApiToken) -> None:
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.record(actor=actor, verb="token.revoke", target=token)


def find_token(text: str) -> ApiToken | None:
    """The valid token of an active user who may sign in, or None."""
    token = ApiToken.objects.select_related("user").filter(digest=_digest(text)).first()
    if token is None or not token.is_valid or not token.user.is_active:
        return None
    now = timezone.now()
    if token.used_at is None or now - token.used_at > USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token
