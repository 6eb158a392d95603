"""What an indicator is: whom it looks at, whom it counts, and in which words it is published."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from reports.conditions import RuledQ
from reports.rules import CoverageRules


class Side(StrEnum):
    """Which enterprises behind a rate: those counted, all looked at, or those missing."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    GAP = "gap"

    @property
    def label(self) -> str:
        return {"numerator": "分子", "denominator": "分母", "gap": "差额"}[self.value]


@dataclass(frozen=True)
class Indicator:
    """A share within a population: `counts` of `among`. The version rises with the definition."""

    key: str
    label: str
    among: RuledQ
    counts: RuledQ
    basis: str
    version: int = 1
    needs_all_links: bool = False  # not computable while a joint branch names no enterprise

    def condition(self, side: Side, rules: CoverageRules) -> Q:
        """The one condition behind both the number and the list of that side."""
        among, counts = self.among(rules), self.counts(rules)
        match side:
            case Side.NUMERATOR:
                return among & counts
            case Side.DENOMINATOR:
                return among
            case Side.GAP:
                return among & ~counts
