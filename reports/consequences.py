"""Coverage before and after an act on the tree, for its preview and its history."""

from collections.abc import Iterator, Mapping

from core.rates import NONE, Rate
from organizations import consequences
from organizations.consequences import Focus, Line, Measure
from organizations.models import Area
from reports.coverage import measure
from reports.indicators import INDICATORS

Rates = Mapping[tuple[str, str], Rate | None]  # (unit, indicator) in words


def register() -> None:
    """Called once when the apps are ready."""
    consequences.register(Measure("coverage", "覆盖率", _look, _tell))


def _look(focus: Focus) -> Rates:
    """Every indicator of every unit that the reader may see, as of the day of the act."""
    areas = Area.objects.visible_to(focus.actor) if focus.actor else None
    measurement = measure(focus.on, areas=areas)
    return {
        (figures.unit.name, indicator.label): figures.rate(indicator)
        for figures in measurement.units
        for indicator in INDICATORS
    }


def _tell(before: Rates, after: Rates) -> Iterator[Line]:
    """Only what changes; a unit that comes or goes with the act has one side alone."""
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if old != new:
            yield Line("：".join(key), _text(old), _text(new), concern=_is_worse(old, new))


def _text(rate: Rate | None) -> str:
    return NONE if rate is None else str(rate)


def _is_worse(old: Rate | None, new: Rate | None) -> bool:
    points = new.points_above(old) if old and new else None
    return points is not None and points < 0
