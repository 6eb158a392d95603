"""Workbooks that open but tempt a reader to lose something: every value is accounted for."""

import io
from collections.abc import Callable
from itertools import islice

import pytest
import xlwt

from core.spreadsheets.errors import CellNote, FileError
from core.spreadsheets.parse import SheetRows
from core.spreadsheets.tables import Choice
from tests.badinput.conftest import Parse
from tests.badinput.make import (
    GOOD_ROWS,
    HEADER,
    MAIN,
    package,
    parts,
    raw_row,
    row,
    sheet,
    workbook,
)

Choose = Callable[..., Choice]
GOOD = [["企业名称", "统一社会信用代码", "成立日期"], ["怀宁某某有限公司"], ["怀宁另一有限公司"]]


def cells(parse: Parse, content: bytes, name: str = "a.xlsx") -> list[list[str]]:
    return [found.cells for found in parse(content, name).sheets[0].rows()]


def notes(parse: Parse, content: bytes) -> list[tuple[int, CellNote]]:
    rows = parse(content).sheets[0].rows()
    return [(found.number, note) for found in rows for note in found.notes]


def lone(markup: str) -> bytes:
    """A workbook with one cell; `{}` in the markup is its reference."""
    return workbook(f'<row r="1">{markup.replace("{}", "A1")}</row>')


@pytest.mark.parametrize("dimension", ["A1", "A1:C2", "A1:XFD1048576", ""])
def test_the_dimension_tag_is_not_believed(dimension: str, parse: Parse) -> None:
    before = f'<dimension ref="{dimension}"/>' if dimension else ""
    found = cells(parse, workbook(sheet(GOOD_ROWS, before)))
    assert [line[0] for line in found] == [line[0] for line in GOOD]


def test_empty_texts_are_no_loss(parse: Parse) -> None:
    empty = (
        '<row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4" t="inlineStr"><is><t></t></is></c></row>'
        '<row r="6"><c r="A6" t="str"><v></v></c></row><row r="7"><c r="A7"><v></v></c></row>'
    )
    found = parse(workbook(GOOD_ROWS + empty, strings="<si><t></t></si>")).sheets[0]
    assert (found.physical_rows, found.row_count) == (6, 3)


def test_a_parser_that_stops_early_is_noticed(
    parse: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = SheetRows._parsed
    monkeypatch.setattr(SheetRows, "_parsed", lambda rows: islice(genuine(rows), 2))
    monkeypatch.setattr("core.spreadsheets.parse.last_row_of", lambda sheet: 2)
    with pytest.raises(FileError, match="第 3 行没有读到"):
        parse(workbook())


def test_rows_and_cells_without_references_are_all_read(parse: Parse) -> None:
    bare = '<row><c t="str"><v>甲</v></c><c t="str"><v>乙</v></c></row>' * 3
    assert cells(parse, workbook(bare)) == [["甲", "乙"]] * 3


def test_a_namespace_prefix_changes_nothing(parse: Parse) -> None:
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="str"><x:v>甲</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert cells(parse, workbook(prefixed)) == [["甲"]]


def test_attributes_in_another_order_and_quotes_are_understood(parse: Parse) -> None:
    odd = "<row spans='1:2' r='2'><c t='str' r='A2'><v>甲</v></c><c r='B2'><v>1</v></c></row>"
    book = parse(workbook(odd))
    assert [(line.number, line.cells) for line in book.sheets[0].rows()] == [(2, ["甲", "1"])]


def test_row_numbers_are_those_of_the_file(parse: Parse) -> None:
    rows = parse(workbook(row(3, "", "甲") + row(7, "", "乙"))).sheets[0].rows()
    assert [(line.number, line.cells) for line in rows] == [(3, ["", "甲"]), (7, ["", "乙"])]


def test_blank_formatted_rows_are_counted_and_left_out(parse: Parse) -> None:
    blank = "".join(raw_row(number, '<c r="A{}" s="1"/>') for number in range(4, 304))
    found = parse(workbook(GOOD_ROWS + blank)).sheets[0]
    assert (found.physical_rows, found.row_count) == (303, 3)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<c r="{}"><v>110101199001011237</v></c>', "1.10101199001011E+17"),
        ('<c r="{}"><v>9.1340822051488E+17</v></c>', "9.1340822051488E+17"),
        ('<c r="{}"><v>340822000001234</v></c>', "340822000001234"),
        ('<c r="{}"><v>0.30000000000000004</v></c>', "0.3"),
        ('<c r="{}"><v>-12.5</v></c>', "-12.5"),
        ('<c r="{}"><v>1E309</v></c>', "#NUM!"),
        ('<c r="{}" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="{}" s="1"><v>43529</v></c>', "2019-03-05"),
        ('<c r="{}" s="1"><v>43529.5</v></c>', "2019-03-05 12:00:00"),
        ('<c r="{}" s="1"><v>0</v></c>', "00:00:00"),
        ('<c r="{}"><v>43529</v></c>', "43529"),
        ('<c r="{}" t="d"><v>2024-02-30</v></c>', "2024-02-30"),
        ('<c r="{}" t="str"><v>0123</v></c>', "0123"),
        ('<c r="{}" t="inlineStr"><is><r><t>怀</t></r><r><t>宁</t></r></is></c>', "怀宁"),
        ('<c r="{}" t="str"><v>=1+1</v></c>', "=1+1"),
        ('<c r="{}" t="str"><v>&lt;script&gt;</v></c>', "<script>"),
        ('<c r="{}" t="str"><v>𠀀𬭬买买提·艾力</v></c>', "𠀀𬭬买买提·艾力"),
        ('<c r="{}" t="str"><f>"甲"</f><v>甲</v></c>', "甲"),
    ],
)
def test_a_value_becomes_its_text(markup: str, text: str, parse: Parse) -> None:
    assert cells(parse, lone(markup)) == [[text]]


@pytest.mark.parametrize(
    ("markup", "text", "code"),
    [
        ('<c r="{}" t="e"><v>#N/A</v></c>', "#N/A", "E-CELL-03"),
        ('<c r="{}" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", "E-CELL-03"),
        ('<c r="{}" t="inlineStr"><is><t>甲_x0000_乙</t></is></c>', "甲乙", "E-CELL-02"),
        ('<c r="{}" t="str"><v>甲&#1;乙</v></c>', "甲乙", "E-CELL-02"),
    ],
)
def test_what_readers_drop_silently_is_noted(
    markup: str, text: str, code: str, parse: Parse
) -> None:
    content = lone(markup)
    assert cells(parse, content) == [[text]]
    assert notes(parse, content) == [(1, CellNote(0, code))]


@pytest.mark.parametrize("formula", ["<f>B1</f>", "<f>B1</f><v></v>", "<f>B1</f><v/>"])
def test_a_formula_without_result_is_noted(formula: str, parse: Parse) -> None:
    content = workbook(
        raw_row(1, '<c r="A{}"><v>1</v></c>', f'<c r="B{{}}">{formula}</c>')
        + raw_row(2, f'<c r="C{{}}">{formula}</c>')
    )
    assert notes(parse, content) == [(1, CellNote(1, "E-CELL-04")), (2, CellNote(2, "E-CELL-04"))]


def test_a_cell_of_40000_characters_is_kept_and_noted(parse: Parse) -> None:
    content = workbook(row(1, "备注") + row(2, "长" * 40_000))
    assert cells(parse, content)[1] == ["长" * 40_000]
    assert notes(parse, content) == [(2, CellNote(0, "E-CELL-01"))]


def test_dates_of_the_1904_system_are_right(parse: Parse) -> None:
    serial = raw_row(1, '<c r="A{}" s="1"><v>42067</v></c>')
    book = parse(workbook(serial, date1904=True))
    assert book.sheets[0].date1904
    assert [line.cells for line in book.sheets[0].rows()] == [["2019-03-05"]]


def test_a_vertical_merge_in_the_body_fills_its_rows_and_says_so(choose: Choose) -> None:
    rows = row(1, *HEADER) + row(2, "甲公司", "1", "同日") + row(3, "乙公司", "2")
    merges = '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'
    (table,) = choose(workbook(sheet(rows, after=merges))).tables
    found = list(table.rows())
    assert [line.cells[2] for line in found] == ["同日", "同日"]
    assert [line.notes for line in found] == [[], [CellNote(2, "E-CELL-05")]]
    table.tally.check()


def test_hidden_rows_are_read_and_marked_or_left_out_as_the_user_says(choose: Choose) -> None:
    rows = row(1, *HEADER) + row(2, "甲", "1") + row(3, "乙", "2", attributes=' hidden="1"')
    choice = choose(workbook(rows))
    found = list(choice.tables[0].rows())
    assert [line.notes for line in found] == [[], [CellNote(-1, "E-ROW-01")]]
    assert choice.remarks == ("工作表“名单”有 1 行被隐藏或筛选掉（第 3 行等），仍会读取。",)
    (table,) = choose(workbook(rows), skip_hidden=True).tables
    assert [line.cells[0] for line in table.rows()] == ["甲"]
    assert table.tally.reasons == {"隐藏的行": 1}
    table.tally.check()


def test_hidden_columns_are_told(choose: Choose) -> None:
    before = '<cols><col min="2" max="3" hidden="1"/></cols>'
    choice = choose(workbook(sheet(GOOD_ROWS, before)))
    assert choice.remarks == ("工作表“名单”有 2 列被隐藏，仍会读取。",)


def test_links_and_embedded_objects_are_ignored(parse: Parse) -> None:
    extra = {"xl/externalLinks/externalLink1.xml": "<externalLink/>", "xl/embeddings/a.bin": "x"}
    assert len(cells(parse, workbook(extra=extra))) == 3


def test_an_empty_first_sheet_and_a_hidden_one_are_passed_over(choose: Choose) -> None:
    book = parts(
        {"空": row(1), "旧": GOOD_ROWS, "名单": GOOD_ROWS.replace("企业名称", "单位") + ""},
        states={"旧": "veryHidden"},
    )
    book["xl/worksheets/sheet3.xml"] = sheet(GOOD_ROWS)
    choice = choose(package(book))
    assert [table.sheet.name for table in choice.tables] == ["名单"]
    assert choice.remarks == ("工作表“旧”是隐藏的工作表，未选用。",)


def test_sheets_of_one_header_are_read_together(choose: Choose) -> None:
    other = row(1, "企业名称", "统一社会信用代码", "备注") + row(2, "丙", "3")
    choice = choose(package(parts({"高河镇": GOOD_ROWS, "石牌镇": GOOD_ROWS, "其他": other})))
    assert [table.sheet.name for table in choice.tables] == ["高河镇", "石牌镇"]
    assert choice.remarks == (
        "工作表“高河镇”“石牌镇”的表头相同，将合并导入。",
        "工作表“其他”未选用。",
    )


def test_a_broken_sheet_beside_a_good_one_is_told(choose: Choose) -> None:
    wide = row(1, *["列"] * 300)
    choice = choose(package(parts({"名单": GOOD_ROWS, "宽表": wide})))
    assert [table.sheet.name for table in choice.tables] == ["名单"]
    assert choice.remarks == ("工作表“宽表”有 300 列，超过上限 256 列。该工作表未读取。",)


def xls(*rows: tuple[object, ...], hidden: bool = False) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("名单")
    for number, values in enumerate(rows):
        for place, value in enumerate(values):
            if value is not None:
                page.write(number, place, value)
    if hidden:
        page.row(1).hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_an_old_xls_is_read_like_an_xlsx(parse: Parse) -> None:
    book = parse(xls(HEADER, ("甲公司", "91340822MA0000001X", 12.5), (None, None, None)), "a.xls")
    (found,) = book.sheets
    assert (book.kind, found.name, found.physical_rows) == ("xls", "名单", 2)
    assert [line.cells for line in found.rows()] == [
        list(HEADER),
        ["甲公司", "91340822MA0000001X", "12.5"],
    ]


def test_hidden_rows_of_an_xls_are_marked(parse: Parse) -> None:
    rows = list(parse(xls(("甲",), ("乙",), hidden=True), "a.xls").sheets[0].rows())
    assert [line.notes for line in rows] == [[], [CellNote(-1, "E-ROW-01")]]


def test_an_error_value_of_an_xls_is_noted(parse: Parse) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("名单")
    page.write(0, 0, "甲")
    page.row(1).set_cell_error(0, "#N/A!")
    buffer = io.BytesIO()
    book.save(buffer)
    rows = list(parse(buffer.getvalue(), "a.xls").sheets[0].rows())
    assert [(line.cells, line.notes) for line in rows] == [
        (["甲"], []),
        (["#N/A"], [CellNote(0, "E-CELL-03")]),
    ]


def test_an_xlsx_called_xls_is_read_for_what_it_is(parse: Parse) -> None:
    assert parse(workbook(), "名单.xls").kind == "xlsx"


@pytest.mark.parametrize("name", ["../../x.xlsx", "a\r\nb.xlsx", "名" * 300 + ".xlsx", "CON.xlsx"])
def test_the_users_file_name_is_only_data(name: str, parse: Parse) -> None:
    assert len(cells(parse, workbook(), name)) == 3


def test_markup_in_sheet_names_stays_text(parse: Parse) -> None:
    book = parse(package(parts({"&lt;img src=x&gt;": GOOD_ROWS})))
    assert book.sheets[0].name == "<img src=x>"
