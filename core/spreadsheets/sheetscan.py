"""Counts what one sheet of an XLSX physically holds, in a stream, before any reader parses it.

Works on blocks of whole rows of raw XML.  A block of plain values is only counted; rows with
formulas, errors, hidden marks or unusual markup are looked at one by one.  When the parsed rows
hold fewer values than were counted, a second, strict scan looks at the place of every cell.
"""

import re
from functools import cache
from operator import lt
from typing import NamedTuple

from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import SHEET_ROWS, Limits, human
from core.spreadsheets.marks import HAS_CELLS, HAS_VALUE, HIDDEN, SheetFacts

ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
MERGE = re.compile(rb"""<[\w:]*mergeCell\s[^>]*ref\s*=\s*["']([A-Z]+\d+):([A-Z]+\d+)""")
HIDDEN_COLUMN = re.compile(rb"""<[\w:]*col\s[^>]*hidden\s*=\s*["'](?:1|true)["'][^>]*>""")
REFERENCE = re.compile(rb"([A-Z]+)(\d+)\Z")
TRUE = (b"1", b"true")
REFERENCES = (b' r="', b" r='")
TAIL_MERGES = 50_000


class Patterns(NamedTuple):
    """Byte patterns of a sheet whose elements carry the given namespace prefix."""

    data: re.Pattern[bytes]
    data_end: bytes
    row: bytes
    row_end: bytes
    row_number: re.Pattern[bytes]
    wide: re.Pattern[bytes]
    references: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    cell_starts: tuple[bytes, bytes]
    contents: tuple[bytes, bytes]
    value: re.Pattern[bytes]
    formula: bytes
    delicate: tuple[bytes, bytes]


@cache
def patterns(prefix: bytes) -> Patterns:
    p = prefix + b":" if prefix else b""
    return Patterns(
        data=re.compile(rb"<" + p + rb"sheetData\s*(/?)>"),
        data_end=b"</" + p + b"sheetData>",
        row=b"<" + p + b"row",
        row_end=b"</" + p + b"row>",
        row_number=re.compile(rb"<" + p + rb'row r="(\d{1,9})"'),
        wide=re.compile(rb"<" + p + rb'c r="([A-Z]{2,})'),
        references=re.compile(rb"<" + p + rb'c r="([A-Z]+\d+)"'),
        cell=re.compile(rb"<" + p + rb"c((?:\s[^>]*?)?)(?:/>|>(.*?)</" + p + rb"c>)", re.DOTALL),
        cell_starts=(b"<" + p + b"c ", b"<" + p + b"c>"),
        contents=(b"</" + p + b"v>", b"</" + p + b"is>"),
        value=re.compile(rb"<" + p + rb"v(?:\s[^>]*)?>([^<]+)"),
        formula=b"<" + p + b"f",
        delicate=(b't="e"', b"<" + p + b"f"),
    )


@cache
def column_number(letters: bytes) -> int:
    """1 for A; 26 letters of a name longer than any sheet's are as good as infinite."""
    number = 0
    for letter in letters[:8]:
        number = number * 26 + letter - 64
    return number


def attributes(tag: bytes) -> dict[bytes, bytes]:
    return {m[1]: m[2] if m[2] is not None else m[3] for m in ATTRIBUTE.finditer(tag)}


class SheetScan:
    """Feed the part's bytes in order, then finish(); the outcome is `facts`."""

    def __init__(self, sheet: str, limits: Limits, *, strict: bool = False) -> None:
        self.strict = strict
        self.facts = SheetFacts(name=sheet)
        self.limits = limits
        self.buffer = b""
        self.phase = "before"
        self.pattern = patterns(b"")
        self.row = 0
        self.known: dict[bytes, int] = {}

    def feed(self, chunk: bytes) -> None:
        if self.row > SHEET_ROWS:
            return  # the sheet is lost; its other rows are not worth a look
        self.buffer += chunk
        if self.phase == "before":
            self._before()
        if self.phase == "rows":
            self._rows()
        if self.phase == "after":
            self._after()

    def finish(self) -> None:
        if self.phase != "after" and self.row <= SHEET_ROWS:
            raise FileError("E-FILE-02")
        self.facts.settle(self.limits)

    def _before(self) -> None:
        root = re.search(rb"<(?:(\w+):)?worksheet[\s>]", self.buffer)
        self.pattern = patterns((root and root[1]) or b"")
        start = self.pattern.data.search(self.buffer)
        if not start:
            if len(self.buffer) > self.limits.row_bytes:
                raise FileError("E-FILE-08", what="工作表缺少数据区")
            return
        self._hidden_columns(self.buffer[: start.start()])
        self.buffer = self.buffer[start.end() :]
        self.phase = "after" if start[1] else "rows"

    def _hidden_columns(self, head: bytes) -> None:
        for tag in HIDDEN_COLUMN.findall(head)[: self.limits.columns]:
            known = attributes(tag)
            first, last = int(known.get(b"min", b"0")), int(known.get(b"max", b"0"))
            last = min(last, self.limits.columns)
            self.facts.hidden_columns.extend(range(first, last + 1))

    def _rows(self) -> None:
        block = self.buffer
        pieces = block.split(self.pattern.row_end)
        self.buffer = pieces.pop()
        block = block[: len(block) - len(self.buffer)]
        if pieces and (self.strict or not self._plain_rows(block, pieces)):
            for piece in pieces:
                self._row(piece)
                if self.row > SHEET_ROWS:
                    return
        if len(self.buffer) > self.limits.row_bytes:
            limit = human(self.limits.row_bytes)
            raise FileError("E-FILE-06", what=f"第 {self.row + 1} 行内容过大", limit=limit)
        end = self.buffer.find(self.pattern.data_end)
        if end >= 0:
            self._bare_rows(self.buffer[:end])
            self.buffer = self.buffer[end:]
            self.phase = "after"

    def _plain_rows(self, block: bytes, pieces: list[bytes]) -> bool:
        """Count a block of rows of plain values; False (nothing done) when it is not one."""
        pattern = self.pattern
        if b"hidden=" in block or any(mark in block for mark in pattern.delicate):
            return False
        numbers = self._plain_numbers(block, len(pieces))
        width = self._plain_width(block, pieces)
        if not numbers or numbers[-1] > SHEET_ROWS or width > self.limits.columns:
            return False
        value, inline = pattern.contents
        cells = pattern.cell_starts
        flags = bytes(
            HAS_CELLS | HAS_VALUE
            if value in piece or inline in piece
            else HAS_CELLS * (cells[0] in piece or cells[1] in piece)
            for piece in pieces
        )
        self.facts.take(numbers, flags, width)
        self.facts.values += block.count(value) + block.count(inline)
        self.row = numbers[-1]
        return True

    def _plain_numbers(self, block: bytes, count: int) -> list[int]:
        """The rising numbers of `count` rows; nothing when they need a closer look."""
        if block.count(self.pattern.row) != count:
            return []
        if not any(mark in block for mark in REFERENCES):
            return list(range(self.row + 1, self.row + count + 1))
        numbers = [int(number) for number in self.pattern.row_number.findall(block)]
        if len(numbers) != count or not all(map(lt, [self.row, *numbers], numbers)):
            return []
        return numbers

    def _plain_width(self, block: bytes, pieces: list[bytes]) -> int:
        """At least the last column in use."""
        start, bare = self.pattern.cell_starts
        if any(mark in block for mark in REFERENCES):
            wide = {column_number(letters) for letters in set(self.pattern.wide.findall(block))}
            return max(wide, default=26)
        return max((piece.count(start) + piece.count(bare) for piece in pieces), default=0)

    def _bare_rows(self, markup: bytes) -> int:
        """Self-closing rows: they hold no cell but move the row number on."""
        position = markup.find(self.pattern.row)
        while position >= 0:
            end = markup.find(b">", position)
            if end < 0:
                raise FileError("E-FILE-02")
            self._number(markup[position : end + 1])
            position = markup.find(self.pattern.row, end)
        return self.row

    def _number(self, tag: bytes) -> bool:
        """Take the row number from a tag; say whether the row is hidden."""
        known = attributes(tag)
        text = known.get(b"r", b"")
        if text and not text.isdigit():
            raise FileError("E-FILE-09", what="出现无法识别的行号")
        row = int(text[:12]) if text else self.row + 1
        if row <= self.row:
            what = f"行号 {row} 出现在第 {self.row} 行之后"
            raise FileError("E-FILE-09", sheet=f"“{self.facts.name}”", what=what)
        self.row = row
        return known.get(b"hidden") in TRUE

    def _row(self, piece: bytes) -> None:
        start = piece.rfind(self.pattern.row)
        if start < 0:
            raise FileError("E-FILE-08", what="工作表的行标记不完整")
        if start > 0 and self.pattern.row in piece[:start]:
            self._bare_rows(piece[:start])
        end = piece.find(b">", start)
        hidden = self._number(piece[start : end + 1])
        body = piece[end + 1 :]
        references = self.pattern.references.findall(body)
        count = body.count(self.pattern.cell_starts[0]) + body.count(self.pattern.cell_starts[1])
        if not count:
            return
        width = self._width(references) if len(references) == count else 0
        has_value = any(mark in body for mark in self.pattern.contents)
        delicate = self.strict or any(mark in body for mark in self.pattern.delicate)
        if delicate or not 0 < width <= self.limits.columns:
            width, has_value = self._cells(body)
        else:
            self.facts.values += sum(body.count(mark) for mark in self.pattern.contents)
        flags = HAS_CELLS | (HAS_VALUE if has_value else 0) | (HIDDEN if hidden else 0)
        self.facts.take([self.row], bytes([flags]), width)

    def _width(self, references: list[bytes]) -> int:
        """The last column of a row whose references are in order and its own; 0 if not."""
        row = b"%d " % self.row
        shape = (b" ".join(references) + b" ").replace(row, b" ")
        width = self.known.get(shape)
        if width is None:
            columns = [column_number(c) if c.isalpha() else 0 for c in shape.split()]
            ordered = all(a < b for a, b in zip([0, *columns], columns, strict=False))
            width = columns[-1] if ordered and columns else 0
            if len(self.known) > 5_000:
                self.known.clear()
            self.known[shape] = width
        return width

    def _cells(self, body: bytes) -> tuple[int, bool]:
        """Column by column: the last one with content, and whether there is any."""
        column = width = 0
        for found in self.pattern.cell.finditer(body):
            known = attributes(found[1])
            column = self._column(known.get(b"r"), column)
            content = found[2] or b""
            value = self.pattern.value.search(content)
            kind = known.get(b"t", b"n")
            if kind == b"e":
                self._note(column, (value[1] if value else b"#ERROR").decode("utf-8", "replace"))
            elif self.pattern.formula in content and not value and kind != b"str":
                self._note(column, "")
            elif not value and kind not in (b"str", b"inlineStr"):
                continue
            else:
                self.facts.values += 1
            width = column
        return width, width > 0

    def _column(self, reference: bytes | None, before: int) -> int:
        if reference is None:
            return before + 1
        parts = REFERENCE.match(reference)
        column = column_number(parts[1]) if parts else 0
        if not parts or parts[2] != b"%d" % self.row or column <= before:
            what = f"第 {self.row} 行的单元格位置重复或错乱"
            raise FileError("E-FILE-09", sheet=f"“{self.facts.name}”", what=what)
        return column

    def _note(self, column: int, text: str) -> None:
        self.facts.note(self.row, column - 1, text[:20], self.limits)

    def _after(self) -> None:
        merges = self.facts.merges
        last = 0
        for found in MERGE.finditer(self.buffer):
            last = found.end()
            corners = [REFERENCE.match(corner) for corner in found.groups()]
            if len(merges) < TAIL_MERGES and corners[0] and corners[1]:
                (c1, r1), (c2, r2) = corners[0].groups(), corners[1].groups()
                merges.append(
                    (int(r1[:9]), column_number(c1) - 1, int(r2[:9]), column_number(c2) - 1)
                )
            elif len(merges) >= TAIL_MERGES:
                raise FileError("E-FILE-06", what="合并单元格过多", limit=f"{TAIL_MERGES} 处")
        self.buffer = self.buffer[max(last, len(self.buffer) - 200) :]
