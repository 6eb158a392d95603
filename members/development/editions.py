"""The editions of the rules in memory: which steps and limits hold on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from members.models import DevelopmentRules, StepRule


@dataclass(frozen=True)
class Edition:
    """One edition with its steps in order."""

    rules: DevelopmentRules
    steps: tuple[StepRule, ...]

    @cached_property
    def by_code(self) -> dict[str, StepRule]:
        return {step.code: step for step in self.steps}


@dataclass(frozen=True)
class Editions:
    """All editions, the latest first."""

    rows: Sequence[Edition]

    def on(self, day: date) -> Edition:
        """What holds on a day; older days are read by the oldest edition there is."""
        return next((one for one in self.rows if one.rules.valid_from <= day), self.rows[-1])

    @cached_property
    def labels(self) -> dict[str, str]:
        """The name of each step that an edition knows, as the latest one calls it."""
        return {step.code: step.label for one in reversed(self.rows) for step in one.steps}


def load() -> Editions:
    """All editions, in two queries."""
    found = DevelopmentRules.objects.order_by("-valid_from").prefetch_related("steps")
    return Editions([Edition(one, tuple(one.steps.all())) for one in found])
