"""The door of a view: which right opens it. Which rows it then shows is a matter of scope."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

ViewFunction = Callable[..., HttpResponseBase]


def require(permission: str) -> Callable[[ViewFunction], ViewFunction]:
    """Refuse with 403 whoever does not hold the permission today."""

    def wrap(view: ViewFunction) -> ViewFunction:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user: Any = request.user
            if not user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return wrap
