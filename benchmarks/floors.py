"""What the machine needs at least: the same bytes inflated, tokenised, copied in and read."""

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from xml.parsers import expat

from django.db import connection

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def inflate(path: Path) -> int:
    """Bytes of the sheet and its strings."""
    with zipfile.ZipFile(path) as archive:
        total = 0
        for member in (SHEET, STRINGS):
            with archive.open(member) as content:
                while block := content.read(1 << 18):
                    total += len(block)
    return total


def tokenise(path: Path) -> int:
    """The same, and every tag found by the fastest tokeniser at hand, with nothing done to it."""
    with zipfile.ZipFile(path) as archive:
        for member in (SHEET, STRINGS):
            parser = expat.ParserCreate()
            with archive.open(member) as content:
                parser.ParseFile(content)
    return 0


def copy_in(path: Path) -> int:
    """The CSV into a table of plain text columns without an index."""
    with path.open(encoding="utf-8") as content, connection.cursor() as cursor:
        width = len(content.readline().split(","))
        columns = ", ".join(f"c{place} text" for place in range(width))
        cursor.execute(f"CREATE TEMPORARY TABLE floor ({columns})")
        cursor.copy_expert("COPY floor FROM STDIN (FORMAT csv)", content)
        return int(cursor.rowcount)


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {
    "floor_inflate": lambda file: partial(inflate, Path(file)),
    "floor_tokenise": lambda file: partial(tokenise, Path(file)),
    "floor_copy_in": lambda file: partial(copy_in, Path(file)),
}
