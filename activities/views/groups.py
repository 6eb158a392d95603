"""The party groups of branches: which there are, a new one, the end of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from activities.forms import GroupEndForm, GroupForm
from activities.models import PartyGroup
from activities.services.groups import end_group, form_group
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
    rows = PartyGroup.objects.visible_to(user).select_related("organization")
    context = {
        "title": "党小组",
        "crumbs": [LIST],
        "rows": rows.order_by("organization__path", "name", "-valid_from")[:SHOWN],
        "may_change": user.has_perm(RECORD),
        "as_of": f"数据截至 {today()}",
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
