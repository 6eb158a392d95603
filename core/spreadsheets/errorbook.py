"""The error workbook: the user's own file with marked cells, or the failing rows in a new one.

Both can be uploaded again as they are: the header stays, the first column says what is wrong, and
a hidden column carries the identity of each row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from core.spreadsheets.limits import CELL_CHARACTERS, MEGABYTE
from core.spreadsheets.marking import (
    ERROR_FILL,
    IDENTITY_LABEL,
    NOTE_LABEL,
    NOTE_WIDTH,
    WARNING_FILL,
    Identity,
    Mark,
    RowKey,
    by_column,
    explanation,
    mark_original,
    note_height,
)
from core.spreadsheets.naming import sheet_name
from core.spreadsheets.reader import Workbook
from core.spreadsheets.rowfile import Row
from core.spreadsheets.tables import Table, as_written

MARKED_ROWS = 5_000  # above, the user's own file is too large to mark cell by cell
MARKED_BYTES = 20 * MEGABYTE
COMMENTS = 5_000


@dataclass(frozen=True)
class ErrorBook:
    """What was written; `is_original` when it is the user's own file."""

    rows: int
    is_original: bool


def row_number(sheet: str, row: int) -> str:
    return str(row)


def write_error_workbook(
    target: Path,
    original: Path,
    book: Workbook,
    tables: Sequence[Table],
    marks: Iterable[Mark],
    identity: Identity = row_number,
) -> ErrorBook:
    """`marks` in the order of the tables and of their rows; the original is never changed."""
    if markable(original, book):
        kept = list(marks)
        groups = {key: list(group) for key, group in groupby(kept, key=place)}
        if mark_original(target, original, tables, groups, identity):
            return ErrorBook(len(groups), is_original=True)
        marks = kept
    return ErrorBook(write_failing_rows(target, tables, marks, identity), is_original=False)


def markable(original: Path, book: Workbook) -> bool:
    """Only a small .xlsx is opened whole; it has passed the scan, so its rows are as counted."""
    rows = sum(sheet.physical_rows for sheet in book.sheets)
    small = original.stat().st_size <= MARKED_BYTES and rows <= MARKED_ROWS
    return book.kind == "xlsx" and small and not any(sheet.problem for sheet in book.sheets)


def place(mark: Mark) -> RowKey:
    return mark.sheet, mark.row


def write_failing_rows(
    target: Path, tables: Sequence[Table], marks: Iterable[Mark], identity: Identity
) -> int:
    """A new workbook with the columns of the original and the marked rows only; streams."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    written = 0
    groups = Groups(marks)
    taken: set[str] = set()
    with xlsxwriter.Workbook(str(target), options) as book:
        for table in tables:
            name = sheet_name(table.sheet.name or "错误行", taken)
            page = FailingRows(book, book.add_worksheet(name), table, identity)
            for row, found in groups.of(table):
                page.add(row, found)
            written += page.finish()
    return written


class Groups:
    """Joins the marks, in their order, with the rows of the tables."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.groups = ((key, list(group)) for key, group in groupby(marks, key=place))
        self.next = next(self.groups, None)

    def of(self, table: Table) -> Iterator[tuple[Row, list[Mark]]]:
        for row in table.rows():
            if self.next is None:
                return
            key, marks = self.next
            if key == (table.sheet.name, row.number):
                yield row, marks
                self.next = next(self.groups, None)


class FailingRows:
    """One sheet of the new workbook."""

    def __init__(self, book: Any, sheet: Any, table: Table, identity: Identity) -> None:
        self.sheet, self.table, self.identity = sheet, table, identity
        base = {"font_name": "宋体", "font_size": 10.5, "valign": "top", "text_wrap": True}
        self.plain = book.add_format(base | {"num_format": "@", "border": 1})
        self.head = book.add_format(base | {"bold": True, "border": 1, "align": "center"})
        self.fills = [
            book.add_format(base | {"num_format": "@", "border": 1, "bg_color": f"#{fill}"})
            for fill in (WARNING_FILL, ERROR_FILL)
        ]
        self.own = 1 if table.labels[:1] != (NOTE_LABEL,) else 0  # columns put before theirs
        self.row = self.comments = 0
        self._header()

    def _header(self) -> None:
        header = [as_written(row) for row in self.table.header]
        width = len(self.table.labels)
        self.sheet.set_column(0, 0, NOTE_WIDTH)
        self.sheet.set_column(self.own, width, 16)
        known = IDENTITY_LABEL in self.table.labels
        self.identity_column = None if known else width + self.own
        if self.identity_column is not None:
            self.sheet.set_column(
                self.identity_column, self.identity_column, 8, None, {"hidden": 1}
            )
        for number, cells in enumerate(header, 1):
            last = number == len(header)
            texts = [NOTE_LABEL if last else ""] * self.own + cells
            texts += [""] * (width + self.own - len(texts))
            if not known:
                texts.append(IDENTITY_LABEL if last else "")
            for column, text in enumerate(texts):
                self._write(column, text, self.head)
            self.row += 1
        self.first = self.row
        self.sheet.freeze_panes(self.row, 1)

    def add(self, row: Row, marks: list[Mark]) -> None:
        columns = by_column(marks)
        note = explanation(marks)
        self.sheet.set_row(self.row, note_height(note))
        self._write(0, note, self.fills[any(mark.is_error for mark in marks)])
        for column, text in enumerate(row.cells):
            if not self.own and not column:
                continue
            found = columns.get(column)
            style = self.fills[any(m.is_error for m in found)] if found else self.plain
            self._write(column + self.own, text, style)
            if found and self.comments < COMMENTS:
                self.sheet.write_comment(self.row, column + self.own, explanation(found))
                self.comments += 1
        if self.identity_column is not None:
            text = self.identity(self.table.sheet.name, row.number)
            self._write(self.identity_column, text, self.plain)
        self.row += 1

    def _write(self, column: int, text: str, style: Any) -> None:
        if text:
            self.sheet.write_string(self.row, column, text[:CELL_CHARACTERS], style)
        else:
            self.sheet.write_blank(self.row, column, None, style)

    def finish(self) -> int:
        return self.row - self.first
