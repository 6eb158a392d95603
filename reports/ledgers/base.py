"""What a ledger is: a title, columns under merged headers, and the lines of one unit on a day."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple

from core.columns import Column, Format, Members, leaves
from core.rates import Rate
from core.spreadsheets.body import NO, TICK, YES
from core.spreadsheets.naming import file_name
from reports.conditions import POPULATION
from reports.parameters import rules_on
from reports.units import Unit

Value = str | int | Decimal | date | bool | Rate | None
Values = tuple[Value, ...]

TOTAL = "合计"


class Line(NamedTuple):
    values: Values
    is_total: bool = False


@dataclass(frozen=True)
class Note:
    """Where the fact of a column comes from: `owner` holds it, or the enterprise reported it."""

    column: Column
    path: tuple[str, ...]
    owner: str
    reported: bool


class Ledger(ABC):
    """A declared table; what is on screen and in the workbook comes from `lines`."""

    key: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]
    members: ClassVar[Members]
    permission: ClassVar[str] = "reports.view"
    foot: ClassVar[tuple[str, ...]] = ("审核人（主要负责人）：", "填表人：", "联系电话：")
    frozen_columns: ClassVar[int] = 2
    further: ClassVar[tuple["Ledger", ...]] = ()  # further sheets of its workbook

    @abstractmethod
    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        """The rows in their official order, then the line of totals."""

    @abstractmethod
    def notes(self) -> Iterable[Note]:
        """The owner of the fact in each column."""

    @property
    def columns(self) -> list[Column]:
        return leaves(self.members)

    def basis(self, as_of: date) -> str:
        """Which enterprises the table means, and by which definition of scale."""
        rules = rules_on(as_of)
        population = POPULATION[rules.population].label
        return f"口径：{population}；规上：{rules.scale_definition.label}"

    def heading(self, unit: Unit) -> str:
        return f"{unit.name}{self.title}"

    def reporter(self, unit: Unit) -> str:
        return f"填报单位（盖章）：{unit.name}"

    def reported_on(self, as_of: date) -> str:
        return f"截至日期：{as_of.year}年{as_of.month}月{as_of.day}日"

    def file_name(self, unit: Unit, as_of: date) -> str:
        return file_name(unit.name, self.title, "", as_of)


class Totals:
    """Adds up a column by its format: numbers are summed, ticks and 是 are counted."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._columns = list(columns)
        self._sums: list[int | Decimal | None] = [
            _ZEROS.get(column.format) for column in self._columns
        ]
        self.rows = 0

    def add(self, values: Values) -> None:
        self.rows += 1
        for place, value in enumerate(values):
            total = self._sums[place]
            if total is not None and isinstance(value, int | Decimal):
                self._sums[place] = total + value

    def line(self, label_at: int, **words: Value) -> Line:
        """The line of totals; `words` replace the totals of columns by field."""
        values: list[Value] = list(self._sums)
        for place, column in enumerate(self._columns):
            if column.field in words:
                values[place] = words[column.field]
        values[label_at] = TOTAL
        return Line(tuple(values), is_total=True)


_ZEROS: dict[Format, int | Decimal] = {
    Format.WHOLE: 0,
    Format.AMOUNT: Decimal(0),
    Format.TICK: 0,
    Format.YES_NO: 0,
}


def text_of(value: Value, kind: Format) -> str:
    """A value as it is read on screen and on paper."""
    match value:
        case None:
            return ""
        case bool():
            words = (TICK, "") if kind is Format.TICK else (YES, NO)
            return words[not value]
        case int():
            return f"{value:,}"
        case Decimal():
            return f"{value:,.2f}"
        case Rate():
            return value.percent_text if value.percent is None else value.chinese
        case date():
            return value.isoformat()
    return value


def total_line(rows: Iterable[Values], totals: Totals) -> Iterator[Line]:
    """Rows as lines, each added to the totals on its way."""
    for values in rows:
        totals.add(values)
        yield Line(values)
