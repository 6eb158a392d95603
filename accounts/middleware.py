"""Who may open a page at all: signed in, not idle too long, own password chosen.

Everything is denied unless a view says `login_not_required`.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from accounts import kept, passwords
from accounts.sessions import ACTIVE_AT, SIGNED_IN_AT
from accounts.views.session import sign_in_again

View = Callable[..., HttpResponseBase]
EXACTNESS = 60  # seconds: activity is written to the session once in that time
WHILE_CHANGING = frozenset({"accounts:password", "accounts:logout"})


class AccountMiddleware(LoginRequiredMiddleware):
    """Stands after authentication, messages and htmx."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: View,
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        user: Any = request.user
        if user.is_authenticated and self._is_over(request, view_func):
            kept.keep(user, request)
            logout(request)
            request.session_ended = True  # type: ignore[attr-defined]
        denied = super().process_view(request, view_func, view_args, view_kwargs)
        if denied is not None or not request.user.is_authenticated:
            return denied
        match = request.resolver_match
        if passwords.must_change(user) and match and match.view_name not in WHILE_CHANGING:
            return _go(request, resolve_url("accounts:password"))
        if request.method == "POST" and kept.RESUMED in request.POST:
            kept.forget(user)
        return None

    def _is_over(self, request: HttpRequest, view_func: View) -> bool:
        """Idle too long, or signed in since too long; notes the activity otherwise."""
        now, session = int(time.time()), request.session
        since = session.setdefault(SIGNED_IN_AT, now)
        active = session.setdefault(ACTIVE_AT, now)
        if now - since > settings.SESSION_COOKIE_AGE:
            return True
        if now - active > settings.SESSION_IDLE_MINUTES * 60:
            return True
        if now - active >= EXACTNESS and not getattr(view_func, "polled", False):
            session[ACTIVE_AT] = now
        return False

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: View
    ) -> HttpResponse:
        """To the sign-in page, and from there back to the page the reader was on."""
        if not getattr(request, "session_ended", False) and (sealed := kept.seal(request)):
            return sign_in_again(request, sealed)
        back = QueryDict(mutable=True)
        back[self.redirect_field_name] = _page_of(request)
        if getattr(request, "session_ended", False):
            back["ended"] = "1"
        return _go(request, f"{resolve_url(settings.LOGIN_URL)}?{back.urlencode(safe='/')}")


def _page_of(request: HttpRequest) -> str:
    """The address of the page itself, not of a fragment of it, nor of a post."""
    shown = request.headers.get("HX-Current-URL", "")
    if shown:
        parts = urlsplit(shown)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if "HX-Request" in request.headers:
        return HttpResponseClientRedirect(url)
    return redirect(url)
