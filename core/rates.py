"""A rate that keeps its two integers: rounding, absence and the way it is printed."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NONE = "—"
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Rate:
    """`numerator` of `denominator`; with a denominator of 0 there is no percentage."""

    numerator: int
    denominator: int

    def __add__(self, other: "Rate") -> "Rate":
        """The rate of both groups together: counts add up, percentages never do."""
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def percent(self) -> Decimal | None:
        """One decimal, half up, as printed."""
        if not self.denominator:
            return None
        exact = Decimal(100 * self.numerator) / Decimal(self.denominator)
        return exact.quantize(_TENTH, ROUND_HALF_UP)

    @property
    def percent_text(self) -> str:
        return NONE if self.percent is None else f"{self.percent}%"

    @property
    def chinese(self) -> str:
        """As bulletins print it: 15.7%（52/332）."""
        return f"{self.percent_text}（{self.numerator}/{self.denominator}）"

    def __str__(self) -> str:
        """As the board prints it: 52/332 (15.7%); without a denominator a dash."""
        if self.percent is None:
            return NONE
        return f"{self.numerator}/{self.denominator} ({self.percent_text})"

    def points_above(self, other: "Rate") -> Decimal | None:
        """Percentage points between the printed figures, so that a reader can recompute them."""
        if self.percent is None or other.percent is None:
            return None
        return self.percent - other.percent


def points_text(points: Decimal | None) -> str:
    """A difference in words: 上升 0.5 个百分点."""
    if points is None:
        return NONE
    if not points:
        return "持平"
    return f"{'上升' if points > 0 else '下降'} {abs(points)} 个百分点"
