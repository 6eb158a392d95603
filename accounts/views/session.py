"""Coming in and going out: sign-in in two steps, lock-out, first accounts, kept forms."""

import time
from typing import Any, cast

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, user_login_failed
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import factors, kept, passwords, services, signin, throttle
from accounts.forms import CodeForm, PasswordForm, SetupForm, SignInForm
from accounts.models import User
from core import audit, errors
from core.permissions import PROVED_AT


class SignIn(LoginView):
    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.PRODUCTION and not User.objects.exists():
            return redirect("accounts:setup")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if seconds := throttle.pause(request):
            return too_often(request, seconds)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            ended=self.request.GET.get("ended", ""),
            minutes=settings.SESSION_IDLE_MINUTES,
            sealed=self.request.POST.get(kept.FIELD, ""),
            **kwargs,
        )

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        sealed = self.request.POST.get(kept.FIELD, "")
        if user.second_factor_since is None:
            return _come_in(self.request, user, self.get_redirect_url(), sealed)
        signin.hold(self.request, user, next=self.get_redirect_url(), kept=sealed)
        return redirect("accounts:code")


def _come_in(request: HttpRequest, user: User, back: str, sealed: str) -> HttpResponse:
    """To where the reader was going, or to the form that was kept meanwhile."""
    signin.enter(request, user)
    kept.take_over(user, sealed)
    target = "accounts:resume" if kept.find(user) else back or settings.LOGIN_REDIRECT_URL
    response = redirect(target)
    kept.note_author(response, user)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the authenticator, or a recovery code."""
    waiting = signin.held(request)
    if waiting is None:
        return redirect("accounts:login")
    user, details = waiting
    credentials = {"username": user.username}
    if AxesProxyHandler.is_locked(request, credentials):
        return locked(request, HttpResponse(), credentials)
    if seconds := throttle.pause(request):
        return too_often(request, seconds)
    form = CodeForm(request.POST or None)
    if form.is_valid() and factors.accept(user=user, text=form.cleaned_data["code"]):
        return _come_in(request, user, details["next"], details["kept"])
    if form.is_bound:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        failed = AxesProxyHandler.get_failures(request, credentials)
        form.refuse(throttle.tries_left(failed))
    return render(request, "accounts/code.html", {"form": form})


class SignOut(LogoutView):
    next_page = "accounts:login"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if isinstance(request.user, User):
            audit.record(actor=request.user, verb="account.sign_out", target=request.user)
        return super().post(request, *args, **kwargs)


def sign_in_again(request: HttpRequest, sealed: str) -> HttpResponse:
    """The sign-in page in answer to a form whose session is gone; the form travels along."""
    context = {"form": SignInForm(request), "sealed": sealed, "gone": True}
    return render(request, "accounts/login.html", context, status=401)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of ours with an outdated token, or none left: nothing is done, but it is kept."""
    sealed = kept.seal(request) if kept.is_our_own(request) else ""
    if sealed and not request.user.is_authenticated:
        return sign_in_again(request, sealed)
    if sealed and kept.keep(cast(User, request.user), request):
        return redirect("accounts:resume")
    return errors.csrf_failure(request, reason)


def locked(request: HttpRequest, original: HttpResponse, credentials: Any) -> HttpResponse:
    """Called by django-axes instead of the answer to the try that locks, and to later ones."""
    if getattr(request, "axes_failures_since_start", None):  # this try was the last one
        user = User.objects.filter(username=throttle.name_of(request)).first()
        if user is not None:
            audit.record(actor=None, verb="account.locked", target=user)
    return _wait(request, int(throttle.lock_time(request).total_seconds()), locked=True)


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """The answer to a try that is not looked at, because there were so many before it."""
    return _wait(request, seconds, locked=False)


def _wait(request: HttpRequest, seconds: int, *, locked: bool) -> HttpResponse:
    text = f"{seconds // 60} 分钟" if seconds >= 60 else f"{seconds} 秒"
    context = {"wait": text, "locked": locked}
    response = render(request, "accounts/locked.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """The first accounts of an empty installation; in production a command makes them."""
    if settings.PRODUCTION or User.objects.exists():
        raise Http404
    form = SetupForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/setup.html", {"form": form})
    made = services.create_administrators(form.cleaned_data)
    return render(request, "accounts/passwords.html", {"made": made, "first": True})


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    forced = passwords.must_change(user)
    form = PasswordForm(user, request.POST or None, forced=forced)
    if not form.is_valid():
        context = {
            "title": "设置新密码" if forced else "修改密码",
            "form": form,
            "forced": forced,
            "first": user.password_changed_at is None,
            "cancel_url": "" if forced else resolve_url("accounts:preferences"),
            "submit_label": "保存新密码",
        }
        return render(request, "accounts/password.html", context)
    services.change_password(user=user, password=form.cleaned_data["new"])
    update_session_auth_hash(request, user)
    request.session[PROVED_AT] = int(time.time())
    messages.success(request, "密码已修改。")
    return redirect("home")


@require_safe
def resume(request: HttpRequest) -> HttpResponseBase:
    """Offers the form that was sent after the session had ended."""
    post = kept.find(cast(User, request.user))
    if post is None:
        return redirect("home")
    return render(request, "accounts/resume.html", {"post": post})


@require_POST
def resume_discard(request: HttpRequest) -> HttpResponse:
    kept.forget(cast(User, request.user))
    return redirect("home")
