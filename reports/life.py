"""Completion of organization life by reporting unit (I22), and why it moved between two days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from activities.year import Tally, rules_of, totals
from core.rates import Rate
from organizations.models import PartyOrganization
from organizations.tree import path_as_of
from reports.bridge import Bridge, Step
from reports.units import Unit

KEY, LABEL, VERSION = "organization_life", "组织生活完成率", 1
BASIS = "本年已到期的应办事项中已完成的 ÷ 本年已到期的应办事项；只计完整周期，补录的计入完成并另列"
MADE_UP, FELL_DUE = "补开或补录以前的事项", "新到期的事项"
MOVED_IN, MOVED_OUT = "党支部划入、新设", "党支部划出、撤销"


@dataclass(frozen=True)
class Life:
    """The tallies of the branches of a year up to a day, and where each stood on that day."""

    day: date
    branches: Mapping[int, Tally]
    paths: Mapping[int, str]

    def inside(self, unit: Unit) -> dict[int, Tally]:
        """An organization that has no place on that day any more is in no unit."""
        return {
            pk: tally
            for pk, tally in self.branches.items()
            if self.paths.get(pk, "").startswith(unit.path)
        }

    def of(self, unit: Unit) -> Tally:
        return sum(self.inside(unit).values(), Tally())


def life_on(day: date, *, known: date | None = None) -> Life:
    """Of all branches, in a constant number of statements."""
    found = totals(PartyOrganization.objects.all(), rules_of(day.year), day.year, day, known=known)
    return Life(day, found.branches, path_as_of(day))


def life_bridge(unit: Unit, first: Life, after: Life) -> Bridge:
    """The steps from the rate of the first day to that of the second; they add up exactly.

    Both days lie in one year: what was owed in another year is another year's rate.
    """
    middle = life_on(first.day, known=after.day).branches
    old, new = first.inside(unit), after.inside(unit)
    made_up, fell_due, moved_in, moved_out = (Rate(0, 0) for _ in range(4))
    for pk in old.keys() | new.keys():
        was, now = old.get(pk, Tally()).rate, new.get(pk, Tally()).rate
        if pk not in old:
            moved_in += now
        elif pk not in new:
            moved_out += _minus(Rate(0, 0), was)
        else:
            between = middle.get(pk, Tally()).rate
            made_up += _minus(between, was)
            fell_due += _minus(now, between)
    steps = (
        _step("made_up", MADE_UP, made_up),
        _step("fell_due", FELL_DUE, fell_due),
        _step("moved_in", MOVED_IN, moved_in),
        _step("moved_out", MOVED_OUT, moved_out),
    )
    moved = tuple(step for step in steps if step.numerator or step.denominator)
    return Bridge(first.of(unit).rate, after.of(unit).rate, moved)


def _minus(one: Rate, other: Rate) -> Rate:
    return Rate(one.numerator - other.numerator, one.denominator - other.denominator)


def _step(key: str, label: str, change: Rate) -> Step:
    return Step(key, label, change.numerator, change.denominator)
