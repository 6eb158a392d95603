"""The cells between the header and the foot of a printed sheet, and their formats."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from xlsxwriter.utility import xl_rowcol_to_cell

from core.columns import Column, Format
from core.rates import Rate
from core.spreadsheets.limits import CELL_CHARACTERS

LINE_POINTS = 14.5
ROW_POINTS = 18
WRAPPED = (Format.TEXT, Format.LONG_TEXT)
TICK, YES, NO = "√", "是", "否"
TRIGGERS = tuple("=+-@\t\r\n＝＋－＠")
NUMBER_FORMATS = {Format.WHOLE: "#,##0", Format.AMOUNT: "#,##0.00", Format.DAY: "yyyy-mm-dd"}

Value = str | int | float | Decimal | date | bool | Rate | None


class LineLike(Protocol):
    """A row of values in the order of the columns; totals are set bold."""

    @property
    def values(self) -> Sequence[Value]: ...

    @property
    def is_total(self) -> bool: ...


class Styles:
    """The formats of a workbook, each made once."""

    BASE = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        key = tuple(sorted((self.BASE | properties).items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(dict(key))
        return self.made[key]

    def cell(self, column: Column, *, is_total: bool, quoted: bool = False) -> Any:
        properties: dict[str, Any] = {"border": 1, "align": column.align.value}
        if column.format in WRAPPED:
            properties["text_wrap"] = True
        if column.format is Format.CODE:
            properties["num_format"] = "@"
        elif column.format in NUMBER_FORMATS:
            properties["num_format"] = NUMBER_FORMATS[column.format]
        if is_total:
            properties["bold"] = True
        if quoted:
            properties["quote_prefix"] = True
        return self.get(**properties)


class Body:
    """The lines between header and foot; totals carry a formula where it gives their value."""

    def __init__(self, sheet: Any, styles: Styles, columns: Sequence[Column], first: int) -> None:
        self.sheet = sheet
        self.first = self.row = first
        self.columns = columns
        self.plain = [styles.cell(column, is_total=False) for column in columns]
        self.bold = [styles.cell(column, is_total=True) for column in columns]
        self.quoted = [styles.cell(column, is_total=False, quoted=True) for column in columns]
        self.sums: list[Decimal] = [Decimal()] * len(columns)
        self.pure = True  # no line of totals so far
        self.room = [column.width if column.format in WRAPPED else 0 for column in columns]

    def add(self, line: LineLike) -> None:
        formats = self.bold if line.is_total else self.plain
        self.sheet.set_row(self.row, max(self._lines(line) * LINE_POINTS, ROW_POINTS))
        for place, value in enumerate(line.values):
            if line.is_total and self.pure and self.row > self.first:
                formula = self._formula(place, value)
                if formula:
                    self.sheet.write_formula(self.row, place, formula, formats[place], value)
                    continue
            self._cell(place, value, formats[place])
            if not line.is_total:
                self.sums[place] += addend(value)
        self.pure = self.pure and not line.is_total
        self.row += 1

    def _lines(self, line: LineLike) -> int:
        """Desktops do not agree on fitting the height of a row; so it is set."""
        return max(
            (
                lines_of(value, room)
                for value, room in zip(line.values, self.room, strict=True)
                if room and isinstance(value, str) and value
            ),
            default=1,
        )

    def _formula(self, place: int, value: Value) -> str:
        """The formula of a total, if it would show just that value."""
        counted = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if not counted or value != self.sums[place]:
            return ""
        above = f"{xl_rowcol_to_cell(self.first, place)}:{xl_rowcol_to_cell(self.row - 1, place)}"
        kind = self.columns[place].format
        if kind in (Format.TICK, Format.YES_NO):
            return f'=COUNTIF({above},"{TICK if kind is Format.TICK else YES}")'
        return f"=SUM({above})"

    def _cell(self, place: int, value: Value, style: Any) -> None:
        sheet, row = self.sheet, self.row
        if isinstance(value, bool):
            ticked = self.columns[place].format is Format.TICK
            value = (TICK if value else "") if ticked else (YES if value else NO)
        match value:
            case None | "":
                sheet.write_blank(row, place, None, style)
            case int() | float() | Decimal():
                sheet.write_number(row, place, value, style)
            case date():
                sheet.write_datetime(row, place, value, style)
            case _:
                text = (
                    value.chinese
                    if isinstance(value, Rate) and value.percent is not None
                    else str(value)
                )
                style = self.quoted[place] if text.startswith(TRIGGERS) else style
                sheet.write_string(row, place, text[:CELL_CHARACTERS], style)


def addend(value: Value) -> Decimal | int:
    """What a value adds to the total of its column: numbers themselves, a yes or a tick one."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | Decimal):
        return value
    return int(value in (TICK, YES))


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a cell of that width; wide characters count twice."""
    room = max(width - 1, 2)
    return sum(
        max(1, -(-sum(1 if sign.isascii() else 2 for sign in part) // int(room)))
        for part in text.split("\n")
    )
