"""Coming in and going out: sign-in, lock-out, first accounts, forced change, kept forms."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import kept, passwords, services
from accounts.forms import PasswordForm, SetupForm, SignInForm
from accounts.models import User
from core import errors

LOCKED_MINUTES = 15


class SignIn(LoginView):
    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.PRODUCTION and not User.objects.exists():
            return redirect("accounts:setup")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            ended="ended" in self.request.GET,
            minutes=settings.SESSION_IDLE_MINUTES,
            sealed=self.request.POST.get(kept.FIELD, ""),
            **kwargs,
        )

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        kept.take_over(user, self.request.POST.get(kept.FIELD, ""))
        response = super().form_valid(form)
        kept.note_author(response, user)
        return response

    def get_success_url(self) -> str:
        user = self.request.user
        if user.is_authenticated and kept.find(user):
            return resolve_url("accounts:resume")
        return super().get_success_url()


@never_cache
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
    """Called by django-axes instead of the answer to the sixth try."""
    response = render(request, "accounts/locked.html", {"minutes": LOCKED_MINUTES}, status=429)
    response.headers["Retry-After"] = str(LOCKED_MINUTES * 60)
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
