"""Flat exports stream in constant memory and read back equal, cell by cell."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.columns import Column, Format
from core.spreadsheets import flat
from core.spreadsheets.csvexport import guarded, write_csv
from core.spreadsheets.delimited import unwrapped
from core.spreadsheets.flat import FlatExport, copy_text
from tests.badinput.conftest import Parse

COLUMNS = (
    Column("企业名称", "name", width=30),
    Column("代码", "code", format=Format.CODE),
    Column("人数", "staff", format=Format.WHOLE),
    Column("成立日期", "day", format=Format.DAY),
)
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)
SERIAL = 43529  # 2019-03-05


def export(
    path: Path, *rows: tuple[object, ...], title: str = "", block: int = 1 << 20
) -> FlatExport:
    text = b"".join(map(copy_text, rows))
    with FlatExport(path, COLUMNS, title=title) as target:
        for start in range(0, len(text), block):
            target.write(text[start : start + block])
    return target


def rows_of(path: Path, sheet: int = 0) -> list[tuple[object, ...]]:
    book = load_workbook(path)
    return list(book.worksheets[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize("block", [1, 7, 1 << 20])
def test_rows_arrive_whatever_the_blocks(block: int, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = export(path, ("甲 & <乙>", "0123", 5, SERIAL), (None, "=1+1", None, None), block=block)
    assert made.rows == 2
    header, first, second = rows_of(path)
    assert header == ("企业名称", "代码", "人数", "成立日期")
    assert first[:3] == ("甲 & <乙>", "0123", 5)
    assert str(first[3]) == f"{date(2019, 3, 5)} 00:00:00"
    assert second == (None, "=1+1", None, None)


def test_text_is_text_and_numbers_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    export(path, ("=cmd|x", "007", 12, SERIAL), title="某县名录")
    page = load_workbook(path).worksheets[0]
    assert page["A1"].value == "某县名录"
    assert (page["A3"].data_type, page["B3"].number_format) == ("s", "@")
    assert (page["C3"].number_format, page["D3"].number_format) == ("#,##0", "yyyy\\-mm\\-dd")
    assert page.freeze_panes == "A3"
    assert page.print_title_rows == "$1:$2"
    assert "A1:D1" in page.merged_cells
    assert page.column_dimensions["A"].width == 30


@settings(max_examples=30)
@given(st.lists(XML_TEXT, min_size=1, max_size=20))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("flat") / "a.xlsx"
    export(path, *((text, "x", 1, 1) for text in texts))
    assert [row[0] or "" for row in rows_of(path)[1:]] == texts


def test_line_breaks_tabs_blanks_and_backslashes_are_kept(tmp_path: Path) -> None:
    texts = ["a\nb", "a\tb", " a ", "\\N", "\\n", "C:\\名单\\n"]
    path = tmp_path / "a.xlsx"
    export(path, *((text, "x", 1, 1) for text in texts))
    assert [row[0] for row in rows_of(path)[1:]] == texts


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    export(path, ("a\x01\x02\x0bb", "x", 1, 1))
    assert rows_of(path)[1][0] == "ab"


def test_a_sheet_that_is_full_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flat, "SHEET_ROWS", 4)
    path = tmp_path / "a.xlsx"
    export(path, *((f"企业{n}", "x", n, 1) for n in range(7)), title="名录")
    book = load_workbook(path)
    assert book.sheetnames == ["名单", "名单(2)", "名单(3)", "名单(4)"]
    assert [page.max_row for page in book.worksheets] == [4, 4, 4, 3]
    assert all(page["A2"].value == "企业名称" for page in book.worksheets)
    assert [page["A3"].value for page in book.worksheets] == ["企业0", "企业2", "企业4", "企业6"]


def test_a_sheet_that_is_large_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flat, "SHEET_BYTES", 1_000)
    monkeypatch.setattr(flat, "FLUSH_ROWS", 5)
    path = tmp_path / "a.xlsx"
    export(path, *((f"企业{n}", "x", n, 1) for n in range(12)))
    assert [page.max_row for page in load_workbook(path).worksheets] == [6, 6, 3]


def test_an_export_of_no_rows_is_a_valid_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert export(path).rows == 0
    assert rows_of(path) == [("企业名称", "代码", "人数", "成立日期")]


def test_an_export_that_fails_raises_its_own_error(tmp_path: Path) -> None:
    def interrupted() -> None:
        with FlatExport(tmp_path / "a.xlsx", COLUMNS) as target:
            target.write(copy_text(("甲", "x", 1, 1)))
            raise ValueError("gone")

    with pytest.raises(ValueError, match="gone"):
        interrupted()


def test_our_own_reader_reads_the_export(tmp_path: Path, parse: Parse) -> None:
    path = tmp_path / "a.xlsx"
    export(path, ("甲", "0123", 5, SERIAL))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    rows = list(parse(path.read_bytes()).sheets[0].rows())
    assert rows[1].cells == ["甲", "0123", "5", "2019-03-05"]


TRIGGERS = ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "'=1", "''+1"]


@pytest.mark.parametrize("text", TRIGGERS)
def test_formulas_in_csv_are_guarded(text: str) -> None:
    assert guarded(text) == "'" + text


def test_numbers_and_harmless_text_are_not_guarded() -> None:
    assert [guarded(value) for value in (-5, "甲", "'甲", "", None)] == [-5, "甲", "'甲", "", None]


@given(st.one_of(st.text(), st.sampled_from(TRIGGERS)))
def test_the_guard_is_undone_exactly(text: str) -> None:
    value = guarded(text)
    assert isinstance(value, str)
    assert unwrapped(value) == text or text.startswith('="')


def test_a_csv_export_is_read_back_equal(parse: Parse) -> None:
    rows = [["=1+1", "0123", -5], ["甲\n乙", "'x", 1], ["a,b", 'q"q', 2]]
    buffer = io.BytesIO()
    assert write_csv(buffer, ["企业名称", "代码", "人数"], rows) == 3
    assert buffer.getvalue().startswith(b"\xef\xbb\xbf")
    found = [row.cells for row in parse(buffer.getvalue(), "a.csv").sheets[0].rows()]
    assert found[1:] == [[str(value) for value in row] for row in rows]
