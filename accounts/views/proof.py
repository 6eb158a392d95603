"""Asking for the password again before an act that needs a fresh proof."""

import time
from typing import cast
from urllib.parse import urlencode

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import logout, user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from accounts import factors, kept
from accounts.forms import ProofForm
from accounts.models import User
from core.permissions import PROVED_AT


def ask_for_proof(request: HttpRequest, back: str) -> HttpResponse:
    """The page in answer to an act whose proof is too old."""
    return _page(request, ProofForm(), back, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Takes the password, or a code of the second factor, and leads back."""
    user = cast(User, request.user)
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = resolve_url("home")
    form = ProofForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form, back)
    if not _is_right(user, form.cleaned_data["proof_password"]):
        return _refuse(request, form, back)
    request.session[PROVED_AT] = int(time.time())
    return redirect("accounts:resume" if kept.find(user) else back)


def _is_right(user: User, text: str) -> bool:
    return user.check_password(text) or (
        user.second_factor_since is not None and factors.accept(user=user, text=text)
    )


def _refuse(request: HttpRequest, form: ProofForm, back: str) -> HttpResponse:
    """A wrong proof counts like a wrong password; the fifth one ends the session."""
    credentials = {"username": cast(User, request.user).username}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    if AxesProxyHandler.is_locked(request, credentials):
        logout(request)
        return redirect("accounts:login")
    form.add_error("proof_password", "密码或动态口令不正确")
    return _page(request, form, back)


def _page(request: HttpRequest, form: ProofForm, back: str, status: int = 200) -> HttpResponse:
    context = {
        "title": "请再次验证身份",
        "form": form,
        "action": f"{resolve_url('accounts:prove')}?{urlencode({'next': back})}",
    }
    return render(request, "accounts/prove.html", context, status=status)
