"""The normalised rows of one sheet on disk, between the parsing child and its parent."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from core.spreadsheets.errors import CellNote

csv.field_size_limit(sys.maxsize)


class Row(NamedTuple):
    """A physical row: its number in the file, the text of its cells, remarks on them."""

    number: int
    cells: list[str]
    notes: list[CellNote]


class RowWriter:
    """Writes rows in rising order; `count` says how many."""

    def __init__(self, path: Path) -> None:
        self.count = 0
        self._file = path.open("w", encoding="utf-8", newline="")
        self._write = csv.writer(self._file, lineterminator="\n").writerow

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
        remarks = " ".join(f"{note.column}:{note.code}" for note in notes)
        self._write([number, remarks, *cells])
        self.count += 1


def read_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, remarks, *cells in csv.reader(file):
            yield Row(int(number), cells, notes_of(remarks) if remarks else [])


def notes_of(remarks: str) -> list[CellNote]:
    notes = []
    for remark in remarks.split():
        column, _, code = remark.partition(":")
        notes.append(CellNote(int(column), code))
    return notes
