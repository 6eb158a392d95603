"""Facts about one sheet found before parsing; the yardstick that the parsed rows must meet."""

from dataclasses import dataclass, field

from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import SHEET_COLUMNS, SHEET_ROWS, Limits

HAS_CELLS, HAS_VALUE, HIDDEN = 1, 2, 4

Merge = tuple[int, int, int, int]
"""First row (from 1), first column (from 0), last row, last column."""


@dataclass
class SheetFacts:
    """Physical rows, marks per row, error cells and merges of a sheet; rows count from 1."""

    name: str
    physical_rows: int = 0
    valued_rows: int = 0
    values: int = 0
    width: int = 0
    first_row: int = 0
    last_row: int = 0
    date1904: bool = False
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    marks: bytearray = field(default_factory=bytearray, repr=False)
    errors: dict[int, list[tuple[int, str]]] = field(default_factory=dict, repr=False)
    error_count: int = 0
    problem: FileError | None = None

    def take(self, rows: list[int], flags: bytes, width: int) -> None:
        """Physical rows in rising order with their flags; width is the last column in use."""
        with_cells = len(flags) - flags.count(0)
        if not with_cells:
            return
        self.physical_rows += with_cells
        if rows[0] <= SHEET_ROWS:
            self._mark(rows, flags)
        valued = [row for row, flag in zip(rows, flags, strict=True) if flag & HAS_VALUE]
        if valued:
            self.valued_rows += len(valued)
            self.width = max(self.width, width)
            self.first_row = self.first_row or valued[0]
            self.last_row = valued[-1]

    def _mark(self, rows: list[int], flags: bytes) -> None:
        if rows[-1] - rows[0] + 1 == len(rows):
            span = flags
        else:
            gaps = bytearray(rows[-1] - rows[0] + 1)
            for row, flag in zip(rows, flags, strict=True):
                gaps[row - rows[0]] = flag
            span = bytes(gaps)
        self.marks.extend(bytes(max(rows[0] - len(self.marks), 0)))
        self.marks[rows[0] :] = span

    def note(self, row: int, column: int, text: str, limits: Limits) -> None:
        """A cell whose text readers would silently drop: an error value, "" for no result."""
        self.error_count += 1
        if self.error_count > limits.marked_cells:
            what = f"公式错误值超过 {limits.marked_cells} 处"
            raise FileError("E-FILE-09", sheet=f"“{self.name}”", what=what)
        self.errors.setdefault(row, []).append((column, text))

    def settle(self, limits: Limits) -> None:
        """Judge the whole sheet; a problem is raised only when the sheet is used."""
        sheet = f"“{self.name}”"
        if self.valued_rows > limits.data_rows + 1:
            self.problem = FileError("E-FILE-11", sheet=sheet, limit=limits.data_rows)
        elif self.last_row > SHEET_ROWS:
            what = f"出现第 {self.last_row} 行"
            self.problem = FileError("E-FILE-07", sheet=sheet, what=what)
        elif (self.last_row - self.first_row + 1) * self.width > limits.box_cells:
            what = f"{self.last_row} 行 × {self.width} 列"
            self.problem = FileError("E-FILE-07", sheet=sheet, what=what)
        elif self.width > SHEET_COLUMNS:
            self.problem = FileError("E-FILE-07", sheet=sheet, what="列号超出表格范围")
        elif self.width > limits.columns:
            count, limit = self.width, limits.columns
            self.problem = FileError("E-FILE-14", sheet=sheet, count=count, limit=limit)

    def flags(self, row: int) -> int:
        return self.marks[row] if row < len(self.marks) else 0
