"""Finds the table in the sheets of a workbook and accounts for every physical row of it.

choice = choose_tables(book, VOCABULARY)
for table in choice.tables:
    for row in table.rows(): ...
    table.tally.check()        # raises E-FILE-09 unless every row is accounted for
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from core.columns import Vocabulary
from core.headers import (
    MAX_DEPTH,
    SEARCHED_ROWS,
    Header,
    Recognition,
    find_headers,
    label_paths,
    recognise,
    signature,
)
from core.spreadsheets.errors import CellNote, FileError
from core.spreadsheets.lines import LineSorter
from core.spreadsheets.reader import Sheet, Workbook
from core.spreadsheets.rowfile import Row

HEAD = SEARCHED_ROWS + MAX_DEPTH
LISTED = 200


class Ignored(NamedTuple):
    """A row left out, with the reason a clerk reads and the first text in it."""

    number: int
    reason: str
    text: str


@dataclass
class Tally:
    """What became of the physical rows of a sheet; complete when rows() has been exhausted."""

    physical: int
    blank: int
    above: int = 0
    header: int = 0
    data: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    ignored: list[Ignored] = field(default_factory=list)

    def ignore(self, row: Row, reason: str) -> None:
        self.reasons[reason] += 1
        if len(self.ignored) < LISTED:
            first = next((cell for cell in row.cells if cell.strip()), "")
            self.ignored.append(Ignored(row.number, reason, first[:60]))

    @property
    def accounted(self) -> int:
        return self.above + self.header + self.blank + self.data + self.reasons.total()

    def check(self, sheet: str = "") -> None:
        """The reconciliation invariant: nothing of the file is applied unless this holds."""
        if self.physical != self.accounted:
            what = f"文件共 {self.physical} 行，读到 {self.accounted} 行"
            raise FileError("E-FILE-09", sheet=f"“{sheet}”" if sheet else "", what=what)


class Table:
    """A sheet with its header; labels and fields count columns from 0."""

    def __init__(
        self,
        sheet: Sheet,
        header: Header,
        *,
        others: tuple[int, ...] = (),
        skip_hidden: bool = False,
    ) -> None:
        self.sheet = sheet
        self.others = others  # first rows of further headers found in the sheet
        self.recognition: Recognition = header.recognition
        head = sheet.head(header.row + header.depth)
        self.above = tuple(row for row in head[: header.row])
        self.header = tuple(head[header.row :])
        self._skip_hidden = skip_hidden
        self.tally = Tally(sheet.physical_rows, sheet.physical_rows - sheet.row_count)

    @property
    def header_rows(self) -> tuple[int, ...]:
        """The physical numbers of the header's rows."""
        return tuple(row.number for row in self.header)

    @property
    def labels(self) -> tuple[str, ...]:
        return self.recognition.labels

    @property
    def signature(self) -> str:
        return signature(self.labels)

    def rows(self) -> Iterator[Row]:
        """The data rows as wide as the header, ragged ones noted; counts into a fresh tally."""
        sheet = self.sheet
        self.tally = tally = Tally(sheet.physical_rows, sheet.physical_rows - sheet.row_count)
        sorter = LineSorter([row.cells for row in self.header], [row.cells for row in self.above])
        delimited = not sheet.name
        width = len(self.labels)
        first, last = self.header[0].number, self.header[-1].number
        for row in sheet.rows():
            if row.number < first:
                tally.above += 1
            elif row.number <= last:
                tally.header += 1
            elif self._skip_hidden and any(note.code == "E-ROW-01" for note in row.notes):
                tally.ignore(row, "隐藏的行")
            elif reason := sorter.reason(row.cells):
                tally.ignore(row, reason)
            else:
                tally.data += 1
                yield fitted(row, width, strict=delimited)


def fitted(row: Row, width: int, *, strict: bool) -> Row:
    """The row padded to the header's width; strict: a delimited row must have had that width."""
    cells = row.cells
    if len(cells) == width:
        return row
    if len(cells) < width:
        cells.extend([""] * (width - len(cells)))
        ragged = strict
    else:
        ragged = strict and any(cell.strip() for cell in cells[width:])
    return row._replace(notes=[*row.notes, CellNote(-1, "E-CSV-02")]) if ragged else row


def as_written(row: Row) -> list[str]:
    """The cells without what the reader copied down from merged cells."""
    copied = {note.column for note in row.notes if note.code == "E-CELL-05"}
    return (
        ["" if place in copied else cell for place, cell in enumerate(row.cells)]
        if copied
        else row.cells
    )


class Choice(NamedTuple):
    """The tables to read (one, or several of the same header), others, and what to tell."""

    tables: tuple[Table, ...]
    others: tuple[Table, ...]
    remarks: tuple[str, ...]


def find_table(
    sheet: Sheet,
    vocabulary: Vocabulary,
    remembered: Mapping[str, str] | None = None,
    *,
    skip_hidden: bool = False,
) -> Table | None:
    """The best header of the sheet; None when the vocabulary knows too little of it."""
    head = sheet.head(HEAD)
    numbers = [row.number for row in head]
    found = find_headers(vocabulary, [as_written(row) for row in head], remembered)
    if not found:
        return None
    equals = [header for header in found if header.score == found[0].score]
    best = min(equals, key=lambda header: header.row)
    labels = best.recognition.labels
    others = tuple(numbers[header.row] for header in equals if header.recognition.labels != labels)
    return Table(sheet, best, others=others, skip_hidden=skip_hidden)


def table_at(
    sheet: Sheet,
    first_row: int,
    depth: int,
    vocabulary: Vocabulary,
    remembered: Mapping[str, str] | None = None,
    *,
    skip_hidden: bool = False,
) -> Table:
    """The table whose header starts in the row that the user pointed at."""
    head = sheet.head(HEAD)
    index = next((i for i, row in enumerate(head) if row.number == first_row), None)
    if index is None:
        raise FileError("E-FILE-13", where=f"（第 {first_row} 行没有内容）")
    labels = label_paths([as_written(row) for row in head[index : index + depth]])
    recognition = recognise(vocabulary, labels, remembered)
    return Table(sheet, Header(index, depth, recognition), skip_hidden=skip_hidden)


def choose_tables(
    book: Workbook,
    vocabulary: Vocabulary,
    remembered: Mapping[str, str] | None = None,
    *,
    skip_hidden: bool = False,
) -> Choice:
    """The visible sheet that says most, with every visible sheet of the same header."""
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    if len(visible) == 1 and visible[0].problem:
        raise visible[0].problem
    tables = [
        table
        for sheet in book.sheets
        if sheet.row_count
        and (table := find_table(sheet, vocabulary, remembered, skip_hidden=skip_hidden))
    ]
    shown = [table for table in tables if not table.sheet.hidden]
    if not shown:
        raise next((sheet.problem for sheet in visible if sheet.problem), FileError("E-FILE-13"))
    best = max(shown, key=lambda table: len(table.recognition.fields))
    chosen = tuple(table for table in shown if table.signature == best.signature)
    others = tuple(table for table in tables if table not in chosen)
    return Choice(chosen, others, tuple(remarks(book, chosen, others)))


def remarks(book: Workbook, chosen: tuple[Table, ...], others: tuple[Table, ...]) -> Iterator[str]:
    """What a clerk should know about the choice, in sentences."""
    if len(chosen) > 1:
        yield f"{names(chosen)}的表头相同，将合并导入。"
    for table in others:
        state = "是隐藏的工作表，" if table.sheet.hidden else ""
        yield f"{names((table,))}{state}未选用。"
    for sheet in book.sheets:
        if sheet.problem and not sheet.hidden:
            yield f"{sheet.problem.sentence}该工作表未读取。"
    for table in chosen:
        yield from table_remarks(table)


def table_remarks(table: Table) -> Iterator[str]:
    sheet, place = table.sheet, names((table,)) if table.sheet.name else ""
    if table.others:
        rows = "、".join(str(number) for number in table.others)
        yield f"{place}第 {rows} 行也像表头，已采用第 {table.header_rows[0]} 行，请核对。"
    if sheet.hidden_row_count:
        first = "、".join(str(number) for number in sheet.hidden_rows[:5])
        yield f"{place}有 {sheet.hidden_row_count} 行被隐藏或筛选掉（第 {first} 行等），仍会读取。"
    if sheet.hidden_columns:
        yield f"{place}有 {len(sheet.hidden_columns)} 列被隐藏，仍会读取。"
    if sheet.error_count:
        yield f"{place}有 {sheet.error_count} 处公式错误值或没有结果的公式。"


def names(tables: tuple[Table, ...]) -> str:
    return "工作表" + "".join(f"“{table.sheet.name}”" for table in tables)
