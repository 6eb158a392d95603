"""The board: how far coverage has come as of a day, in figures, tiles and one printable table."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.dates import today
from core.permissions import require
from organizations.models import Area, AreaKind
from reports import board, runs
from reports.bridge import Bridge, bridge
from reports.conditions import POPULATION
from reports.coverage import UNDETERMINED, Measurement, UnitFigures, measure
from reports.forms import BoardForm, units_in_scope
from reports.indicators import INDICATOR, INDICATORS
from reports.joint import joint_branches
from reports.models import CoverageRun

PERMISSION = "reports.view"
MAY_PUBLISH = "reports.ledger"


@require_safe
@require(PERMISSION)
def show(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = BoardForm(_with_defaults(request), user=user)
    if not form.is_valid():
        return render(request, "reports/board_empty.html", {"form": form, "title": "覆盖看板"})
    asked = form.cleaned_data
    measurement = measure(
        asked["as_of"], population=asked["population"] or None, areas=units_in_scope(user)
    )
    whole = _whole(measurement, asked["area"])
    if whole is None:
        return render(request, "reports/board_empty.html", {"form": form, "title": "覆盖看板"})
    return render(
        request, "reports/board.html", _context(user, form, measurement, whole, asked["show"])
    )


def _with_defaults(request: HttpRequest) -> dict[str, Any]:
    return {"as_of": today().isoformat(), "show": INDICATORS[0].key} | {
        key: value for key, value in request.GET.items() if value
    }


def _whole(measurement: Measurement, area: Area | None) -> UnitFigures | None:
    """The unit asked for, else the highest that the user may see."""
    if area is not None:
        return next((one for one in measurement.units if one.unit.area == area), None)
    return min(measurement.units, key=lambda one: len(one.unit.path), default=None)


def _context(
    user: Any, form: BoardForm, measurement: Measurement, whole: UnitFigures, key: str
) -> dict[str, Any]:
    asked = board.Asked(measurement.as_of, measurement.population)
    parts = board.parts_of(measurement, whole)
    indicator = INDICATOR[key]
    trend = runs.trend(whole.unit.area, measurement.population)
    return {
        "title": "覆盖看板",
        "form": form,
        "whole": whole,
        "as_of": measurement.as_of,
        "population": POPULATION[measurement.population],
        "scale": measurement.rules.scale_definition.label,
        "figures": board.figures(asked, whole),
        "indicator": indicator,
        "indicators": INDICATORS,
        "tiles": board.tiles(asked, parts, indicator),
        "legend": board.LEGEND,
        "rows": board.unit_rows(asked, [whole, *parts]),
        "undetermined": whole.counts.get(UNDETERMINED, 0),
        "joint": joint_branches(measurement.as_of, whole.unit),
        "trend": [(run, one.rate(indicator)) for run, one in trend],
        "bridge": _bridge(whole, measurement, trend, key),
        "bridge_url": asked.url(key, whole, "numerator"),
        "asked": asked,
        "may_publish": _may_publish(user),
        "sees_life": user.has_perm("activities.view"),
        "sees_members": user.has_perm("members.view"),
        "unclaimed_url": asked.url("unclaimed", whole, "numerator"),
        "undetermined_url": asked.url("undetermined", whole, "numerator"),
    }


def _bridge(
    whole: UnitFigures,
    measurement: Measurement,
    trend: list[tuple[CoverageRun, UnitFigures]],
    key: str,
) -> tuple[date, Bridge] | None:
    """Why the rate moved since the last published day, or since the first frozen one."""
    earlier = [run for run, _ in trend if run.as_of < measurement.as_of]
    published = [run for run in earlier if run.published_at]
    start = next(iter(published or earlier[-1:]), None)
    if start is None:
        return None
    found = bridge(
        INDICATOR[key],
        whole.unit,
        start.as_of,
        measurement.as_of,
        population=measurement.population,
    )
    return start.as_of, found


def _may_publish(user: Any) -> bool:
    """Publishing binds the whole county, so only who answers for one may."""
    counties = Area.objects.visible_to(user).filter(kind=AreaKind.COUNTY)
    return bool(user.has_perm(MAY_PUBLISH)) and counties.exists()


@require_POST
@require(MAY_PUBLISH)
def recompute(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    job = runs.request_recompute(user)
    return redirect("core:job_detail", job.pk)


@require_POST
@require(MAY_PUBLISH)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    if not _may_publish(user):
        raise Http404
    run = get_object_or_404(CoverageRun, pk=pk)
    try:
        runs.publish(actor=user, run=run)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, f"{run.as_of} 的核算已发布，今后不再改变")
    return redirect("reports:board")
