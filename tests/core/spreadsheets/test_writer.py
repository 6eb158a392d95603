"""A written sheet is the official form: it opens, prints and adds up without touching."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.columns import Column, Format, Group
from core.rates import Rate
from core.spreadsheets.body import Value, lines_of
from core.spreadsheets.naming import file_name, sheet_name
from core.spreadsheets.writer import Page, Properties, spans, write_workbook

MEMBERS = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("单位", "unit", width=20),
    Group(
        "企业数（家）",
        (
            Column("总数", "total", width=8, format=Format.WHOLE),
            Group("其中", (Column("规上", "above", width=8, format=Format.WHOLE),)),
        ),
    ),
    Column("信用代码", "code", width=20, format=Format.CODE),
    Column("成立", "day", format=Format.DAY),
    Column("覆盖率", "rate", width=16, format=Format.RATE),
    Column("营收", "amount", format=Format.AMOUNT),
    Column("单独建", "single", width=6, format=Format.TICK),
    Column("已派", "sent", width=6, format=Format.YES_NO),
)
DAY = date(2019, 3, 5)


class Line(NamedTuple):
    values: tuple[Value, ...]
    is_total: bool = False


LINES = (
    Line((1, "高河镇", 10, 4, "0123", DAY, Rate(52, 332), Decimal("1.50"), True, True)),
    Line((2, "=石牌镇", 20, 6, "91340822MA0000001X", None, Rate(0, 0), None, False, False)),
    Line((None, "合计", 30, 10, "", None, Rate(52, 332), Decimal("1.50"), 1, 1), is_total=True),
)


def written(*lines: Line, **options: object) -> bytes:
    buffer = io.BytesIO()
    page = Page("台账", "某县统计表", MEMBERS, lines or LINES, **options)  # type: ignore[arg-type]
    write_workbook(buffer, [page], Properties(title="某县统计表", author="张某"))
    return buffer.getvalue()


def opened(content: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def values(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def test_title_unit_header_body_and_foot_stand_in_their_order() -> None:
    sheet = opened(
        written(
            left="填报单位(盖章):某县",
            middle="单位:家",
            right="2026年6月",
            foot=("审核人:", "填表人:"),
        )
    )
    assert sheet["A1"].value == "某县统计表"
    assert values(sheet, 2)[0] == "填报单位(盖章):某县"
    assert "2026年6月" in values(sheet, 2)
    assert values(sheet, 3)[:4] == ["序号", "单位", "企业数（家）", None]
    assert values(sheet, 4)[2:4] == ["总数", "其中"]
    assert values(sheet, 5)[3] == "规上"
    assert values(sheet, 6)[:3] == [1, "高河镇", 10]
    assert values(sheet, 9)[0] == "审核人:"
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:J1", "A3:A5", "C3:D3", "C4:C5"} <= merged


def test_values_keep_their_kind() -> None:
    sheet = opened(written())
    assert values(sheet, 5)[4] == "0123"
    assert sheet["E5"].data_type == "s"
    assert sheet["E5"].number_format == "@"
    assert sheet["F5"].number_format == "yyyy-mm-dd"
    assert sheet["F5"].value.date() == DAY
    assert sheet["G5"].value == "15.7%（52/332）"
    assert sheet["G6"].value == "—"
    assert sheet["H5"].number_format == "#,##0.00"
    assert (sheet["I5"].value, sheet["I6"].value) == ("√", None)
    assert (sheet["J5"].value, sheet["J6"].value) == ("是", "否")


def test_a_total_is_a_formula_that_gives_its_value() -> None:
    content = written()
    sheet = opened(content)
    assert sheet["C7"].value == "=SUM(C5:C6)"
    assert sheet["I7"].value == '=COUNTIF(I5:I6,"√")'
    assert sheet["J7"].value == '=COUNTIF(J5:J6,"是")'
    shown = load_workbook(io.BytesIO(content), data_only=True).active
    assert shown is not None
    assert [shown["C7"].value, shown["I7"].value] == [30, 1]
    assert sheet["C7"].font.b


def test_a_total_that_is_no_sum_stays_a_number() -> None:
    wrong = Line((None, "合计", 31, 10, "", None, None, None, None, None), is_total=True)
    sheet = opened(written(*LINES[:2], wrong))
    assert sheet["C7"].value == 31


def test_the_page_is_set_up_for_printing() -> None:
    sheet = opened(written(left="填报单位"))
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$5"
    assert sheet.print_area == "'台账'!$A$1:$J$8"
    assert sheet.freeze_panes == "C6"
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.center is not None
    assert footer.center.text == "第 &P 页，共 &N 页"


def test_more_than_twenty_columns_are_printed_on_a3() -> None:
    columns = tuple(Column(f"列{n}", f"f{n}") for n in range(21))
    buffer = io.BytesIO()
    write_workbook(buffer, [Page("表", "题", columns, [Line(("x",) * 21)])])
    assert opened(buffer.getvalue()).page_setup.paperSize == 8


def test_document_properties_name_the_author() -> None:
    book = load_workbook(io.BytesIO(written()))
    assert (book.properties.title, book.properties.creator) == ("某县统计表", "张某")


PAYLOADS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://x")',
    "\t=1",
    "http://example.com",
    "mailto:x",
    "0123",
    "1E5",
    "_x0041_",
    "<script>",
    "{=1}",
    "TRUE",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_is_never_a_formula_a_link_or_a_number(payload: str) -> None:
    content = written(Line((1, payload, 1, 1, payload, None, None, None, None, None)))
    sheet = opened(content)
    assert (sheet["B5"].value, sheet["E5"].value) == (payload, payload)
    assert sheet["B5"].data_type == "s"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        markup = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in markup
    assert "hyperlink" not in markup


def test_text_that_looks_like_a_formula_carries_excels_own_quote() -> None:
    assert opened(written())["B6"].quotePrefix


@settings(max_examples=10)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
        min_size=1,
        max_size=30,
    )
)
def test_any_text_survives_the_round_trip(texts: list[str]) -> None:
    lines = [Line((None, text, 1, 1, "", None, None, None, None, None)) for text in texts]
    sheet = opened(written(*lines))
    assert [sheet.cell(5 + n, 2).value for n in range(len(texts))] == texts


def test_wrapped_text_makes_its_row_high_enough() -> None:
    long = Line((1, "很长的单位名称" * 4, 1, 1, "", None, None, None, None, None))
    sheet = opened(written(long))
    height = sheet.row_dimensions[5].height
    assert height is not None
    assert height > 40


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("企业", 10, 1), ("企业名称全称", 7, 2), ("a\nb", 10, 2), ("", 5, 1)],
)
def test_lines_of_a_cell(text: str, width: float, lines: int) -> None:
    assert lines_of(text, width) == lines


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_neighbouring_parts_cover_all_columns(parts: int) -> None:
    columns = [Column("a", "a", width=40), *(Column("b", str(n), width=5) for n in range(6))]
    found = spans(columns, parts)
    assert [first for first, _ in found] == [0, *(last + 1 for _, last in found[:-1])]
    assert found[-1][1] == 6
    assert len(found) == parts


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("a[b]:*?/\\c", "abc"),
        ("", "Sheet"),
        ("'引'", "引"),
        ("History", "History_"),
        ("长" * 40, "长" * 31),
    ],
)
def test_sheet_names_are_made_acceptable(wanted: str, name: str) -> None:
    assert sheet_name(wanted, set()) == name


def test_sheet_names_are_told_apart() -> None:
    taken: set[str] = set()
    assert [sheet_name("高河镇", taken) for _ in range(3)] == ["高河镇", "高河镇(2)", "高河镇(3)"]


def test_file_names_say_unit_table_period_and_day() -> None:
    name = file_name("怀宁县", '台账/"一"', "2026年上半年", date(2026, 6, 30))
    assert name == "怀宁县台账一2026年上半年_20260630.xlsx"
    assert not re.search(r'[\\/:*?"<>|]', name)


def test_an_attachment_number_and_remarks_frame_the_table() -> None:
    sheet = opened(written(attachment="附件1", remarks=("口径:全部企业。",)))
    assert (sheet["A1"].value, sheet["A2"].value) == ("附件1", "某县统计表")
    assert sheet["A9"].value == "口径:全部企业。"


def test_two_texts_under_the_title_share_the_width() -> None:
    sheet = opened(written(left="填报单位(盖章):某县", right="2026年6月"))
    assert [cell.value for cell in sheet[2] if cell.value] == ["填报单位(盖章):某县", "2026年6月"]
