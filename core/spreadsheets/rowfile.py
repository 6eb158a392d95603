"""The normalised rows of one sheet on disk, between the parsing child and its parent.

A line holds number, remarks and cells, parted by a control character that no cleaned cell holds.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from core.spreadsheets.errors import CellNote

SEPARATOR = "\x1f"
LINE_END = "\x1e"  # stands for a line end within a cell


class Row(NamedTuple):
    """A physical row: its number in the file, the text of its cells, remarks on them."""

    number: int
    cells: list[str]
    notes: list[CellNote]


class RowWriter:
    """Writes rows in rising order; `count` says how many."""

    def __init__(self, path: Path) -> None:
        self.count = 0
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, number: int, cells: list[str], notes: list[CellNote]) -> None:
        remarks = " ".join(f"{note.column}:{note.code}" for note in notes) if notes else ""
        line = SEPARATOR.join((str(number), remarks, *cells))
        self._file.write(line.replace("\n", LINE_END) + "\n")
        self.count += 1


def read_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            whole = line[:-1].replace(LINE_END, "\n")
            number, remarks, *cells = whole.split(SEPARATOR)
            yield Row(int(number), cells, notes_of(remarks) if remarks else [])


def notes_of(remarks: str) -> list[CellNote]:
    notes = []
    for remark in remarks.split():
        column, _, code = remark.partition(":")
        notes.append(CellNote(int(column), code))
    return notes
