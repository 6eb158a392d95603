"""A ledger as a workbook in the house style, and as the rows of its preview."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path

from core.columns import HeaderCell, header_cells
from core.spreadsheets.writer import Page, Properties, write_workbook
from reports.ledgers.base import Ledger, text_of
from reports.units import Unit

PREVIEWED = 300
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Written:
    """What was written: lines without the line of totals, and the hash of the file."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class PreviewRow:
    cells: list[tuple[str, str]]  # text, alignment
    is_total: bool


@dataclass(frozen=True)
class Preview:
    """The printed page on screen; `is_cut` when the table is longer than it."""

    heading: str
    left: str
    middle: str
    right: str
    header: list[list[HeaderCell]]
    rows: list[PreviewRow]
    foot: tuple[str, ...]
    is_cut: bool


def write(ledger: Ledger, unit: Unit, as_of: date, target: Path) -> Written:
    """Write the workbook; the same facts give the same bytes."""
    pages = [_page(one, unit, as_of) for one in (ledger, *ledger.further)]
    properties = Properties(
        title=ledger.heading(unit), company=unit.name, created=datetime.combine(as_of, time())
    )
    lines = write_workbook(target, pages, properties)
    return Written(sum(lines) - len(pages), _hash(target))


def _page(ledger: Ledger, unit: Unit, as_of: date) -> Page:
    return Page(
        name=ledger.title,
        title=ledger.heading(unit),
        members=ledger.members,
        lines=ledger.lines(unit, as_of),
        left=ledger.reporter(unit),
        middle=ledger.basis(as_of),
        right=ledger.reported_on(as_of),
        foot=ledger.foot,
        frozen_columns=ledger.frozen_columns,
    )


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def preview(ledger: Ledger, unit: Unit, as_of: date, *, limit: int = PREVIEWED) -> Preview:
    """What the workbook will say, cell by cell, as far as one page goes."""
    rows = list(islice(_preview_rows(ledger, unit, as_of), limit + 1))
    return Preview(
        heading=ledger.heading(unit),
        left=ledger.reporter(unit),
        middle=ledger.basis(as_of),
        right=ledger.reported_on(as_of),
        header=_header_rows(ledger),
        rows=rows[:limit],
        foot=ledger.foot,
        is_cut=len(rows) > limit,
    )


def _preview_rows(ledger: Ledger, unit: Unit, as_of: date) -> Iterator[PreviewRow]:
    columns = ledger.columns
    for line in ledger.lines(unit, as_of):
        cells = [
            (text_of(value, column.format), column.align.value)
            for value, column in zip(line.values, columns, strict=True)
        ]
        yield PreviewRow(cells, line.is_total)


def _header_rows(ledger: Ledger) -> list[list[HeaderCell]]:
    cells = header_cells(ledger.members)
    rows = max(cell.row + cell.rows for cell in cells)
    return [[cell for cell in cells if cell.row == row] for row in range(rows)]
