"""The year grid: branches down, months across, the whole of the unit on top."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse

from activities.duties import Rule
from activities.year import Tally, YearTotals, cells, rules_of, totals
from core.rates import Rate
from core.text import fold
from organizations.models import PartyOrganization
from organizations.tree import SEGMENT

MONTHS = range(1, 13)
ON_PAGE = 100


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    year: int
    day: date
    unit: int | None = None
    duty: str = ""
    gaps: bool = False
    word: str = ""

    def url(self, **changes: Any) -> str:
        named = {
            "year": self.year,
            "unit": self.unit,
            "duty": self.duty,
            "gaps": "1" if self.gaps else "",
            "q": self.word,
            **changes,
        }
        return f"?{urlencode({name: value for name, value in named.items() if value})}"


@dataclass(frozen=True)
class MonthCell:
    """A month of a branch: `done` of `owed` duties whose period ends in it."""

    month: int
    tally: Tally | None
    begun: bool

    @cached_property
    def tone(self) -> str:
        tally = self.tally
        if tally is None or not tally.owed:
            return "none" if self.begun else "ahead"
        if tally.late:
            return "late"
        if tally.due:
            return "due"
        return "added" if tally.added else "done"

    @property
    def has_duties(self) -> bool:
        return self.tally is not None and self.tally.owed > 0

    @property
    def name(self) -> str:
        return f"{self.month}月"

    @property
    def anchor(self) -> str:
        return f"#m{self.month}"

    @property
    def mark(self) -> str:
        """What stands in the cell, so that colour says nothing that the text does not."""
        if self.tally is None or not self.tally.owed:
            return "—" if self.begun else ""
        return f"{_MARKS[self.tone]}{self.tally.done}/{self.tally.owed}"

    @property
    def words(self) -> str:
        """The same for those who hear it."""
        return f"{self.name}{_WORDS[self.tone]}{self.mark[1:]}"


_WORDS = {
    "done": "已完成",
    "added": "已完成，有补录",
    "due": "待开展",
    "late": "逾期未开展",
    "ahead": "未到",
    "none": "不要求",
}
_MARKS = {"done": "✓", "added": "补", "due": "○", "late": "缺"}
LEGEND = [
    (tone, _MARKS.get(tone, "—" if tone == "none" else "空白"), _WORDS[tone]) for tone in _WORDS
]


@dataclass(frozen=True)
class GridRow:
    pk: int
    name: str
    unit: str
    cells: tuple[MonthCell, ...]
    rate: Rate
    late: int
    url: str


@dataclass(frozen=True)
class UnitRow:
    """A committee and the branches directly below it."""

    name: str
    branches: int
    rate: Rate
    late: int
    url: str


@dataclass(frozen=True)
class Grid:
    asked: Asked
    whole: Tally
    branches: int
    months: tuple[MonthCell, ...]
    units: tuple[UnitRow, ...]
    rows: tuple[GridRow, ...]
    page: Any
    rules: tuple[Rule, ...]


def grid(seen: QuerySet[PartyOrganization], asked: Asked, number: Any) -> Grid:
    """`seen` are the organizations that the reader may see; pages of a hundred branches."""
    every = rules_of(asked.year)
    rules = [rule for rule in every if asked.duty in {"", rule.key}]
    names = {
        pk: (path, name, order)
        for pk, path, name, order in seen.values_list("pk", "path", "name", "official_order")
    }
    found = totals(_inside(seen, asked, names), rules, asked.year, asked.day)
    chosen = [pk for pk, tally in found.branches.items() if tally.late or not asked.gaps]
    page = Paginator(_in_order(chosen, names), ON_PAGE).get_page(number)
    monthly = cells(list(page.object_list), rules, asked.year, asked.day)
    return Grid(
        asked,
        found.whole,
        len(found.branches),
        _months(found.months, asked),
        tuple(_units(found, names, asked)),
        tuple(
            GridRow(
                pk,
                names[pk][1],
                _above(names[pk][0], names)[1],
                _months(monthly.get(pk, {}), asked),
                found.branches[pk].rate,
                found.branches[pk].late,
                f"{reverse('activities:branch_year', args=[pk])}?year={asked.year}",
            )
            for pk in page.object_list
        ),
        page,
        tuple({rule.key: rule for rule in every}.values()),
    )


Names = Mapping[int, tuple[str, str, int]]


def _inside(
    seen: QuerySet[PartyOrganization], asked: Asked, names: Names
) -> QuerySet[PartyOrganization]:
    if asked.unit is not None:
        seen = seen.filter(path__startswith=names[asked.unit][0] if asked.unit in names else "~")
    return seen.filter(name__icontains=fold(asked.word)) if asked.word else seen


def _in_order(chosen: list[int], names: Names) -> list[int]:
    """By committee as the tree has them, then by the official order."""

    def place(pk: int) -> tuple[int, str, int, str]:
        path, _, order = names[pk]
        return _above(path, names)[2], path[:-SEGMENT], order, path

    return sorted(chosen, key=place)


def _above(path: str, names: Names) -> tuple[str, str, int]:
    """The superior, if the reader sees it."""
    return names.get(int(path[-2 * SEGMENT : -SEGMENT] or "0", 36), ("", "", 0))


def _months(tallies: Mapping[int, Tally], asked: Asked) -> tuple[MonthCell, ...]:
    return tuple(
        MonthCell(month, tallies.get(month), date(asked.year, month, 1) <= asked.day)
        for month in MONTHS
    )


def _units(found: YearTotals, names: Names, asked: Asked) -> list[UnitRow]:
    """Each committee with branches directly below it, those with the most gaps first."""
    parts: dict[str, list[Tally]] = {}
    for pk, tally in found.branches.items():
        parts.setdefault(names[pk][0][:-SEGMENT], []).append(tally)
    rows = []
    for path, tallies in parts.items():
        unit = int(path[-SEGMENT:] or "0", 36)
        if unit in names:
            whole = sum(tallies, Tally())
            url = asked.url(unit=unit)
            rows.append(UnitRow(names[unit][1], len(tallies), whole.rate, whole.late, url))
    return sorted(rows, key=lambda row: (-row.late, row.name))
