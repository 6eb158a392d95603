"""One member: the page with the tabs of all apps, and the card on one sheet of A4."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.dates import today
from core.permissions import require
from members.codes import Category, Standing
from members.member_card import card_groups, history_rows
from members.models import PartyMember
from members.services import members
from members.services.members import CHANGE
from members.services.memberships import present_of
from members.tabs import tabs_for

VIEW = "members.view"
LIST = ("党员名册", "/members/")


def find(request: HttpRequest, pk: int) -> PartyMember:
    """The member within the user's scope; a neighbour's is a 404."""
    user: Any = request.user
    rows = PartyMember.objects.visible_to(user).select_related("person__home_organization")
    found: PartyMember = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@require(VIEW)
def member_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One tab (`tab`) of one member."""
    user: Any = request.user
    member, tabs = find(request, pk), tabs_for(user)
    tab = next((tab for tab in tabs if tab.key == request.GET.get("tab")), tabs[0])
    url = member.get_absolute_url()
    context = {
        "title": str(member),
        "crumbs": [LIST],
        "member": member,
        "tab": tab,
        "tabs": [
            {"label": one.label, "url": f"{url}?tab={one.key}", "current": one is tab}
            for one in tabs
        ],
        "actions": _actions(member) if user.has_perm(CHANGE) else [],
        "paper_url": reverse("members:member_print", args=[pk]),
        "doubts": members.doubts(member),
        "as_of": f"数据截至 {today()}",
        **tab.provide(user, member),
    }
    return render(request, "members/member.html", context)


def _actions(member: PartyMember) -> list[dict[str, str]]:
    present = present_of(member)
    steps = [("member_edit", "修改")]
    if present is None:
        steps.append(("member_return", "接入组织关系"))
    else:
        steps += [("member_move", "调整支部"), ("member_leave", "登记减少")]
    if member.category == Category.PROBATIONARY and member.standing == Standing.ACTIVE:
        steps += [("member_confirm", "转正"), ("member_extend", "延长预备期")]
    steps.append(("member_work", "变更从业企业"))
    return [
        {"label": label, "url": reverse(f"members:{route}", args=[member.pk])}
        for route, label in steps
    ]


@require_safe
@require(VIEW)
def member_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The basic facts, posts and memberships of a member on one sheet of A4."""
    member = find(request, pk)
    context = {
        "title": "党员信息卡",
        "crumbs": [LIST, (str(member), member.get_absolute_url())],
        "member": member,
        "groups": card_groups(None, member),
        "tables": history_rows(member),
        "day": today(),
    }
    return render(request, "members/member_print.html", context)
