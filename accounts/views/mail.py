"""One's own daily mail: the address, the kinds that count, on or off."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import mailing
from accounts.mail_forms import MailForm
from accounts.models import User

CRUMBS = [("个人设置", "/account")]


@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: HttpRequest) -> HttpResponse:
    """Not there where the operator has set up no mail."""
    if not settings.MAIL_ENABLED:
        raise Http404
    user = cast(User, request.user)
    form = MailForm(request.POST or None, initial=mailing.wish_of(user))
    if form.is_valid():
        mailing.choose(actor=user, **form.cleaned_data)
        messages.success(request, "邮件提醒已保存。")
        return redirect("accounts:preferences")
    context = {"title": "邮件提醒", "form": form, "crumbs": CRUMBS, "cancel_url": "/account"}
    return render(request, "generic/form.html", context)
