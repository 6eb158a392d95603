"""From marks to a total and stars; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

MOST_STARS = 5


@dataclass(frozen=True)
class Mark:
    """What was given for one criterion; `violated` speaks of vetoes, which carry no points."""

    score: Decimal | None = None
    violated: bool = False
    note: str = ""


@dataclass(frozen=True)
class Score:
    """`stars` is None where the scheme gives none."""

    total: Decimal
    is_vetoed: bool
    stars: int | None


def points(value: Decimal | int) -> str:
    """A number of points without idle zeros."""
    return f"{Decimal(value).normalize():f}"


def score_of(marks: Iterable[Mark], lines: Sequence[Decimal]) -> Score:
    """The total of the points, and the stars whose line it reaches; a veto leaves no star."""
    marks = list(marks)
    total = sum((mark.score or Decimal(0) for mark in marks), Decimal(0))
    is_vetoed = any(mark.violated for mark in marks)
    return Score(total, is_vetoed, stars_of(total, lines, is_vetoed=is_vetoed) if lines else None)


def stars_of(total: Decimal, lines: Sequence[Decimal], *, is_vetoed: bool = False) -> int:
    return 0 if is_vetoed else sum(total >= line for line in lines)


def lines_problem(lines: Sequence[Decimal], full: Decimal) -> str:
    """What is wrong with the lines of the stars, nothing if they rise within the full marks."""
    if len(lines) > MOST_STARS:
        return "最多设五个星级"
    if any(later <= earlier for earlier, later in pairwise(lines)):
        return "星级分数线应逐级升高"
    if lines and lines[0] <= 0:
        return "星级分数线应大于零"
    if lines and lines[-1] > full:
        return f"星级分数线不能高于满分 {points(full)}"
    return ""
