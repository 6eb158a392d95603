"""A downloaded template guides whoever fills it in, and is known again when it comes back."""

import io

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from core.columns import Column, Format, Vocabulary
from core.spreadsheets.tables import choose_tables
from core.spreadsheets.template import (
    MARK_NAME,
    Template,
    TemplateMark,
    parse_mark,
    write_template,
)
from tests.badinput.conftest import Parse

COLUMNS = (
    Column("企业名称", "name", width=30, required=True),
    Column("统一社会信用代码", "uscc", width=22, required=True, format=Format.CODE, help="18 位"),
    Column("登记状态", "status"),
    Column("从业人数", "staff", format=Format.WHOLE),
    Column("系统标识", "key"),
)
MARK = TemplateMark("census", "3", "2026-06")
TEMPLATE = Template(
    MARK, COLUMNS, {"status": ("存续", "歇业", "注销")}, hidden={"key"}, remarks=("一行一户。",)
)


def made(*rows: tuple[str | int, ...]) -> bytes:
    buffer = io.BytesIO()
    assert write_template(buffer, TEMPLATE, rows) == len(rows)
    return buffer.getvalue()


def opened(*rows: tuple[str | int, ...]) -> Workbook:
    return load_workbook(io.BytesIO(made(*rows)))


def test_the_sheet_to_fill_in_comes_first_and_the_lists_are_unseen() -> None:
    book = opened()
    assert book.sheetnames == ["填报表", "填写说明", "选项"]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "veryHidden"]


def test_codes_are_text_before_anything_is_typed() -> None:
    sheet = opened()["填报表"]
    assert [cell.value for cell in sheet[1]] == [
        "*企业名称",
        "*统一社会信用代码",
        "登记状态",
        "从业人数",
        "系统标识",
    ]
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet.column_dimensions["E"].hidden
    assert sheet.freeze_panes == "A2"


def test_choices_are_drop_downs_and_help_appears_in_the_cell() -> None:
    rules = {str(rule.sqref): rule for rule in opened()["填报表"].data_validations.dataValidation}
    assert rules["C2:C1048576"].formula1 == "选项!$A$1:$A$3"
    assert rules["B2:B1048576"].prompt == "18 位"
    assert rules["D2:D1048576"].prompt == "整数"


def test_the_guide_lists_every_shown_column() -> None:
    guide = opened()["填写说明"]
    rows = list(guide.iter_rows(min_row=2, max_row=5, values_only=True))
    assert rows[1] == ("统一社会信用代码", "必填", "文本，保留前面的 0", "", "18 位")
    assert rows[2][2:4] == ("从列表中选择", "存续、歇业、注销")
    assert guide["A7"].value == "一行一户。"


def test_present_data_comes_back_with_its_mark(parse: Parse) -> None:
    book = parse(made(("甲公司", "0123", "存续", 5, "k1"), ("=乙", "0456", "歇业", 6, "k2")))
    assert parse_mark(book.names[MARK_NAME]) == MARK
    choice = choose_tables(book, Vocabulary(*COLUMNS))
    assert [row.cells for row in choice.tables[0].rows()] == [
        ["甲公司", "0123", "存续", "5", "k1"],
        ["=乙", "0456", "歇业", "6", "k2"],
    ]


def test_a_name_of_another_program_is_no_mark() -> None:
    assert parse_mark("Sheet1!$A$1") is None
