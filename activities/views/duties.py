"""Pages of duties: the year of many branches at one look, and that of one branch."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from activities.branch_year import branch_year
from activities.states import RECORD, VIEW
from activities.year_grid import LEGEND, MONTHS, Asked, grid
from core.dates import EARLIEST, LATEST, today
from core.permissions import require
from core.text import key_of
from organizations.models import PartyOrganization

GRID = ("组织生活年历", "/duties/")


@require_safe
@require(VIEW)
def year_grid(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    asked = Asked(
        year=_year(request),
        day=today(),
        unit=key_of(request.GET.get("unit", "")),
        duty=request.GET.get("duty", ""),
        gaps="gaps" in request.GET,
        word=request.GET.get("q", "").strip(),
    )
    found = grid(PartyOrganization.objects.visible_to(user), asked, request.GET.get("page"))
    context = {
        "title": f"{asked.year}年组织生活年历",
        "grid": found,
        "asked": asked,
        "months": MONTHS,
        "legend": LEGEND,
        "years": _years(asked),
        "as_of": f"数据截至 {asked.day}",
    }
    return render(request, "activities/year_grid.html", context)


@require_safe
@require(VIEW)
def branch_year_page(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    branch: PartyOrganization = get_object_or_404(PartyOrganization.objects.visible_to(user), pk=pk)
    year, day = _year(request), today()
    context = {
        "title": f"{branch} {year}年组织生活",
        "crumbs": [GRID],
        "branch": branch,
        "year": year,
        "found": branch_year(branch, year, day),
        "legend": LEGEND,
        "may_record": user.has_perm(RECORD),
        "record_url": f"{reverse('activities:activity_new')}?organization={branch.pk}",
        "as_of": f"数据截至 {day}",
    }
    return render(request, "activities/branch_year.html", context)


def _year(request: HttpRequest) -> int:
    asked = key_of(request.GET.get("year", ""))
    return asked if asked and EARLIEST <= asked < LATEST else today().year


def _years(asked: Asked) -> list[tuple[int, str, bool]]:
    years = sorted({asked.year, asked.year - 1, asked.day.year})
    return [(year, asked.url(year=year), year == asked.year) for year in years]
