"""Writes CSV that a spreadsheet opens without running anything, and that we read back exactly."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from core.spreadsheets.delimited import NEEDS_GUARD


def guarded(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets a quote in front (S49)."""
    return f"'{value}" if isinstance(value, str) and NEEDS_GUARD.match(value) else value


def write_csv(target: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """UTF-8 with a byte order mark; the number of rows."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(label) for label in header])
    count = 0
    for row in rows:
        writer.writerow([guarded(value) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count
