"""Bringing back the name of an account from its history."""

from accounts.models import User
from accounts.services import rename_user
from core import history


def register() -> None:
    """Posts, passwords and factors come and go by acts of their own, not here."""
    history.register(
        User,
        permission="accounts.users",
        fields=frozenset({"full_name"}),
        verbs=("account.rename",),
        restore=lambda actor, user, _, value, reason: rename_user(
            actor=actor, user=user, full_name=value, reason=reason
        ),
    )
