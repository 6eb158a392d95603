"""Reporting periods: a year, half-year, quarter or month, as people write and name them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import total_ordering

from core.text import fold


class PeriodKind(IntEnum):
    """The value is the number of such periods in a year."""

    YEAR = 1
    HALF = 2
    QUARTER = 4
    MONTH = 12

    @property
    def months(self) -> int:
        return 12 // self


_CODES = {
    PeriodKind.YEAR: "{year:04d}",
    PeriodKind.HALF: "{year:04d}H{number}",
    PeriodKind.QUARTER: "{year:04d}Q{number}",
    PeriodKind.MONTH: "{year:04d}-{number:02d}",
}
_LABELS = {
    PeriodKind.YEAR: ("{year}年",),
    PeriodKind.HALF: ("{year}年上半年", "{year}年下半年"),
    PeriodKind.QUARTER: tuple(f"{{year}}年第{n}季度" for n in "一二三四"),
    PeriodKind.MONTH: tuple(f"{{year}}年{n}月" for n in range(1, 13)),
}
_NUMBERS = {"上": 1, "下": 2, "一": 1, "二": 2, "三": 3, "四": 4}
_SPELLINGS = [
    (PeriodKind.YEAR, re.compile(r"(\d{4}) ?(?:年度?|全年)?", re.ASCII)),
    (PeriodKind.HALF, re.compile(r"(\d{4})H([12])", re.ASCII)),
    (PeriodKind.HALF, re.compile(r"(\d{4}) ?年? ?([上下])半年", re.ASCII)),
    (PeriodKind.QUARTER, re.compile(r"(\d{4}) ?[-年]? ?Q([1-4])", re.ASCII)),
    (PeriodKind.QUARTER, re.compile(r"(\d{4}) ?年? ?第?([1-4一二三四])季度?", re.ASCII)),
    (PeriodKind.MONTH, re.compile(r"(\d{4}) ?[-./年] ?(\d{1,2}) ?月?", re.ASCII)),
]


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """The `number`-th (from 1) period of its kind in a calendar year."""

    kind: PeriodKind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not (1 <= self.number <= self.kind and 1 <= self.year <= 9999):
            raise ValueError(f"no such period: {self.kind.name} {self.number} of {self.year}")

    @classmethod
    def containing(cls, day: date, kind: PeriodKind) -> "Period":
        return cls(kind, day.year, (day.month - 1) // kind.months + 1)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """From a stored code or a clerk's words; raises ValueError for anything else."""
        written = fold(text).upper()
        for kind, spelling in _SPELLINGS:
            if found := spelling.fullmatch(written):
                number = found[2] if spelling.groups == 2 else "1"
                return cls(kind, int(found[1]), _NUMBERS.get(number) or int(number))
        raise ValueError(f"not a period: {text!r}")

    def __str__(self) -> str:
        """The stored code: 2026, 2026H1, 2026Q1, 2026-03."""
        return _CODES[self.kind].format(year=self.year, number=self.number)

    def __lt__(self, other: "Period") -> bool:
        """By first day; of two with the same first day the longer one comes first."""
        return (self.first, self.kind) < (other.first, other.kind)

    @property
    def label(self) -> str:
        return _LABELS[self.kind][self.number - 1].format(year=self.year)

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * self.kind.months + 1, 1)

    @property
    def last(self) -> date:
        """The last day that belongs to the period."""
        month = self.number * self.kind.months
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def previous(self) -> "Period":
        """The period before, for 环比."""
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        return Period(self.kind, self.year - 1, int(self.kind))

    @property
    def same_last_year(self) -> "Period":
        """The same period a year ago, for 同比."""
        return Period(self.kind, self.year - 1, self.number)
