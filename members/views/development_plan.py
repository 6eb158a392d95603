"""The year of development on screen: statistics with the people behind them, plan against done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.dates import today
from core.permissions import require
from members.development import figures, planning
from members.development.approving import APPROVE
from members.development.forms import PlanForm
from members.views.development_case import METHODS
from members.views.development_list import BOARD, VIEW
from organizations.views.common import accepted, form_page

YEARS = 5  # back from this one


def _year(request: HttpRequest) -> int:
    """The year of the address; this one when it names none or nonsense."""
    now = today().year
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else now
    return year if 2000 <= year <= now + 1 else now


@require_safe
@require(VIEW)
def statistics(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    year = _year(request)
    context = {
        "title": f"{year}年发展党员统计",
        "crumbs": [BOARD],
        "year": year,
        "years": range(today().year, today().year - YEARS, -1),
        "heads": [kind.label for kind in figures.columns(year)],
        "sections": figures.statistics(user, year),
        "figures": figures.figures(user, year),
        "list_url": reverse("members:development_list"),
        "as_of": f"申请人、积极分子、发展对象截至 {today()}；年龄按 {year} 年底计算",
    }
    return render(request, "members/development_statistics.html", context)


@require_safe
@require(VIEW)
def plan_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    year = _year(request)
    new = {
        "label": "下达计划",
        "url": reverse("members:development_plan_new"),
        "css": "btn-primary",
    }
    context = {
        "title": f"{year}年发展党员指导性计划",
        "crumbs": [BOARD],
        "year": year,
        "years": range(today().year + 1, today().year - YEARS, -1),
        "lines": figures.plans(user, year),
        "actions": [new] if user.has_perm(APPROVE) else [],
        "as_of": f"已接收数截至 {today()}",
    }
    return render(request, "members/development_plans.html", context)


@METHODS
@require(APPROVE)
def plan_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = PlanForm(user, request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: planning.set_plan(actor=user, **form.cleaned_data)
    ):
        messages.success(request, "已下达。")
        url = reverse("members:development_plans")
        return redirect(f"{url}?year={form.cleaned_data['year']}")
    url = reverse("members:development_plans")
    return form_page(request, "下达发展党员指导性计划", form, url, [BOARD, ("指导性计划", url)])
