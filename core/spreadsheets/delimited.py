"""Reads CSV in constant memory: encoding, delimiter, and quotes that must not swallow lines."""

import codecs
import csv
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from core.spreadsheets.cells import inspect, is_blank
from core.spreadsheets.errors import CellNote, FileError
from core.spreadsheets.limits import MEGABYTE, Limits, human
from core.spreadsheets.rowfile import RowWriter

csv.field_size_limit(sys.maxsize)

DELIMITERS = ",\t;|"
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("utf-8", "gb18030")
RECORD_LINES = 500  # more lines in one pair of quotes: the quote was never closed
REPAIRS = 1_000
QUOTED_FORMULA = re.compile(r'="([^"]*)"\Z')
NEEDS_GUARD = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
GUARDED = re.compile(r"'+[=+\-@\t\r\n\0＝＋－＠]")


class Counts(NamedTuple):
    """Of a delimited file; physical rows are records that were not a bare line end."""

    physical: int
    blank: int
    width: int
    lines: int
    last_row: int
    encoding: str
    delimiter: str


def detect_encoding(path: Path) -> str:
    """By mark, then strict UTF-8 of the whole file, then strict GB18030; else E-CSV-01."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, encoding in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            check_encoding(path, encoding)
            return encoding
    furthest = 0
    for encoding in CANDIDATES:
        try:
            check_encoding(path, encoding)
        except FileError as bad:
            furthest = max(furthest, int(str(bad.facts["line"])))
        else:
            return encoding
    raise FileError("E-CSV-01", line=furthest)


def check_encoding(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with path.open("rb") as file:
        while True:
            block = file.read(MEGABYTE)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as bad:
                line = lines + bad.object[: bad.start].count(b"\n")
                raise FileError("E-CSV-01", line=line) from bad
            if not block:
                return
            lines += block.count(b"\n")


def detect_delimiter(sample: list[str]) -> str:
    """The delimiter that most lines of the sample agree on."""

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [len(fields) - 1 for fields in csv.reader(sample, delimiter=delimiter)]
        usual = max(set(counts), key=lambda count: (count > 0, counts.count(count)), default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(DELIMITERS, key=agreement)


class Lines:
    """Physical lines with a limit on their length; lines of an open record can be taken back."""

    def __init__(self, source: Iterator[str], limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.waiting: list[str] = []
        self.record: list[str] = []
        self.read = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        if len(self.record) > RECORD_LINES:
            raise csv.Error("quote never closed")
        line = self.waiting.pop() if self.waiting else next(self.source)
        if len(line) > self.limits.row_bytes:
            limit = human(self.limits.row_bytes)
            raise FileError("E-FILE-06", what=f"第 {self.read + 1} 行内容过大", limit=limit)
        self.read += 1
        self.record.append(line)
        return line

    def close_record(self) -> tuple[int, list[str]]:
        """The first line number of the record just read, and its lines."""
        lines, self.record = self.record, []
        return self.read - len(lines) + 1, lines

    def take_back(self, lines: list[str]) -> None:
        self.waiting.extend(reversed(lines))
        self.read -= len(lines)


class Records:
    """Records of a delimited text as (line number, cells, notes), whatever its quotes."""

    def __init__(self, lines: Lines, delimiter: str, limits: Limits) -> None:
        self.lines = lines
        self.delimiter = delimiter
        self.limits = limits
        self.repairs = 0

    def __iter__(self) -> Iterator[tuple[int, list[str], list[CellNote]]]:
        widths: set[int] = set()
        reader = self._reader()
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield self._repair()
                reader = self._reader()
                continue
            number, spanned = self.lines.close_record()
            if len(spanned) > 1 and widths and len(cells) not in widths:
                self.lines.record = spanned
                yield self._repair()
                reader = self._reader()
                continue
            if len(cells) > 1:
                widths.add(len(cells))
            yield number, cells, []

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self.lines, delimiter=self.delimiter, strict=True)

    def _repair(self) -> tuple[int, list[str], list[CellNote]]:
        """Read the first line of a broken record alone and give its other lines back."""
        self.repairs += 1
        if self.repairs > REPAIRS:
            raise FileError("E-CSV-03", limit=REPAIRS)
        _, spanned = self.lines.close_record()
        self.lines.take_back(spanned[1:])
        line = spanned[0].rstrip("\r\n")
        if len(spanned) == 1:
            cells = next(csv.reader([line], delimiter=self.delimiter))
        else:
            cells = line.split(self.delimiter)
        return self.lines.read, cells, [CellNote(-1, "E-CSV-04")]


def convert(path: Path, target: Path, limits: Limits, tick: Callable[[int], None]) -> Counts:
    """Write the file's rows in normal form and count them; tick hears the rows done."""
    encoding = detect_encoding(path)
    physical = blank = width = last = 0
    with path.open(encoding=encoding, newline="") as file, RowWriter(target) as out:
        sample = file.readlines(64 * 1024)[:50]
        file.seek(0)
        lines = Lines(file, limits)
        delimiter = named_delimiter(lines, sample) or detect_delimiter(sample)
        for number, cells, notes in Records(lines, delimiter, limits):
            if not cells:
                continue
            physical += 1
            notes = notes + tidy(cells)
            if is_blank(cells):
                blank += 1
                continue
            width, last = max(width, used(cells)), number
            if width > limits.columns:
                raise FileError("E-FILE-14", count=width, limit=limits.columns)
            out.write(number, cells, notes)
            if out.count > limits.data_rows + 1:
                raise FileError("E-FILE-11", limit=limits.data_rows)
            if not physical % 5_000:
                tick(physical)
    return Counts(physical, blank, width, lines.read, last, encoding, delimiter)


def named_delimiter(lines: Lines, sample: list[str]) -> str:
    """Take the line `sep=;` that Excel understands off the text; "" when there is none."""
    first = sample[0].strip() if sample else ""
    if len(first) != 5 or not first.startswith("sep="):
        return ""
    next(lines)
    lines.close_record()
    return first[4]


def tidy(cells: list[str]) -> list[CellNote]:
    """Undo what spreadsheets write around text in CSV, then inspect the cells."""
    joined = "".join(cells)
    if "'" in joined or '="' in joined:
        cells[:] = [unwrapped(cell) for cell in cells]
    return inspect(cells)


def unwrapped(cell: str) -> str:
    """Without the quote that guards against formulas (S49), and without ="…" around a code."""
    if GUARDED.match(cell):
        return cell[1:]
    formula = QUOTED_FORMULA.match(cell)
    return formula[1] if formula else cell


def used(cells: list[str]) -> int:
    """The number of columns up to the last one that holds anything."""
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return width
