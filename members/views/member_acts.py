"""Acts on one member, each a short form: move, leave, come back, confirm, extend, work."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.permissions import require
from members.member_forms import (
    ConfirmForm,
    ExtendForm,
    LeaveForm,
    MoveForm,
    ReturnForm,
    WorkForm,
)
from members.models import PartyMember
from members.services import employments, members, memberships
from members.services.members import CHANGE
from members.services.memberships import Move
from members.views.member_pages import LIST, find
from organizations.views.common import accepted, form_page

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
@require(CHANGE)
def member_move(request: HttpRequest, pk: int) -> HttpResponse:
    member, form = find(request, pk), MoveForm(request.user, request.POST or None)

    def act(data: dict[str, Any]) -> None:
        move = Move(data["organization"], data["on"], document=data["document"])
        memberships.move_membership(actor=_actor(request), member=member, move=move)

    return _page(request, member, form, "调整所在党支部", act)


@METHODS
@require(CHANGE)
def member_leave(request: HttpRequest, pk: int) -> HttpResponse:
    member, form = find(request, pk), LeaveForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        memberships.end_membership(actor=_actor(request), member=member, **data)

    return _page(request, member, form, "登记党员减少", act)


@METHODS
@require(CHANGE)
def member_return(request: HttpRequest, pk: int) -> HttpResponse:
    member, form = find(request, pk), ReturnForm(request.user, request.POST or None)

    def act(data: dict[str, Any]) -> None:
        memberships.begin(actor=_actor(request), member=member, move=Move(**data))

    return _page(request, member, form, "接入组织关系", act)


@METHODS
@require(CHANGE)
def member_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    member = find(request, pk)
    form = ConfirmForm(request.POST or None, initial={"on": member.probation_until})

    def act(data: dict[str, Any]) -> None:
        members.confirm_member(actor=_actor(request), member=member, **data)

    return _page(request, member, form, "预备党员转正", act)


@METHODS
@require(CHANGE)
def member_extend(request: HttpRequest, pk: int) -> HttpResponse:
    member, form = find(request, pk), ExtendForm(request.POST or None)

    def act(data: dict[str, Any]) -> None:
        members.extend_probation(actor=_actor(request), member=member, **data)

    return _page(request, member, form, "延长预备期", act)


@METHODS
@require(CHANGE)
def member_work(request: HttpRequest, pk: int) -> HttpResponse:
    member, form = find(request, pk), WorkForm(request.user, request.POST or None)

    def act(data: dict[str, Any]) -> None:
        employments.move_employment(actor=_actor(request), person=member.person, **data)

    return _page(request, member, form, "变更从业企业", act)


def _actor(request: HttpRequest) -> Any:
    return request.user


def _page(
    request: HttpRequest,
    member: PartyMember,
    form: BaseForm,
    title: str,
    act: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """The form, or the act and back to the member, or to the list when it left one's scope."""
    if form.is_valid() and accepted(form, lambda: act(form.cleaned_data)):
        messages.success(request, f"{member}：{title}，已登记。")
        seen = PartyMember.objects.visible_to(_actor(request)).filter(pk=member.pk)
        return redirect(member) if seen.exists() else redirect("members:member_list")
    url = member.get_absolute_url()
    return form_page(request, f"{title}：{member}", form, url, [LIST, (str(member), url)])
