"""Streams flat exports of any length: PostgreSQL's COPY text in, XLSX out, in constant memory.

    with FlatExport(path, columns, title="…") as export:
        cursor.copy_expert("COPY (SELECT …) TO STDOUT", export)

Only for what is beyond XlsxWriter's reach; the ledgers are written by writer.py.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from xlsxwriter.utility import xl_col_to_name

from core.columns import Column, Format
from core.spreadsheets.flatparts import STYLE, package_parts, sheet_end, sheet_start
from core.spreadsheets.limits import SHEET_ROWS
from core.spreadsheets.naming import sheet_name

DATE_SERIAL = "({0} - DATE '1899-12-30')"  # SQL of a date column: sheets count days
SHEET_BYTES = 1_900_000_000  # beyond 2 GB a member needs zip64, which old programs refuse
FLUSH_ROWS = 2_000
NUMERIC = (Format.WHOLE, Format.AMOUNT, Format.DAY)
ROW = b"\x01"  # stands for the row number in the template; no text holds it
BACKSLASH = b"\x02"
CONTROLS = bytes(code for code in range(32) if code not in (9, 10))
ESCAPES = (
    (rb"\\", BACKSLASH),
    (rb"\N", b""),
    (rb"\n", b"&#10;"),
    (rb"\t", b"&#9;"),
    (rb"\r", b"&#13;"),
    (rb"\b", b""),
    (rb"\f", b""),
    (rb"\v", b""),
    (BACKSLASH, b"\\"),
)
EMPTIES = ((b"<v></v>", b""), (b' t="inlineStr"><is><t></t></is></c>', b"/>"))
EDGE_BLANK = re.compile(rb"<t>(?=[ ]|&#(?:9|10|13);|[^<]*(?:[ ]|&#(?:9|10|13);)</t>)")


class FlatExport:
    """A file to COPY into; splits sheets at the limits and repeats their heads."""

    def __init__(
        self, path: Path, columns: Sequence[Column], *, name: str = "名单", title: str = ""
    ) -> None:
        self.columns, self.name, self.title = columns, name, title
        self.rows = 0
        self.names: list[str] = []
        self._taken: set[str] = set()
        self._template = template(columns)
        self._tail = b""
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._sheet: IO[bytes] | None = None
        self._row = self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        elif self._sheet:
            self._sheet.close()
        self._zip.close()

    def write(self, block: bytes) -> int:
        """Take COPY text, cut anywhere."""
        whole, newline, self._tail = (self._tail + block).rpartition(b"\n")
        if newline:
            lines = prepared(whole).split(b"\n")
            for start in range(0, len(lines), FLUSH_ROWS):
                self._lines(lines[start : start + FLUSH_ROWS])
        return len(block)

    def _lines(self, lines: list[bytes]) -> None:
        while lines:
            if self._sheet is None or self._row >= SHEET_ROWS or self._size > SHEET_BYTES:
                self._next_sheet()
            fitting = lines[: SHEET_ROWS - self._row]
            lines = lines[len(fitting) :]
            first, self._row = self._row + 1, self._row + len(fitting)
            fill = self._template
            markup = b"".join(
                [
                    (fill % tuple(line.split(b"\t"))).replace(ROW, b"%d" % number)
                    for number, line in enumerate(fitting, first)
                ]
            )
            for empty, blank in EMPTIES:
                markup = markup.replace(empty, blank)
            if b"<t> " in markup or b" </t>" in markup or b"&#" in markup:
                markup = EDGE_BLANK.sub(b'<t xml:space="preserve">', markup)
            self._put(markup)
            self.rows += len(fitting)

    def _put(self, markup: bytes) -> None:
        assert self._sheet is not None
        self._sheet.write(markup)
        self._size += len(markup)

    def _next_sheet(self) -> None:
        self._end_sheet()
        self.names.append(sheet_name(self.name, self._taken))
        member = zipfile.ZipInfo(f"xl/worksheets/sheet{len(self.names)}.xml")
        member.compress_type = zipfile.ZIP_DEFLATED
        self._sheet = self._zip.open(member, "w")
        self._size = 0
        self._row = 2 if self.title else 1
        self._put(sheet_start(self.columns, self.title))

    def _end_sheet(self) -> None:
        if self._sheet:
            self._sheet.write(sheet_end(self.columns, self.title, self._row))
            self._sheet.close()
            self._sheet = None

    def _finish(self) -> None:
        if self._tail:
            self.write(b"\n")
        if not self.names:
            self._next_sheet()
        self._end_sheet()
        for name, content in package_parts(self.names, 2 if self.title else 1).items():
            self._zip.writestr(name, content)


def prepared(block: bytes) -> bytes:
    """COPY text as XML text: markup escaped, COPY's own escapes undone, controls removed."""
    block = block.translate(None, CONTROLS)
    block = block.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    if b"\\" in block:
        for mark, meaning in ESCAPES:
            block = block.replace(mark, meaning)
    return block


def template(columns: Sequence[Column]) -> bytes:
    """A row of cells with a place for the row number and each field."""
    cells = []
    for place, column in enumerate(columns):
        start = f'<c r="{xl_col_to_name(place)}\x01" s="{STYLE[column.format]}"'
        if column.format in NUMERIC:
            cells.append(f"{start}><v>%b</v></c>")
        else:
            cells.append(f'{start} t="inlineStr"><is><t>%b</t></is></c>')
    return f'<row r="\x01">{"".join(cells)}</row>'.encode()


def copy_text(values: Iterable[object]) -> bytes:
    """One row as COPY would send it; for rows that do not come from the database."""
    fields = []
    for value in values:
        text = r"\N" if value is None else str(value).replace("\\", "\\\\")
        for sign, code in (("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r")):
            text = text.replace(sign, code)
        fields.append(text)
    return "\t".join(fields).encode() + b"\n"
