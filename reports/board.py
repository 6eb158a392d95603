"""What the board shows of a measurement: figures, tiles and rows, each with the list behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from core.rates import Rate
from reports.coverage import UNDETERMINED, Measurement, UnitFigures
from reports.indicators import INDICATOR, INDICATORS, Indicator, Side

# Share of the enterprises still missing, up to which a tile has this depth of colour.
HEAT = ((0, 0), (10, 1), (20, 2), (40, 3), (60, 4), (100, 5))
LEGEND = ((1, "差 10% 以内"), (2, "10%—20%"), (3, "20%—40%"), (4, "40%—60%"), (5, "60% 以上"))


@dataclass(frozen=True)
class Asked:
    """The question that every link on the board carries on."""

    as_of: date
    population: str

    def url(self, key: str, figures: UnitFigures, side: str) -> str:
        """The list behind a number of a unit."""
        asked = {
            "area": figures.unit.code,
            "side": side,
            "as_of": self.as_of.isoformat(),
            "population": self.population,
        }
        return f"{reverse('reports:board_list', args=[key])}?{urlencode(asked)}"


@dataclass(frozen=True)
class Cell:
    """A rate or a number with its link; a rate of None cannot be known."""

    label: str
    url: str
    rate: Rate | None = None
    number: int | None = None
    sub: str = ""

    @property
    def is_rate(self) -> bool:
        return self.number is None


@dataclass(frozen=True)
class Tile:
    """A unit on the heat grid, in the official order."""

    name: str
    rate: Rate | None
    missing: int
    level: int
    url: str


@dataclass(frozen=True)
class UnitRow:
    """A unit in the printed table; `nested` units are part of the row of another."""

    name: str
    nested: str
    total: Cell
    rates: list[Cell]
    missing: Cell
    undetermined: int


def figures(asked: Asked, whole: UnitFigures) -> list[Cell]:
    """The six figures of the first band."""
    counts = whole.counts
    due = f"已建 {counts['formed']} · 应建未建 {counts['due_not_formed']}"
    rates = [
        _rate(asked, whole, INDICATOR[key])
        for key in (
            "organization_coverage",
            "single_formation_rate",
            "above_scale_coverage",
            "work_coverage",
        )
    ]
    return [
        _count(asked, whole, "total", "口径内企业", f"规上 {counts['above_scale']}"),
        _count(asked, whole, "due", "应建党组织", due),
        *rates,
    ]


def _rate(asked: Asked, one: UnitFigures, indicator: Indicator) -> Cell:
    side = Side.DENOMINATOR if one.rate(indicator) is None else Side.NUMERATOR
    return Cell(
        indicator.label,
        asked.url(indicator.key, one, side),
        one.rate(indicator),
        sub=_gap(one, indicator),
    )


def _gap(one: UnitFigures, indicator: Indicator) -> str:
    rate = one.rate(indicator)
    return f"差 {rate.denominator - rate.numerator} 家" if rate else ""


def _count(asked: Asked, one: UnitFigures, key: str, label: str, sub: str = "") -> Cell:
    return Cell(label, asked.url(key, one, Side.NUMERATOR), number=one.counts[key], sub=sub)


def tiles(asked: Asked, parts: Iterable[UnitFigures], indicator: Indicator) -> list[Tile]:
    return [_tile(asked, one, indicator) for one in parts]


def _tile(asked: Asked, one: UnitFigures, indicator: Indicator) -> Tile:
    rate = one.rate(indicator)
    missing = rate.denominator - rate.numerator if rate else 0
    return Tile(
        one.unit.name,
        rate,
        missing,
        heat_level(missing, rate.denominator if rate else 0),
        asked.url(indicator.key, one, Side.GAP),
    )


def heat_level(missing: int, total: int) -> int:
    """0 where nothing is missing, 5 where most is."""
    share = 100 * missing / total if total else 0
    return next(level for limit, level in HEAT if share <= limit)


def unit_rows(asked: Asked, units: Iterable[UnitFigures]) -> list[UnitRow]:
    """The table of units: every rate beside its two integers."""
    return [
        UnitRow(
            one.unit.name,
            one.unit.within.name if one.unit.within else "",
            _count(asked, one, "total", "企业数"),
            [_rate(asked, one, indicator) for indicator in INDICATORS],
            _count(asked, one, "due_not_formed", "应建未建"),
            one.counts.get(UNDETERMINED, 0),
        )
        for one in units
    ]


def parts_of(measurement: Measurement, whole: UnitFigures) -> list[UnitFigures]:
    """The units reported inside the whole, in the official order."""
    return [one for one in measurement.units if one is not whole and whole.unit.contains(one.unit)]
