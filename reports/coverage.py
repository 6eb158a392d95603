"""Coverage of a day: the numbers of each reporting unit and the lists behind them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from core.rates import Rate
from enterprises.models import Ownership
from organizations.models import Area
from reports.conditions import CLAIMED, NON_PUBLIC_OWNED, POPULATION, REGISTERED, UNCLAIMED
from reports.facts import Facts, facts
from reports.indicators import INDICATORS, Indicator, Side
from reports.joint import nameless
from reports.parameters import rules_on
from reports.rules import CoverageRules
from reports.tallies import SUMS, TALLIES
from reports.units import Unit, units_on

Counts = Mapping[str, int]
UNDETERMINED = "undetermined"  # control not yet judged: beside every population, in none


@dataclass(frozen=True)
class UnitFigures:
    """What was counted in one unit. `unclaimed` is known for a county alone.

    `nameless` joint branches cover enterprises that nobody recorded.
    """

    unit: Unit
    counts: Counts
    unclaimed: int = 0
    nameless: int = 0

    def rate(self, indicator: Indicator) -> Rate | None:
        """None where the numerator cannot be known, which is not the same as 0."""
        if indicator.needs_all_links and self.nameless:
            return None
        return Rate(
            self.counts[f"{indicator.key}_numerator"], self.counts[f"{indicator.key}_denominator"]
        )

    @property
    def total(self) -> int:
        return self.counts["total"]


@dataclass(frozen=True)
class Measurement:
    as_of: date
    population: str
    rules: CoverageRules
    units: tuple[UnitFigures, ...]

    def of(self, code: str) -> UnitFigures:
        """The figures of one unit; raises KeyError if it is not among them."""
        for figures in self.units:
            if figures.unit.code == code:
                return figures
        raise KeyError(code)


def counted(day: date, population: str, rules: CoverageRules) -> Facts:
    """The facts of a population: claimed, non-public legal persons that meet its condition."""
    condition = POPULATION[population].condition(rules)
    return facts(day, rules).filter(CLAIMED, NON_PUBLIC_OWNED, condition)


def measure(
    as_of: date, *, population: str | None = None, areas: QuerySet[Area] | None = None
) -> Measurement:
    """All indicators of all units, or of the given areas, by one grouped query and a roll-up."""
    rules = rules_on(as_of)
    (measured,) = measure_each(as_of, (population or rules.population,), rules=rules, areas=areas)
    return measured


def measure_each(
    as_of: date,
    populations: Iterable[str],
    *,
    rules: CoverageRules,
    areas: QuerySet[Area] | None = None,
) -> Iterator[Measurement]:
    """The same for several populations; what is the same for all of them is asked for once."""
    unjudged = _undetermined(as_of, rules)
    unclaimed = _unclaimed(as_of, rules)
    lost = nameless(as_of)
    units = units_on(as_of, areas)
    for population in populations:
        leaves = _leaves(as_of, population, rules)
        for area, number in unjudged.items():
            leaves.setdefault(area, {})[UNDETERMINED] = number
        yield Measurement(
            as_of,
            population,
            rules,
            tuple(
                UnitFigures(
                    unit,
                    _sum(leaves, unit.areas),
                    unclaimed.get(unit.area.pk, 0) if unit.is_county else 0,
                    sum(path.startswith(unit.path) for path in lost),
                )
                for unit in units
            ),
        )


def drill_down(
    indicator: Indicator, unit: Unit, side: Side, *, as_of: date, population: str | None = None
) -> Facts:
    """Exactly the enterprises behind a number of `measure`."""
    rules = rules_on(as_of)
    return counted(as_of, population or rules.population, rules).filter(
        indicator.condition(side, rules), area__in=unit.areas
    )


def unclaimed(as_of: date, county: Area) -> Facts:
    """Enterprises of the county without a reporting area on that day: in no population."""
    rules = rules_on(as_of)
    return facts(as_of, rules).filter(UNCLAIMED, enterprise__county=county)


def undetermined(as_of: date, unit: Unit) -> Facts:
    """Claimed enterprises whose control is not yet judged: in no population."""
    rules = rules_on(as_of)
    return facts(as_of, rules).filter(REGISTERED, area__in=unit.areas, ownership=Ownership.UNKNOWN)


def _aggregates(rules: CoverageRules) -> dict[str, Count | Coalesce]:
    """Every number as one filtered aggregate."""
    conditions: dict[str, Q] = {tally.key: tally.condition(rules) for tally in TALLIES}
    for indicator in INDICATORS:
        for side in (Side.NUMERATOR, Side.DENOMINATOR):
            conditions[f"{indicator.key}_{side}"] = indicator.condition(side, rules)
    return {key: Count("pk", filter=condition) for key, condition in conditions.items()} | {
        key: Coalesce(Sum(column), 0) for key, column in SUMS.items()
    }


def _leaves(day: date, population: str, rules: CoverageRules) -> dict[int, dict[str, int]]:
    """The numbers of each area that enterprises are counted under."""
    columns = _aggregates(rules)
    rows = counted(day, population, rules).values_list("area").annotate(**columns)
    return {area: dict(zip(columns, numbers, strict=True)) for area, *numbers in rows}


def _undetermined(day: date, rules: CoverageRules) -> dict[int, int]:
    """How many enterprises of each area wait for a judgement of their control."""
    rows = facts(day, rules).filter(REGISTERED, CLAIMED, ownership=Ownership.UNKNOWN)
    return dict(rows.values_list("area").annotate(Count("pk")))


def _unclaimed(day: date, rules: CoverageRules) -> dict[int, int]:
    """How many enterprises of each county have no reporting area."""
    rows = facts(day, rules).filter(UNCLAIMED).values_list("enterprise__county")
    return dict(rows.annotate(Count("pk")))


def _sum(leaves: Mapping[int, Counts], areas: frozenset[int]) -> Counts:
    total: Counter[str] = Counter()
    for area in areas & leaves.keys():
        total.update(leaves[area])
    return total
