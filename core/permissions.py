"""The door of a view: which right opens it, and whether its reader has just proved who it is.

Which rows the view then shows is a matter of scope.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

ViewFunction = Callable[..., HttpResponseBase]


def require(permission: str) -> Callable[[ViewFunction], ViewFunction]:
    """Refuse with 403 whoever does not hold the permission, which the view then carries."""

    def wrap(view: ViewFunction) -> ViewFunction:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user: Any = request.user
            if not user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return wrap


PROVED_AT = "proved_at"  # of the session: when the password or a code was last given
PROOF_SECONDS = 600


class ProofRequired(PermissionDenied):
    """The session is fine, but for this act the password is asked for again."""


def fresh(view: ViewFunction) -> ViewFunction:
    """Ask for the password again unless it was given within the last ten minutes."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_proof(request)
        return view(request, *args, **kwargs)

    return guarded


def require_proof(request: HttpRequest) -> None:
    """Raise ProofRequired unless the password was given within the last ten minutes."""
    if time.time() - request.session.get(PROVED_AT, 0) > PROOF_SECONDS:
        raise ProofRequired


def holders(permission: str) -> QuerySet[Any]:
    """Active users who hold the permission today, to tell them of something."""
    users: QuerySet[Any] = cast(Any, get_user_model()).objects.holding(permission)
    return users
