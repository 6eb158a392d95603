"""The duties as rows: which hold, a new one, another demand from a day on, the end of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from activities.duty_forms import DutyEndForm, DutyForm, NewDutyForm
from activities.models import Duty
from activities.services.duty_rows import CHANGE, begin_duty, change_duty, end_duty
from activities.states import VIEW
from activities.views.duties import GRID
from core.dates import today
from core.permissions import require
from organizations.views.common import accepted, form_page

RULES = ("组织生活应办事项", "/duties/rules")
PAGE = ["GET", "HEAD", "POST"]


@require_safe
@require(VIEW)
def duty_rules(request: HttpRequest) -> HttpResponse:
    """Which duties hold, of whom, by which document; ended ones below."""
    user: Any = request.user
    day = today()
    rows = Duty.objects.select_related("kind").order_by("kind__official_order", "-valid_from")
    context = {
        "title": RULES[0],
        "crumbs": [GRID],
        "current": [row for row in rows if row.valid_to is None or row.valid_to > day],
        "ended": [row for row in rows if row.valid_to is not None and row.valid_to <= day],
        "may_change": user.has_perm(CHANGE),
    }
    return render(request, "activities/duty_rules.html", context)


@require_http_methods(PAGE)
@require(CHANGE)
def duty_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = NewDutyForm(request.POST or None)
    if form.is_valid() and accepted(form, lambda: begin_duty(actor=user, **form.cleaned_data)):
        messages.success(request, "已新增应办事项。")
        return redirect("activities:duty_rules")
    return _form(request, "新增应办事项", form)


@require_http_methods(PAGE)
@require(CHANGE)
def duty_change(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    duty = _find(pk)
    known = {name: getattr(duty, name) for name in ("every", "times", "applies", "source")}
    form = DutyForm(request.POST or None, initial=known)
    if form.is_valid() and accepted(
        form, lambda: change_duty(actor=user, duty=duty, **form.cleaned_data)
    ):
        messages.success(request, "已登记新的要求，原要求到该日为止。")
        return redirect("activities:duty_rules")
    return _form(request, f"调整应办事项：{duty}", form)


@require_http_methods(PAGE)
@require(CHANGE)
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    duty = _find(pk)
    form = DutyEndForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: end_duty(actor=user, duty=duty, **form.cleaned_data)
    ):
        messages.success(request, "已登记终止。")
        return redirect("activities:duty_rules")
    return _form(request, f"终止应办事项：{duty}", form)


def _find(pk: int) -> Duty:
    """A duty holds in the whole county; whoever may change it may change each."""
    found: Duty = get_object_or_404(Duty.objects.select_related("kind"), pk=pk)
    return found


def _form(request: HttpRequest, title: str, form: Any) -> HttpResponse:
    return form_page(request, title, form, reverse("activities:duty_rules"), [GRID, RULES])
