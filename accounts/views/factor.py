"""The own second factor: set up, recovery codes, switched off where no role needs it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import factors
from accounts.forms import EnrolForm
from accounts.models import User
from accounts.signin import MUST_ENROL
from core.crypto import SealBrokenError, seal, unseal
from core.permissions import fresh

NEW_SECRET = "new_factor"
CONTEXT = "accounts.new_factor"


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def factor_enrol(request: HttpRequest) -> HttpResponse:
    """Shows the key as picture and text; the first right code makes it the user's factor."""
    user = cast(User, request.user)
    if user.second_factor_since is not None:
        return redirect("accounts:preferences")
    secret = _secret(request)
    form = EnrolForm(request.POST or None)
    if form.is_valid():
        try:
            codes = factors.enrol(user=user, secret=secret, code=form.cleaned_data["code"])
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            del request.session[NEW_SECRET]
            request.session[MUST_ENROL] = False
            update_session_auth_hash(request, user)
            return _show(request, codes)
    context = {
        "title": "启用动态口令",
        "form": form,
        "forced": request.session.get(MUST_ENROL, False),
        "picture": factors.qr_image(user, secret),
        "grouped": factors.grouped(secret),
    }
    return render(request, "accounts/enrol.html", context)


def _secret(request: HttpRequest) -> str:
    """The key on offer in this session, sealed there like it will be in its row."""
    try:
        return unseal(request.session.get(NEW_SECRET, ""), CONTEXT)
    except SealBrokenError:
        secret = factors.new_secret()
        request.session[NEW_SECRET] = seal(secret, CONTEXT)
        return secret


def _show(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/recovery.html", {"title": "恢复码", "codes": codes})


@require_POST
@fresh
def factor_recovery(request: HttpRequest) -> HttpResponse:
    """New recovery codes instead of the old ones."""
    user = cast(User, request.user)
    if user.second_factor_since is None:
        return redirect("accounts:preferences")
    return _show(request, factors.renew_recovery_codes(user=user))


@require_POST
@fresh
def factor_off(request: HttpRequest) -> HttpResponse:
    """One's own choice, unless a role needs the factor."""
    user = cast(User, request.user)
    if {grant.role for grant in user.posts_in_force} & factors.roles_that_need_it():
        messages.error(request, "您的角色须使用动态口令，不能停用。")
    elif user.second_factor_since is not None:
        factors.take_away(actor=user, user=user, reason="本人停用")
        update_session_auth_hash(request, user)
        messages.success(request, "动态口令已停用。")
    return redirect("accounts:preferences")
