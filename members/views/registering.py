"""A member registered and put right on screen."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.permissions import require
from members.member_forms import ChangeForm, RegisterForm
from members.models import PartyMember
from members.services import members
from members.services.members import CHANGE
from members.views.member_pages import LIST, find
from organizations.choices import Organizations
from organizations.views.common import accepted, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def member_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = RegisterForm(user, request.POST or None, initial=_home(request))
    registered: list[PartyMember] = []
    if form.is_valid() and accepted(
        form,
        lambda: registered.append(members.register_member(actor=user, given=form.registration)),
    ):
        (member,) = registered
        messages.success(request, f"已登记党员 {member}。")
        return redirect(member)
    return form_page(request, "登记党员", form, reverse("members:member_list"), [LIST])


def _home(request: HttpRequest) -> dict[str, Any]:
    """The branch that the address names, else the only one of the user's scope."""
    user: Any = request.user
    register = Organizations()
    rows = register.rows(user)
    if (asked := request.GET.get("organization", "")).isdecimal():
        rows = rows.filter(pk=int(asked[:18]))
    found = list(rows[:2])
    return {"organization": register.words(found[0])} if len(found) == 1 else {}


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    member = find(request, pk)
    form = ChangeForm(member, request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: members.change_member(
            actor=user,
            member=member,
            reason=form.cleaned_data["reason"],
            **form.person,
            **form.member,
        ),
    ):
        messages.success(request, "已修改。")
        return redirect(member)
    url = member.get_absolute_url()
    return form_page(request, f"修改党员信息：{member}", form, url, [LIST, (str(member), url)])
