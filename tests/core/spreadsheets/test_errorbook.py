"""The error workbook says what is wrong where it is wrong, and can be uploaded again as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.columns import Column, Vocabulary
from core.spreadsheets import errorbook
from core.spreadsheets.child import BOOK, answer
from core.spreadsheets.errorbook import ErrorBook, write_error_workbook
from core.spreadsheets.limits import Limits
from core.spreadsheets.marking import Mark, explanation
from core.spreadsheets.parse import parse_file
from core.spreadsheets.reader import Workbook
from core.spreadsheets.tables import Choice, choose_tables
from tests.badinput.make import HEADER, package, parts, row, sheet, workbook

WORDS = Vocabulary(
    Column("企业名称", "name"),
    Column("统一社会信用代码", "uscc"),
    Column("成立日期", "established_on"),
    Column("错误说明", "fault_text"),
    Column("原表行号", "origin_row"),
)
BAD_CODE = Mark("名单", 5, 1, True, "第 5 行“统一社会信用代码”校验位不符。", "请核对。")
ODD_DATE = Mark("名单", 6, 2, False, "第 6 行“成立日期”只有年份。", "请补全。")
WHOLE_ROW = Mark("名单", 6, -1, True, "第 6 行重复。", "请删除。")
MARKS = [BAD_CODE, ODD_DATE, WHOLE_ROW]
ROWS = (
    row(1, "某县名单")
    + row(3, *HEADER)
    + row(4, "甲公司", "0001", "2019-01-01")
    + row(5, "=乙公司", "0002", "2020")
    + row(6, "丙公司", "0003", "2021")
    + row(8, "合计", "3 户")
)
MERGES = '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
ORIGINAL = workbook(sheet(ROWS, '<cols><col min="2" max="2" width="30"/></cols>', MERGES))
CSV = "企业名称,统一社会信用代码,成立日期\n甲公司,0001,2019\n乙公司,0002,2020\n"

Make = Callable[..., tuple[ErrorBook, Path]]


def read(content: bytes, folder: Path, name: str) -> tuple[Path, Workbook, Choice]:
    folder.mkdir(exist_ok=True)
    path = folder / "upload"
    path.write_bytes(content)
    answer(folder, BOOK, parse_file(path, name, folder, Limits(), lambda rows: None))
    book = Workbook.load(folder)
    return path, book, choose_tables(book, WORDS)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(content: bytes, name: str, marks: list[Mark]) -> tuple[ErrorBook, Path]:
        path, book, choice = read(content, tmp_path / "first", name)
        target = tmp_path / "errors.xlsx"
        return write_error_workbook(target, path, book, choice.tables, marks), target

    return write


def active(path: Path) -> Worksheet:
    found = load_workbook(path).active
    assert isinstance(found, Worksheet)
    return found


def test_a_small_workbook_comes_back_marked(make: Make) -> None:
    made, path = make(ORIGINAL, "a.xlsx", MARKS)
    assert made == ErrorBook(rows=2, is_original=True)
    page = active(path)
    assert page["A3"].value == "错误说明"
    assert page["A5"].value == "第 5 行“统一社会信用代码”校验位不符。请核对。"
    assert page["A6"].value == "第 6 行重复。请删除。\n第 6 行“成立日期”只有年份。请补全。"
    assert page["C5"].fill.fgColor.rgb == "00F8CBAD"
    assert page["D6"].fill.fgColor.rgb == "00FFF2CC"
    assert page["C5"].comment is not None
    assert page["C5"].comment.text == BAD_CODE.text
    assert page["C4"].fill.fill_type is None


def test_the_rest_of_the_users_file_stays_in_its_place(make: Make) -> None:
    _, path = make(ORIGINAL, "a.xlsx", MARKS)
    page = active(path)
    assert [cell.value for cell in page[5]][1:4] == ["=乙公司", "0002", "2020"]
    assert page["B5"].data_type == "s"
    assert [str(area) for area in page.merged_cells.ranges] == ["B1:D1"]
    assert page.column_dimensions["C"].width == 30
    assert page.column_dimensions["E"].hidden
    assert [page.cell(line, 5).value for line in (3, 4, 5, 6)] == ["原表行号", "4", "5", "6"]


@pytest.mark.parametrize("rows_to_mark", [5_000, 0])
def test_both_kinds_can_be_uploaded_again(
    rows_to_mark: int, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errorbook, "MARKED_ROWS", rows_to_mark)
    made, path = make(ORIGINAL, "a.xlsx", MARKS)
    assert made.is_original == bool(rows_to_mark)
    _, _, choice = read(path.read_bytes(), tmp_path / "second", "errors.xlsx")
    (table,) = choice.tables
    fields = {field: place for place, field in table.recognition.fields.items()}
    again = {
        line.cells[fields["origin_row"]]: [line.cells[fields[f]] for f in ("name", "uscc")]
        for line in table.rows()
    }
    assert again["5"] == ["=乙公司", "0002"]
    assert again["6"] == ["丙公司", "0003"]
    assert set(again) == ({"4", "5", "6"} if rows_to_mark else {"5", "6"})
    table.tally.check()


def test_an_error_workbook_marked_again_does_not_grow(make: Make, tmp_path: Path) -> None:
    _, path = make(ORIGINAL, "a.xlsx", MARKS)
    content = path.read_bytes()
    _, again = make(content, "errors.xlsx", [BAD_CODE._replace(column=2)])
    page = active(again)
    assert [cell.value for cell in page[3]] == ["错误说明", *HEADER, "原表行号"]
    assert page["A5"].value == BAD_CODE.text


def test_a_csv_gives_a_new_workbook_of_the_failing_rows(make: Make) -> None:
    made, path = make(
        CSV.encode("gb18030"), "a.csv", [Mark("", 3, 1, True, "第 3 行错。", "请改。")]
    )
    assert made == ErrorBook(rows=1, is_original=False)
    page = active(path)
    assert [cell.value for cell in page[1]] == ["错误说明", *HEADER, "原表行号"]
    assert [cell.value for cell in page[2]] == ["第 3 行错。请改。", "乙公司", "0002", "2020", "3"]
    assert page["C2"].number_format == "@"
    assert page["C2"].comment is not None
    assert page.column_dimensions["E"].hidden


def test_a_new_workbook_keeps_the_sheets_apart(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errorbook, "MARKED_ROWS", 0)
    good = row(1, *HEADER) + row(2, "甲", "1")
    content = package(parts({"高河镇": good, "石牌镇": good}))
    marks = [Mark(name, 2, 0, True, "错。", "改。") for name in ("高河镇", "石牌镇")]
    made, path = make(content, "a.xlsx", marks)
    assert made.rows == 2
    assert load_workbook(path).sheetnames == ["高河镇", "石牌镇"]


def test_a_copy_that_cannot_be_made_gives_a_new_workbook(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise KeyError("style")

    monkeypatch.setattr("core.spreadsheets.marking.load_workbook", fail)
    made, _ = make(ORIGINAL, "a.xlsx", MARKS)
    assert made == ErrorBook(rows=2, is_original=False)


def test_many_sentences_of_a_row_are_cut_short_and_counted() -> None:
    marks = [ODD_DATE._replace(sentence=f"第 {n} 处。", remedy="") for n in range(12)]
    assert explanation(marks).endswith("第 7 处。\n另有 4 处问题。")
