"""Meetings to come, and what meetings gave people to do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from activities.forms import HoldForm, PlanForm, TaskForm
from activities.models import Activity, ActivityDecision
from activities.services import planning
from activities.services.errands import finish_task
from activities.states import RECORD
from activities.views.common import LIST, branches_of, find, stepped
from core.permissions import require
from organizations.views.common import accepted, form_page

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@require(RECORD)
def plan_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    branches = branches_of(user)
    own = branches[0] if len(branches) == 1 else None
    form = PlanForm(user, request.POST or None, initial={"organization": own})
    planned: list[Activity] = []
    if form.is_valid() and accepted(
        form, lambda: planned.append(planning.plan(actor=user, **form.cleaned_data))
    ):
        messages.success(request, "已计划。")
        return redirect(planned[0])
    return form_page(request, "计划会议", form, reverse("activities:activity_list"), [LIST])


@require_POST
@require(RECORD)
def plan_notify(request: HttpRequest, pk: int) -> HttpResponse:
    return stepped(request, pk, planning.notify, "已登记发出通知。")


@require_http_methods(PAGE)
@require(RECORD)
def plan_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """It took place, and the record is written later."""
    user: Any = request.user
    row = find(request, pk)
    known = {"on": row.planned_on, "at": row.planned_from}
    form = HoldForm(request.POST or None, initial=known)
    if form.is_valid() and accepted(
        form, lambda: planning.hold(actor=user, activity=row, **form.cleaned_data)
    ):
        messages.success(request, "已登记召开，请尽快补上记录。")
        return redirect(row)
    url = row.get_absolute_url()
    return form_page(request, f"登记已召开：{row}", form, url, [LIST, (row.title, url)])


@require_POST
@require(RECORD)
def plan_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return stepped(request, pk, planning.cancel, "已取消这次会议。")


@require_http_methods(PAGE)
@require(RECORD)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    rows = ActivityDecision.objects.visible_to(user).select_related("activity")
    decision: ActivityDecision = get_object_or_404(rows, pk=pk)
    form = TaskForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: finish_task(actor=user, decision=decision, **form.cleaned_data)
    ):
        messages.success(request, "已办结。")
        return redirect(decision.activity)
    url = decision.activity.get_absolute_url()
    crumbs = [LIST, (decision.activity.title, url)]
    return form_page(request, f"办结：{decision.text}", form, url, crumbs)
