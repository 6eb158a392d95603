"""Model points: named, corrected, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from organizations.models import DemonstrationPoint
from organizations.services import sites as services
from organizations.site_facts import CHANGE
from organizations.views.common import VIEW, accepted, form_page
from organizations.views.site_forms import DemonstrationFactsForm, DemonstrationForm, WithdrawForm

LIST = ("示范点", "/sites/demonstrations/")
METHODS = ["GET", "HEAD", "POST"]


def _find(request: HttpRequest, pk: int) -> DemonstrationPoint:
    user: Any = request.user
    points = DemonstrationPoint.objects.visible_to(user).select_related("organization")
    found: DemonstrationPoint = get_object_or_404(points, pk=pk)
    return found


def _page(point: DemonstrationPoint) -> str:
    return reverse("organizations:demonstration", args=[point.pk])


@require_safe
@require(VIEW)
def demonstration(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    point = _find(request, pk)
    facts = (
        Fact("示范点名称", point.title, wide=True),
        Fact("党组织", point.organization),
        Fact("级别", point.get_level_display()),
        Fact("命名单位", point.awarded_by),
        Fact("命名文号", point.document),
        Fact("命名日期", point.valid_from),
        Fact("终止日期", point.valid_to),
        Fact("已撤销命名", point.is_withdrawn),
        Fact("撤销文号", point.withdrawal_document),
        Fact("撤销原因", point.withdrawal_reason, wide=True),
    )
    routes = (("修改", "demonstration_edit"), ("撤销命名", "demonstration_withdraw"))
    context = {
        "title": point.title,
        "crumbs": [LIST],
        "groups": [FactGroup("基本情况", facts)],
        "actions": [
            {"label": label, "url": reverse(f"organizations:{route}", args=[pk])}
            for label, route in routes
            if user.has_perm(CHANGE) and not point.is_withdrawn
        ],
        "history": audit.history_of(point, user=user),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/demonstration.html", context)


@require_http_methods(METHODS)
@require(CHANGE)
def demonstration_create(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = DemonstrationForm(user, request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.award_demonstration(actor=user, point=form.save(commit=False))
    ):
        messages.success(request, f"已命名 {form.instance}。")
        return redirect("organizations:demonstration", form.instance.pk)
    return form_page(request, "新增示范点", form, LIST[1], [LIST])


@require_http_methods(METHODS)
@require(CHANGE)
def demonstration_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    fresh = _find(request, pk)
    form = DemonstrationFactsForm(request.POST or None, instance=_find(request, pk))
    if form.is_valid() and accepted(
        form, lambda: services.change_demonstration(actor=user, point=fresh, **form.cleaned_data)
    ):
        messages.success(request, "已保存。")
        return redirect("organizations:demonstration", pk)
    return form_page(request, f"修改 {fresh}", form, _page(fresh), [LIST])


@require_http_methods(METHODS)
@require(CHANGE)
def demonstration_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    point = _find(request, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.withdraw_demonstration(actor=user, point=point, **form.cleaned_data)
    ):
        messages.success(request, f"已撤销 {point}。")
        return redirect("organizations:demonstration", pk)
    return form_page(request, f"撤销命名：{point}", form, _page(point), [LIST])
