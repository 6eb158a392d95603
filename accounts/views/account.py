"""One's own account: display, sign-in record, tokens for programs."""

from typing import cast

from axes.models import AccessFailureLog, AccessLog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import tokens
from accounts.forms import PreferencesForm, TokenForm
from accounts.models import User

RECORD = 10


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The page; a post changes how screens look."""
    user = cast(User, request.user)
    form = PreferencesForm(request.POST or None, initial=user.preferences)
    if form.is_valid():
        user.preferences |= form.cleaned_data
        user.save(update_fields=["preferences"])
        messages.success(request, "显示设置已保存。")
        return redirect("accounts:preferences")
    return render(request, "accounts/account.html", _context(user) | {"preferences_form": form})


def _context(user: User) -> dict[str, object]:
    return {
        "token_form": TokenForm(),
        "tokens": list(user.tokens.all()),
        "sign_ins": list(AccessLog.objects.filter(username=user.username)[:RECORD]),
        "failures": list(AccessFailureLog.objects.filter(username=user.username)[:RECORD]),
    }


@require_POST
def token_create(request: HttpRequest) -> HttpResponse:
    """Shows the token once; it cannot be shown again."""
    user = cast(User, request.user)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "accounts/account.html",
            _context(user)
            | {"token_form": form, "preferences_form": PreferencesForm(initial=user.preferences)},
        )
    token, text = tokens.create_token(user=user, **form.cleaned_data)
    return render(request, "accounts/token.html", {"token": token, "text": text})


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    tokens.revoke_token(actor=user, token=get_object_or_404(user.tokens, pk=pk))
    messages.success(request, "令牌已停用。")
    return redirect("accounts:preferences")
