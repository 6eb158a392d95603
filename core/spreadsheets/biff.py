"""Counts what the sheets of an .xls physically hold by walking its records (BIFF5 and BIFF8)."""

import struct
from typing import NamedTuple

from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits
from core.spreadsheets.marks import HAS_CELLS, HAS_VALUE, HIDDEN, SheetFacts

BOF, END, FILEPASS, DATEMODE, BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0022, 0x0085
ROW, FORMULA, BOOLERR, MULRK, MULBLANK, BLANK = 0x0208, 0x0006, 0x0205, 0x00BD, 0x00BE, 0x0201
COLINFO = 0x007D
VALUES = frozenset((0x0203, 0x00FD, 0x027E, 0x0204, 0x00D6, BOOLERR, FORMULA, MULRK))
CELLS = VALUES | {BLANK, MULBLANK}
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
HEAD = struct.Struct("<HH")


class Bound(NamedTuple):
    """A worksheet of the workbook stream: its place in the list, visibility, first byte."""

    position: int
    hidden: bool
    offset: int


def scan_stream(data: bytes, limits: Limits) -> list[tuple[Bound, SheetFacts]]:
    """Facts of each worksheet; names are left to the reader that decodes them."""
    bounds, date1904 = _globals(data)
    found = []
    for bound in bounds:
        facts = SheetFacts(name=f"{bound.position + 1}", date1904=date1904)
        _sheet(data, bound.offset, facts, limits)
        facts.settle(limits)
        found.append((bound, facts))
    return found


def _globals(data: bytes) -> tuple[list[Bound], bool]:
    bounds, date1904, position, order = [], False, 0, 0
    while position + 4 <= len(data):
        kind, length = HEAD.unpack_from(data, position)
        body = data[position + 4 : position + 4 + length]
        if kind == FILEPASS:
            raise FileError("E-FILE-05")
        if kind == DATEMODE:
            date1904 = body[:2] == b"\1\0"
        elif kind == BOUNDSHEET and length >= 6:
            offset, state, what = struct.unpack_from("<IBB", body)
            if what == 0:
                bounds.append(Bound(order, state & 3 != 0, offset))
            order += 1
        elif kind == END:
            break
        position += 4 + length
    if not bounds:
        raise FileError("E-FILE-17")
    return bounds, date1904


def _sheet(data: bytes, position: int, facts: SheetFacts, limits: Limits) -> None:
    flags: dict[int, int] = {}
    width = depth = 0
    while position + 4 <= len(data):
        kind, length = HEAD.unpack_from(data, position)
        position += 4
        if kind in CELLS and depth == 1 and length >= 6:
            row, column = HEAD.unpack_from(data, position)
            if kind in VALUES:
                flags[row] = flags.get(row, 0) | HAS_CELLS | HAS_VALUE
                last = _last_column(data, position, length) if kind == MULRK else column
                width = max(width, last + 1)
                if kind in (FORMULA, BOOLERR):
                    _error(data[position : position + length], kind, facts, limits)
            else:
                flags[row] = flags.get(row, 0) | HAS_CELLS
        elif kind == BOF:
            depth += 1
        elif kind == END:
            depth -= 1
            if depth == 0:
                break
        elif kind == ROW and length >= 16:
            row, options = struct.unpack_from("<H10xI", data, position)
            if options & 0x20:
                flags[row] = flags.get(row, 0) | HIDDEN
        elif kind == COLINFO and length >= 10:
            _hidden_columns(data[position : position + length], facts, limits)
        position += length
    else:
        raise FileError("E-FILE-02")
    physical = sorted(row for row, flag in flags.items() if flag & HAS_CELLS)
    if physical:
        marks = bytes(flags[row] for row in physical)
        facts.take([row + 1 for row in physical], marks, width)


def _last_column(data: bytes, position: int, length: int) -> int:
    (last,) = struct.unpack_from("<H", data, position + length - 2)
    return int(last)


def _hidden_columns(body: bytes, facts: SheetFacts, limits: Limits) -> None:
    first, last, options = struct.unpack_from("<HH4xH", body)
    if options & 1:
        facts.hidden_columns.extend(range(first + 1, min(last + 1, limits.columns) + 1))


def _error(body: bytes, kind: int, facts: SheetFacts, limits: Limits) -> None:
    row, column = HEAD.unpack_from(body)
    if kind == BOOLERR and length_of_error(body):
        facts.note(row + 1, column, ERRORS.get(body[6], "#ERROR"), limits)
    elif kind == FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        facts.note(row + 1, column, ERRORS.get(body[8], "#ERROR"), limits)


def length_of_error(body: bytes) -> bool:
    """A BOOLERR record holds an error, not a truth value."""
    return len(body) >= 8 and body[7] == 1
