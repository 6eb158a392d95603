"""Who may open a page at all: signed in, not idle too long, own password and factor chosen.

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

from accounts import factors, kept, passwords
from accounts.sessions import ACTIVE_AT, SIGNED_IN_AT
from accounts.signin import IDENTITY, MUST_ENROL, POSTS
from accounts.views.proof import ask_for_proof
from accounts.views.session import sign_in_again
from core.permissions import PROVED_AT, ProofRequired

View = Callable[..., HttpResponseBase]
EXACTNESS = 60  # seconds: activity is written to the session once in that time
WHILE_CHANGING = frozenset({"accounts:password", "accounts:logout"})
WHILE_ENROLLING = frozenset(
    {
        "accounts:factor_enrol",
        "accounts:prove",
        "accounts:resume",
        "accounts:resume_discard",
        "accounts:logout",
    }
)


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
        if user.is_authenticated:
            user.assume(request.session.get(IDENTITY, ""))
            if why := self._why_over(request, view_func):
                kept.keep(user, request)
                logout(request)
                request.session_ended = why  # type: ignore[attr-defined]
        denied = super().process_view(request, view_func, view_args, view_kwargs)
        if denied is not None or not request.user.is_authenticated:
            return denied
        if first := self._comes_first(request):
            return _go(request, resolve_url(first))
        if request.method == "POST" and kept.RESUMED in request.POST:
            kept.forget(user)
        return None

    def _comes_first(self, request: HttpRequest) -> str:
        """What must be done before anything else: an own password, a second factor."""
        user: Any = request.user
        here = request.resolver_match.view_name if request.resolver_match else ""
        if passwords.must_change(user):
            return "" if here in WHILE_CHANGING else "accounts:password"
        if MUST_ENROL not in request.session:
            request.session[MUST_ENROL] = factors.is_missing(user)
        if request.session[MUST_ENROL]:
            return "" if here in WHILE_ENROLLING else "accounts:factor_enrol"
        return ""

    def _why_over(self, request: HttpRequest, view_func: View) -> str:
        """Idle or signed in too long, or a post has ended; notes the activity otherwise."""
        now, session = int(time.time()), request.session
        since = session.setdefault(SIGNED_IN_AT, now)
        active = session.setdefault(ACTIVE_AT, now)
        session.setdefault(PROVED_AT, since)
        if now - since > settings.SESSION_COOKIE_AGE:
            return "long"
        if now - active > settings.SESSION_IDLE_MINUTES * 60:
            return "idle"
        if self._lost_a_post(request):
            return "posts"
        if now - active >= EXACTNESS and not getattr(view_func, "polled", False):
            session[ACTIVE_AT] = now
        return ""

    def _lost_a_post(self, request: HttpRequest) -> bool:
        """Whether a post of this session has run out; one that has begun is noted."""
        user: Any = request.user
        held = sorted(grant.pk for grant in user.posts_in_force)
        before = request.session.setdefault(POSTS, held)
        if held != before:
            request.session[POSTS] = held
            request.session.pop(MUST_ENROL, None)
        return not set(before) <= set(held)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """An act that needs a fresh proof: what was sent is kept until the proof is there."""
        if not isinstance(problem, ProofRequired):
            return None
        user: Any = request.user
        kept.keep(user, request)
        return ask_for_proof(request, _page_of(request))

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: View
    ) -> HttpResponse:
        """To the sign-in page, and from there back to the page the reader was on."""
        if not getattr(request, "session_ended", "") and (sealed := kept.seal(request)):
            return sign_in_again(request, sealed)
        back = QueryDict(mutable=True)
        back[self.redirect_field_name] = _page_of(request)
        if why := getattr(request, "session_ended", ""):
            back["ended"] = why
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
