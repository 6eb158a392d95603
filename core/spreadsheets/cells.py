"""Turns cell values into the text that is kept for ever, and notes what a clerk must look at."""

import datetime as dt
import math
import re
from collections.abc import Sequence

from core.spreadsheets.errors import CellNote
from core.spreadsheets.limits import CELL_CHARACTERS

# C0 and C1 controls but tab, line feed and return; lone surrogates; non-characters.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
EXACT = 10**15  # a spreadsheet keeps 15 digits; longer numbers have lost some
MIDNIGHT = dt.time()


def text(value: object) -> str:
    """Dates as ISO, whole numbers without a point, numbers beyond 15 digits as 9.1E+17."""
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else str(value)


def number_text(value: float) -> str:
    if -EXACT < value < EXACT:
        return str(int(value)) if value.is_integer() else f"{value:.15G}"
    return f"{value:.15G}" if math.isfinite(value) else "#NUM!"


def row_texts(values: Sequence[object]) -> list[str]:
    return [value if type(value) is str else text(value) for value in values]


def inspect(cells: list[str]) -> list[CellNote]:
    """Clean the cells in place of invisible characters; note these and over-long cells."""
    joined = "".join(cells)
    if len(joined) <= CELL_CHARACTERS and (joined.isprintable() or not INVISIBLE.search(joined)):
        return []
    notes = []
    for column, cell in enumerate(cells):
        if INVISIBLE.search(cell):
            cells[column] = INVISIBLE.sub("", cell)
            notes.append(CellNote(column, "E-CELL-02"))
        if len(cell) > CELL_CHARACTERS:
            notes.append(CellNote(column, "E-CELL-01"))
    return notes


def is_blank(cells: list[str]) -> bool:
    return not any(cells) or not any(cell.strip() for cell in cells)
