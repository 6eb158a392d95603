"""Marks cells in a copy of the user's small .xlsx: fills, comments, a first column of reasons."""

import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from core.spreadsheets.body import LINE_POINTS, lines_of
from core.spreadsheets.limits import CELL_CHARACTERS
from core.spreadsheets.tables import Table

log = logging.getLogger(__name__)

NOTE_LABEL = "错误说明"
IDENTITY_LABEL = "原表行号"
NOTE_WIDTH = 48
ERROR_FILL, WARNING_FILL = "F8CBAD", "FFF2CC"
LISTED_PER_ROW = 8


class Mark(NamedTuple):
    """One thing wrong with a row; column -1 means the row as a whole."""

    sheet: str
    row: int
    column: int
    is_error: bool
    sentence: str
    remedy: str

    @property
    def text(self) -> str:
        return f"{self.sentence}{self.remedy}"


RowKey = tuple[str, int]
Identity = Callable[[str, int], str]


def explanation(marks: Sequence[Mark]) -> str:
    """The sentences of a row, errors first, each once."""
    texts = dict.fromkeys(mark.text for mark in sorted(marks, key=lambda mark: not mark.is_error))
    listed = list(texts)[:LISTED_PER_ROW]
    more = [f"另有 {len(texts) - LISTED_PER_ROW} 处问题。"] if len(texts) > LISTED_PER_ROW else []
    return "\n".join([*listed, *more])[:CELL_CHARACTERS]


def note_height(text: str) -> float:
    """Desktops do not agree on fitting the height of a row; so it is set."""
    return lines_of(text, NOTE_WIDTH) * LINE_POINTS


def by_column(marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.column, []).append(mark)
    return found


def mark_original(
    target: Path,
    original: Path,
    tables: Sequence[Table],
    groups: Mapping[RowKey, Sequence[Mark]],
    identity: Identity,
) -> bool:
    """Save a marked copy; False when the file is of a kind that cannot be copied faithfully."""
    try:
        with original.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the copy does without, such as drawings
            # Values, not formulas: a copy loses the results that formulas had.
            book = load_workbook(file, data_only=True)
        for table in tables:
            sheet = book[table.sheet.name]
            assert isinstance(sheet, Worksheet)
            SheetMarker(sheet, table, identity).mark(
                {row: marks for (name, row), marks in groups.items() if name == table.sheet.name}
            )
        book.save(target)
    except Exception as failed:  # openpyxl raises nearly anything on files of other programs
        log.info("a workbook could not be copied: %s", type(failed).__name__)
        target.unlink(missing_ok=True)
        return False
    return True


class SheetMarker:
    """Works on one sheet of the copy."""

    def __init__(self, sheet: Worksheet, table: Table, identity: Identity) -> None:
        self.sheet, self.table, self.identity = sheet, table, identity
        self.fills = [PatternFill("solid", fgColor=fill) for fill in (WARNING_FILL, ERROR_FILL)]
        self.own = 0 if table.labels[:1] == (NOTE_LABEL,) else 1  # columns put before theirs
        self.identity_column = len(table.labels) + self.own + 1

    def mark(self, marks: Mapping[int, Sequence[Mark]]) -> None:
        if self.own:
            make_room(self.sheet)
        header = self.table.header_rows[-1]
        self._label(header, 1, NOTE_LABEL)
        self.sheet.column_dimensions["A"].width = NOTE_WIDTH
        self.sheet.freeze_panes = f"B{header + 1}"
        for row, found in marks.items():
            self._row(row, found)
        if IDENTITY_LABEL not in self.table.labels:
            self._label(header, self.identity_column, IDENTITY_LABEL)
            self.sheet.column_dimensions[get_column_letter(self.identity_column)].hidden = True
            for line in self.table.rows():
                text = self.identity(self.table.sheet.name, line.number)
                self._put(line.number, self.identity_column, text)

    def _label(self, row: int, column: int, text: str) -> None:
        self._put(row, column, text)
        self.sheet.cell(row, column).font = Font(bold=True)

    def _row(self, row: int, marks: Sequence[Mark]) -> None:
        text = explanation(marks)
        note = self._put(row, 1, text)
        dimension = self.sheet.row_dimensions[row]
        dimension.height = max(dimension.height or 0, note_height(text))
        note.fill = self.fills[any(mark.is_error for mark in marks)]
        note.alignment = Alignment(wrap_text=True, vertical="top")
        for column, found in by_column(marks).items():
            if column < 0:
                continue
            cell = self.sheet.cell(row, column + 1 + self.own)
            if not isinstance(cell, MergedCell):
                cell.fill = self.fills[any(mark.is_error for mark in found)]
                cell.comment = Comment(explanation(found), "系统", height=90, width=260)

    def _put(self, row: int, column: int, text: str) -> Any:
        """Write text as text, whatever it begins with."""
        cell = self.sheet.cell(row, column)
        cell.value = text
        cell.data_type = "s"
        return cell


def make_room(sheet: Worksheet) -> None:
    """Insert a first column; what refers to places and would be left behind moves or goes."""
    merges = [area.coord for area in sheet.merged_cells.ranges]
    for area in merges:
        sheet.unmerge_cells(area)
    widths = {
        place: (found.width, found.hidden)
        for place in range(1, sheet.max_column + 1)
        if (found := sheet.column_dimensions.get(get_column_letter(place)))
    }
    sheet.insert_cols(1)
    for area in merges:
        sheet.merge_cells(shifted(area))
    for place, (width, hidden) in sorted(widths.items(), reverse=True):
        dimension = sheet.column_dimensions[get_column_letter(place + 1)]
        dimension.width, dimension.hidden = width, hidden
    sheet.conditional_formatting = ConditionalFormattingList()
    sheet.data_validations = DataValidationList()
    sheet.tables.clear()
    sheet.auto_filter.ref = None
    sheet.print_area = None
    sheet.print_title_cols = None


def shifted(area: str) -> str:
    """A1:C2 becomes B1:D2."""
    moved = CellRange(area)
    moved.shift(col_shift=1)
    return str(moved.coord)
