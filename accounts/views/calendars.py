"""One's calendar address: made, shown once, revoked; and the file that is read under it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import calendars
from accounts.models import User
from core.permissions import fresh


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever knows the address reads what its user has to do, within today's rights."""
    owner = calendars.owner_of(secret)
    if owner is None:
        raise Http404
    text = calendars.feed(owner, request.build_absolute_uri)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@require_POST
@fresh
def calendar_create(request: HttpRequest) -> HttpResponse:
    """Shows the address once; it cannot be shown again."""
    secret = calendars.create_address(actor=cast(User, request.user))
    address = request.build_absolute_uri(reverse("accounts:calendar_feed", args=[secret]))
    return render(request, "accounts/calendar_address.html", {"address": address})


@require_POST
def calendar_revoke(request: HttpRequest) -> HttpResponse:
    calendars.revoke_address(actor=cast(User, request.user))
    messages.success(request, "日历订阅地址已停用。")
    return redirect("accounts:preferences")
