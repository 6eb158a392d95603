"""The session engine: Django's database sessions with the user, address and browser as columns."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

if TYPE_CHECKING:
    from accounts.models import UserSession

SIGNED_IN_AT, ACTIVE_AT, PROVED_AT = "signed_in_at", "active_at", "proved_at"
ADDRESS, BROWSER = "address", "browser"


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from accounts.models import UserSession

        return UserSession

    def create_model_instance(self, data: dict[str, Any]) -> "UserSession":
        row: UserSession = super().create_model_instance(data)  # type: ignore[assignment]
        for name, value in columns_of(data).items():
            setattr(row, name, value)
        return row


def columns_of(data: dict[str, Any]) -> dict[str, Any]:
    """What of a session's data stands in columns as well."""
    return {
        "user_id": data.get(SESSION_KEY),
        "address": data.get(ADDRESS),
        "browser": data.get(BROWSER, ""),
        "signed_in_at": _moment(data.get(SIGNED_IN_AT)),
        "active_at": _moment(data.get(ACTIVE_AT)),
    }


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
