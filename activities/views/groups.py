"""The party groups of branches: which there are, a new one, its members, the end of one."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from activities.group_forms import GroupEndForm, GroupForm, GroupMembersForm
from activities.models import GroupMember, PartyGroup
from activities.roster import Seat, roster_on
from activities.services.groups import end_group, form_group, set_members
from activities.states import RECORD, VIEW
from activities.views.common import LIST, branches_of
from core.dates import today
from core.permissions import require
from organizations.views.common import accepted, form_page

GROUPS = ("党小组", "/meetings/groups")
SHOWN = 500


@require_safe
@require(VIEW)
def group_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    day = today()
    members = (
        GroupMember.objects.visible_to(user).as_of(day).select_related("person").order_by("pk")
    )
    rows = (
        PartyGroup.objects.visible_to(user)
        .select_related("organization", "leader")
        .prefetch_related(Prefetch("members", members.select_related("person"), to_attr="present"))
    )
    context = {
        "title": "党小组",
        "crumbs": [LIST],
        "rows": rows.order_by("organization__path", "name", "-valid_from")[:SHOWN],
        "may_change": user.has_perm(RECORD),
        "as_of": f"数据截至 {day}",
    }
    return render(request, "activities/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(RECORD)
def group_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    branches = branches_of(user)
    own = branches[0] if len(branches) == 1 else None
    form = GroupForm(user, request.POST or None, initial={"organization": own})
    if form.is_valid() and accepted(form, lambda: form_group(actor=user, **form.cleaned_data)):
        messages.success(request, "已登记党小组。")
        return redirect("activities:group_list")
    back = reverse("activities:group_list")
    return form_page(request, "登记党小组", form, back, [LIST, GROUPS])


@require_http_methods(["GET", "HEAD", "POST"])
@require(RECORD)
def group_members(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it is today; a past or coming day may be given with the new one."""
    user: Any = request.user
    group: PartyGroup = get_object_or_404(PartyGroup.objects.visible_to(user), pk=pk)
    present = group.members.filter(valid_to=None)
    form = GroupMembersForm(
        _members(group),
        _elsewhere(group, user),
        request.POST or None,
        initial={
            "on": today(),
            "people": list(present.values_list("person", flat=True)),
            "leader": group.leader_id,
        },
    )
    if form.is_valid() and accepted(
        form, lambda: set_members(actor=user, group=group, **form.cleaned_data)
    ):
        messages.success(request, f"已登记{group}的成员。")
        return redirect("activities:group_list")
    back = reverse("activities:group_list")
    return form_page(request, f"党小组成员：{group}", form, back, [LIST, GROUPS])


def _members(group: PartyGroup) -> list[Seat]:
    """Who is a member of the branch today; a leader from outside is none."""
    seats = roster_on(group.organization, today())
    return [seat for seat in seats if seat.is_full or seat.is_probationary]


def _elsewhere(group: PartyGroup, user: Any) -> dict[int, PartyGroup]:
    """The other group of the branch in which a person is today."""
    rows = GroupMember.objects.visible_to(user).as_of(today())
    rows = rows.filter(group__organization=group.organization_id).exclude(group=group)
    return {row.person_id: row.group for row in rows.select_related("group")}


@require_http_methods(["GET", "HEAD", "POST"])
@require(RECORD)
def group_end(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    group: PartyGroup = get_object_or_404(PartyGroup.objects.visible_to(user), pk=pk)
    form = GroupEndForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: end_group(actor=user, group=group, **form.cleaned_data)
    ):
        messages.success(request, "已登记撤销。")
        return redirect("activities:group_list")
    back = reverse("activities:group_list")
    return form_page(request, f"撤销党小组：{group}", form, back, [LIST, GROUPS])
