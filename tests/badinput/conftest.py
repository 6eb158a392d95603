"""Reading a made file as the child would, in this process or in a real child."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.columns import Column, Vocabulary
from core.spreadsheets.child import BOOK, answer
from core.spreadsheets.limits import Limits
from core.spreadsheets.parse import parse_file
from core.spreadsheets.reader import Workbook
from core.spreadsheets.tables import Choice, choose_tables
from tests.badinput.make import COLUMNS

VOCABULARY = Vocabulary(
    Column(COLUMNS[0], "name", required=True),
    Column(COLUMNS[1], "uscc", synonyms=("信用代码",), required=True),
    Column(COLUMNS[2], "established_on"),
    Column(COLUMNS[3], "capital"),
)

Parse = Callable[..., Workbook]


@pytest.fixture
def parse(tmp_path: Path) -> Parse:
    """Parse content in this process; for files that cannot harm it."""

    def read(content: bytes, name: str = "名单.xlsx", limits: Limits | None = None) -> Workbook:
        path = tmp_path / "upload"
        path.write_bytes(content)
        book = parse_file(path, name, tmp_path, limits or Limits(), lambda rows: None)
        answer(tmp_path, BOOK, book)
        return Workbook.load(tmp_path)

    return read


@pytest.fixture
def choose(parse: Parse) -> Callable[..., Choice]:
    def read(content: bytes, name: str = "名单.xlsx", *, skip_hidden: bool = False) -> Choice:
        return choose_tables(parse(content, name), VOCABULARY, skip_hidden=skip_hidden)

    return read
