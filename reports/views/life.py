"""The board of organization life: completion by unit, and why it moved since an earlier day."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from activities.states import VIEW
from core.dates import today
from core.permissions import require
from core.rates import Rate
from reports.board import LEGEND, Tile, heat_level
from reports.forms import DayField, UnitDayForm
from reports.life import BASIS, LABEL, Life, life_bridge, life_on
from reports.units import Unit

BOARD = ("覆盖看板", "/board/")


class LifeForm(UnitDayForm):
    since = DayField(label="与此日相比", required=False)


@require_safe
@require(VIEW)
def life(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = LifeForm(_with_defaults(request), user=user)
    units = form.units(user)
    whole = form.whole(units)
    if whole is None:
        return render(request, "reports/board_empty.html", {"form": form, "title": LABEL})
    asked = form.cleaned_data
    found = life_on(asked["as_of"])
    since = max(min(asked["since"], asked["as_of"]), date(asked["as_of"].year, 1, 1))
    parts = [unit for unit in units if unit is not whole and whole.contains(unit)]
    context = {
        "title": LABEL,
        "crumbs": [BOARD],
        "form": form,
        "unit": whole,
        "basis": BASIS,
        "tally": found.of(whole),
        "url": _url(whole, found.day),
        "tiles": [_tile(unit, found) for unit in parts],
        "legend": LEGEND,
        "since": since,
        "bridge": life_bridge(whole, life_on(since), found) if since < found.day else None,
        "as_of": found.day,
    }
    return render(request, "reports/life.html", context)


def _with_defaults(request: HttpRequest) -> dict[str, Any]:
    """Compared with the end of the month before, if nothing else is asked."""
    last = today().replace(day=1) - timedelta(days=1)
    return {"as_of": today().isoformat(), "since": last.isoformat()} | {
        key: value for key, value in request.GET.items() if value
    }


def _tile(unit: Unit, found: Life) -> Tile:
    rate = found.of(unit).rate
    missing = rate.denominator - rate.numerator
    level = heat_level(missing, rate.denominator)
    return Tile(unit.name, _known(rate), missing, level, _url(unit, found.day))


def _known(rate: Rate) -> Rate | None:
    return rate if rate.denominator else None


def _url(unit: Unit, day: date) -> str:
    """The branches behind the number."""
    return f"{reverse('activities:year_grid')}?year={day.year}&unit={unit.area.committee_id}"
