"""Titles, header rows, totals and signatures as they really stand in bureaus' sheets."""

from collections.abc import Callable

import pytest

from core.spreadsheets.errors import FileError
from core.spreadsheets.tables import Choice, table_at
from tests.badinput.conftest import VOCABULARY, Parse
from tests.badinput.make import HEADER, row, sheet, workbook

Choose = Callable[..., Choice]
CODE = "91340822MA0000001X"


def merged(rows: str, *ranges: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{place}"/>' for place in ranges)
    return workbook(sheet(rows, after=f'<mergeCells count="{len(ranges)}">{cells}</mergeCells>'))


def test_title_unit_and_footer_lines_are_told_from_data(choose: Choose) -> None:
    rows = (
        row(1, "怀宁县市场主体登记名单")
        + row(2, "截至 2019 年 4 月", "", "单位：家")
        + row(4, *HEADER)
        + row(5, "甲公司", CODE)
        + row(6, "乙公司")
        + row(8, "合 计", "2 户")
        + row(9, "填报单位：", "怀宁县市场监督管理局")
        + row(10, "审核人（主要负责人）：", "填表人：", "联系电话：")
        + row(11, "说明：")
        + row(12, "1、本表一式两份。")
    )
    (table,) = choose(merged(rows, "A1:C1")).tables
    assert [line.number for line in table.rows()] == [5, 6]
    assert table.header_rows == (4,)
    assert table.tally.reasons == {"合计行": 1, "落款行": 2, "说明行": 2}
    assert table.tally.above == 2
    table.tally.check()


def test_a_header_of_two_rows_with_merged_groups_is_one_header(choose: Choose) -> None:
    rows = (
        row(1, "企业名称", "登记信息", "", "备注")
        + row(2, "", "统一社会信用代码", "成立日期", "")
        + row(3, "甲公司", CODE, "2019-01-01", "无")
    )
    (table,) = choose(merged(rows, "A1:A2", "B1:C1", "D1:D2")).tables
    assert table.header_rows == (1, 2)
    assert table.recognition.fields == {0: "name", 1: "uscc", 2: "established_on"}
    assert table.labels[3] == "备注"
    assert [line.cells[1] for line in table.rows()] == [CODE]
    table.tally.check()


@pytest.mark.parametrize(
    ("label", "cells"),
    [
        ("合计", ("合计建设有限公司", CODE)),
        ("注", ("注册中的企业", "")),
        ("说明", ("说明书印刷厂", "", "")),
        ("联系", ("联系电话超市", "")),
    ],
)
def test_an_enterprise_is_not_taken_for_a_footer(
    label: str, cells: tuple[str, ...], choose: Choose
) -> None:
    (table,) = choose(workbook(row(1, *HEADER) + row(2, *cells))).tables
    assert [line.cells[0] for line in table.rows()] == [cells[0]], label


def test_rows_that_hold_only_a_serial_number_are_named(choose: Choose) -> None:
    rows = row(1, "序号", *HEADER) + row(2, "1", "甲公司", CODE) + row(3, "2") + row(4, "3")
    (table,) = choose(workbook(rows)).tables
    assert len(list(table.rows())) == 1
    assert table.tally.reasons == {"仅有序号": 2}
    table.tally.check()


def test_a_header_repeated_on_each_page_is_no_data(choose: Choose) -> None:
    page = row(1, *HEADER) + row(2, "甲公司", CODE) + row(3, *HEADER) + row(4, "乙公司", "2")
    choice = choose(workbook(page))
    assert len(list(choice.tables[0].rows())) == 2
    assert choice.tables[0].tally.reasons == {"重复的表头": 1}
    assert choice.remarks == ()


def test_of_two_header_candidates_the_first_is_taken_and_both_are_named(choose: Choose) -> None:
    rows = (
        row(1, "企业名称", "统一社会信用代码")
        + row(2, "甲公司", CODE)
        + row(5, "企业名称", "成立日期")
        + row(6, "乙公司", "2020")
    )
    choice = choose(workbook(rows))
    assert choice.tables[0].header_rows == (1,)
    assert choice.remarks == ("工作表“名单”第 5 行也像表头，已采用第 1 行，请核对。",)


def test_the_user_may_point_at_another_header(parse: Parse) -> None:
    rows = row(1, *HEADER) + row(2, "甲公司", CODE) + row(5, "名称", "代码") + row(6, "乙", "2")
    found = parse(workbook(rows)).sheets[0]
    table = table_at(found, 5, 1, VOCABULARY, {"名称": "name"})
    assert table.recognition.fields == {0: "name"}
    assert [line.number for line in table.rows()] == [6]
    table.tally.check()


@pytest.mark.parametrize("rows", [row(1, "甲", "乙") + row(2, "1", "2"), row(1, "企业名称")])
def test_without_a_header_the_file_is_refused(rows: str, choose: Choose) -> None:
    with pytest.raises(FileError, match="E-FILE-13"):
        choose(workbook(rows))


def test_duplicate_headers_are_listed(choose: Choose) -> None:
    (table,) = choose(
        workbook(row(1, "企业名称", "信用代码", "企业名称") + row(2, "甲", "1", "乙"))
    ).tables
    assert table.recognition.duplicates == {"name": (0, 2)}


def test_unknown_columns_and_a_column_without_header_are_kept(choose: Choose) -> None:
    rows = row(1, *HEADER[:2], "", "党员E先锋") + row(2, "甲", CODE, "无名列", "是")
    (table,) = choose(workbook(rows)).tables
    assert table.recognition.unknown == {3: "党员E先锋"}
    assert [line.cells for line in table.rows()] == [["甲", CODE, "无名列", "是"]]


def test_a_header_without_data_is_a_table_of_no_rows(choose: Choose) -> None:
    (table,) = choose(workbook(row(1, *HEADER))).tables
    assert list(table.rows()) == []
    table.tally.check()


def test_a_tally_that_does_not_add_up_is_refused(choose: Choose) -> None:
    (table,) = choose(workbook(row(1, *HEADER) + row(2, "甲", CODE))).tables
    rows = table.rows()
    next(rows)
    table.tally.data = 0
    with pytest.raises(FileError, match="E-FILE-09"):
        table.tally.check("名单")
