"""Why a rate moved between two days: each enterprise that made a difference, in one step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper

from core.rates import Rate
from reports.coverage import counted
from reports.indicators import Indicator, Side
from reports.parameters import rules_on
from reports.rules import CoverageRules
from reports.units import Unit

Standing = tuple[int, bool]  # area, counted in the numerator
Standings = Mapping[int, Standing]  # of the enterprises in the denominator


@dataclass(frozen=True)
class Step:
    """Enterprises that moved the rate for one reason; empty for a change of the rules."""

    key: str
    label: str
    numerator: int
    denominator: int
    enterprises: tuple[int, ...] = ()


@dataclass(frozen=True)
class Bridge:
    before: Rate
    after: Rate
    steps: tuple[Step, ...]


# Steps whose enterprises are looked up as they were before, because they may have left since.
BEFORE = frozenset({"lost", "left", "moved_out"})
GAINED, LOST = "新增覆盖", "失去覆盖"
MOVED_IN, MOVED_OUT = "由其他辖区调入", "调往其他辖区"
ENTERED, LEFT = "新进入口径", "退出口径"
RULES_CHANGED = "口径参数调整"


def bridge(
    indicator: Indicator, unit: Unit, first: date, second: date, *, population: str | None = None
) -> Bridge:
    """The steps from the rate of the first day to that of the second; they add up exactly."""
    old_rules, new_rules = rules_on(first), rules_on(second)
    key = population or new_rules.population
    after = _standings(indicator, second, key, new_rules)
    before = _standings(indicator, first, key, new_rules)
    original = before if old_rules == new_rules else _standings(indicator, first, key, old_rules)
    steps = _moves(before, after, unit)
    start, middle = _rate(original, unit), _rate(before, unit)
    changed = (middle.numerator - start.numerator, middle.denominator - start.denominator)
    if any(changed):
        steps = [Step("rules", RULES_CHANGED, *changed), *steps]
    return Bridge(start, _rate(after, unit), tuple(steps))


def _standings(indicator: Indicator, day: date, population: str, rules: CoverageRules) -> Standings:
    """Everybody in the indicator's denominator, wherever counted, in one query."""
    numerator = indicator.condition(Side.NUMERATOR, rules)
    rows = (
        counted(day, population, rules)
        .filter(indicator.condition(Side.DENOMINATOR, rules))
        .annotate(counts=ExpressionWrapper(numerator, output_field=BooleanField()))
        .values_list("pk", "area", "counts")
    )
    return {pk: (area, bool(counts)) for pk, area, counts in rows}


def _rate(standings: Standings, unit: Unit) -> Rate:
    inside = [counts for area, counts in standings.values() if area in unit.areas]
    return Rate(sum(inside), len(inside))


def _moves(before: Standings, after: Standings, unit: Unit) -> list[Step]:
    moves: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for pk in sorted(before.keys() | after.keys()):
        for key, label, numerator, denominator in _move(before.get(pk), after.get(pk), unit):
            moves.setdefault((key, label), []).append((pk, numerator, denominator))
    return [
        Step(
            key,
            label,
            sum(numerator for _, numerator, _ in rows),
            sum(denominator for _, _, denominator in rows),
            tuple(pk for pk, _, _ in rows),
        )
        for (key, label), rows in moves.items()
    ]


def _move(
    old: Standing | None, new: Standing | None, unit: Unit
) -> Iterator[tuple[str, str, int, int]]:
    """What one enterprise did to the unit's rate, if anything."""
    was_in, is_in = bool(old and old[0] in unit.areas), bool(new and new[0] in unit.areas)
    if was_in and is_in and old and new:
        if new[1] and not old[1]:
            yield "gained", GAINED, 1, 0
        elif old[1] and not new[1]:
            yield "lost", LOST, -1, 0
    elif is_in and new:
        key, label = ("moved_in", MOVED_IN) if old else ("entered", ENTERED)
        yield key, label, int(new[1]), 1
    elif was_in and old:
        key, label = ("moved_out", MOVED_OUT) if new else ("left", LEFT)
        yield key, label, -int(old[1]), -1
