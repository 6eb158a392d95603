"""Parses one accepted file into normalised row files; runs only in the limited child process."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from core.spreadsheets import biff, delimited, ooxml
from core.spreadsheets.cells import inspect, is_blank, row_texts
from core.spreadsheets.errors import CellNote, FileError
from core.spreadsheets.limits import Limits
from core.spreadsheets.marks import HAS_VALUE, HIDDEN, Merge, SheetFacts
from core.spreadsheets.ole import CompoundFile
from core.spreadsheets.rowfile import RowWriter
from core.spreadsheets.sniff import WORKBOOK_STREAMS, Kind, sniff

HEAD_ROWS = 100  # merges this far down may shape a header
LISTED = 20
Tick = Callable[[int], None]
Manifest = dict[str, Any]


def parse_file(path: Path, name: str, folder: Path, limits: Limits, tick: Tick) -> Manifest:
    """Sniff, scan and parse; the manifest lists the sheets and what was counted in them."""
    kind = sniff(path, name, limits)
    names: dict[str, str] = {}
    if kind is Kind.CSV:
        sheets = [_delimited(path, folder, limits, tick)]
    elif kind is Kind.XLSX:
        scan = ooxml.scan_workbook(path, limits)
        sheets, names = _xlsx(path, scan, folder, limits, tick), scan.names
    else:
        sheets = _xls(path, folder, limits, tick)
    return {"kind": kind.value, "sheets": sheets, "names": names}


def _delimited(path: Path, folder: Path, limits: Limits, tick: Tick) -> Manifest:
    counts = delimited.convert(path, folder / "sheet-0.rows", limits, tick)
    facts = SheetFacts(name="", physical_rows=counts.physical, width=counts.width)
    facts.last_row = counts.last_row
    return _manifest(facts, 0, False, counts.physical - counts.blank, "sheet-0.rows") | {
        "encoding": counts.encoding,
        "delimiter": counts.delimiter,
    }


def _xlsx(path: Path, scan: ooxml.Scan, folder: Path, limits: Limits, tick: Tick) -> list[Manifest]:
    sheets = []
    with _workbook(path) as book:
        for part, facts in scan.sheets:
            target = folder / f"sheet-{part.position}.rows"
            if facts.problem is None:
                sheet = _sheet(book, part.position)
                written, values = SheetRows(sheet, facts, facts.merges).write(target, tick)
                facts.width = width_of(sheet)
                if values != facts.values:
                    certain = ooxml.strict_scan(path, part, limits)
                    check_last_row(certain, sheet)
            else:
                written = 0
            sheets.append(_manifest(facts, part.position, part.hidden, written, target.name))
            facts.marks = bytearray()
    return sheets


def _xls(path: Path, folder: Path, limits: Limits, tick: Tick) -> list[Manifest]:
    compound = CompoundFile(path)
    stream = next(name for name in WORKBOOK_STREAMS if name in compound.entries)
    found = biff.scan_stream(compound.stream(stream), limits)
    del compound
    sheets = []
    with _workbook(path) as book:
        names = book.sheet_names
        for bound, facts in found:
            facts.name = names[bound.position] if bound.position < len(names) else facts.name
            target = folder / f"sheet-{bound.position}.rows"
            written = 0
            if facts.problem is None:
                sheet = _sheet(book, bound.position)
                facts.merges = _merges(sheet)
                written, _ = SheetRows(sheet, facts, facts.merges).write(target, tick)
            sheets.append(_manifest(facts, bound.position, bound.hidden, written, target.name))
    return sheets


def _workbook(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as bad:
        raise FileError("E-FILE-05") from bad
    except (CalamineError, OSError, ValueError) as bad:
        raise FileError("E-FILE-02") from bad


def _sheet(book: CalamineWorkbook, index: int) -> CalamineSheet:
    try:
        return book.get_sheet_by_index(index)
    except CalamineError as bad:
        raise FileError("E-FILE-02", where=f"（第 {index + 1} 个工作表）") from bad


def check_last_row(facts: SheetFacts, sheet: CalamineSheet) -> None:
    """The parser must have reached the last row that holds a value."""
    if facts.last_row > last_row_of(sheet) and facts.last_row not in facts.errors:
        what = f"第 {facts.last_row} 行没有读到"
        raise FileError("E-FILE-09", sheet=f"“{facts.name}”", what=what)


def last_row_of(sheet: CalamineSheet) -> int:
    return sheet.end[0] + 1 if sheet.end else 0


def width_of(sheet: CalamineSheet) -> int:
    return sheet.end[1] + 1 if sheet.end else 0


def _merges(sheet: CalamineSheet) -> list[Merge]:
    ranges = sheet.merged_cell_ranges or []
    return [(r1 + 1, c1, r2 + 1, c2) for (r1, c1), (r2, c2) in ranges]


def _manifest(facts: SheetFacts, index: int, hidden: bool, written: int, rows: str) -> Manifest:
    hidden_rows = [n for n, flag in enumerate(facts.marks) if flag & HIDDEN and flag & HAS_VALUE]
    problem = facts.problem
    return {
        "index": index,
        "name": facts.name,
        "hidden": hidden,
        "rows_file": rows,
        "physical_rows": facts.physical_rows,
        "rows": written,
        "width": facts.width,
        "last_row": facts.last_row,
        "date1904": facts.date1904,
        "hidden_row_count": len(hidden_rows),
        "hidden_rows": hidden_rows[:LISTED],
        "hidden_columns": sorted(set(facts.hidden_columns)),
        "head_merges": [merge for merge in facts.merges if merge[0] <= HEAD_ROWS],
        "merge_count": len(facts.merges),
        "error_count": facts.error_count,
        "problem": [problem.code, problem.facts] if problem else None,
    }


class SheetRows:
    """The rows of one parsed sheet, held against the facts of the scan while they are written."""

    def __init__(self, sheet: CalamineSheet, facts: SheetFacts, merges: list[Merge]) -> None:
        self.sheet = sheet
        self.facts = facts
        self.fills: dict[int, tuple[int, str]] = {}
        self.starts: dict[int, list[Merge]] = {}
        for merge in merges:
            if merge[2] > merge[0]:
                self.starts.setdefault(merge[0], []).append(merge)

    def write(self, target: Path, tick: Tick) -> tuple[int, int]:
        """Rows written (those with any text) and values seen (without error values)."""
        values = 0
        facts = self.facts
        with RowWriter(target) as out:
            for number, cells in self._parsed():
                values += len(cells) - cells.count("")
                flags = facts.flags(number)
                notes = self._restore_errors(number, cells) if number in facts.errors else []
                if not flags & HAS_VALUE and not notes:
                    if any(cells):
                        self._differs(f"第 {number} 行未被计数")
                    continue
                if flags & HIDDEN:
                    notes.append(CellNote(-1, "E-ROW-01"))
                if self.starts:
                    notes += self._fill(number, cells)
                notes += inspect(cells)
                if number in facts.errors or not is_blank(cells):
                    out.write(number, cells, notes)
                if not number % 5_000:
                    tick(number)
        return out.count, values

    def _parsed(self) -> Iterator[tuple[int, list[str]]]:
        """Every row up to the last one with a value; error values are blank until restored."""
        number = 0
        start = self.sheet.start
        if start is not None:
            margin = [""] * start[1]
            for number, values in enumerate(self.sheet.iter_rows(), 1):
                yield number, [*margin, *row_texts(values)] if margin else row_texts(values)
        for beyond in sorted(row for row in self.facts.errors if row > number):
            yield beyond, []

    def _restore_errors(self, number: int, cells: list[str]) -> list[CellNote]:
        notes = []
        for column, text in self.facts.errors[number]:
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = text
            notes.append(CellNote(column, "E-CELL-03" if text else "E-CELL-04"))
        return notes

    def _fill(self, number: int, cells: list[str]) -> list[CellNote]:
        """Give a row under a vertically merged cell the value that a reader of the sheet sees."""
        notes = []
        for column, (last, text) in list(self.fills.items()):
            if number > last:
                del self.fills[column]
            elif text and column < len(cells) and not cells[column]:
                cells[column] = text
                notes.append(CellNote(column, "E-CELL-05"))
        for _, column, last, _ in self.starts.get(number, ()):
            text = cells[column] if column < len(cells) else ""
            self.fills[column] = (last, text)
        return notes

    def _differs(self, what: str) -> None:
        raise FileError("E-FILE-09", sheet=f"“{self.facts.name}”", what=what)
