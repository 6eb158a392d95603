"""The header of a foreign sheet is found and understood as a clerk would understand it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.columns import Column, Vocabulary
from core.headers import find_headers, label_key, label_paths, recognise, signature

WORDS = Vocabulary(
    Column("企业名称", "name", synonyms=("单位名称", "市场主体名称", "名称"), required=True),
    Column("统一社会信用代码", "uscc", synonyms=("信用代码", "社会信用代码"), required=True),
    Column("注册资本", "capital", synonyms=("注册资金", "出资额")),
    Column("成立日期", "established_on", synonyms=("注册日期",)),
    Column("出资人姓名", "investor", synonyms=("企业出资人情况姓名",)),
    Column("书记姓名", "secretary", synonyms=("党组织书记情况姓名",)),
)
LABELS = st.sampled_from([*(column.header for column in WORDS), "备注", "序号", ""])


def fields(*labels: str) -> dict[int, str]:
    return dict(recognise(WORDS, labels).fields)


@pytest.mark.parametrize(
    "label",
    [
        "企业名称",
        " 企业 名称 ",
        "企业\n名称",
        "*企业名称",
        "企业名称：",
        "企业名称（全称）",
        "单位名称",
    ],
)
def test_a_label_is_known_in_any_dress(label: str) -> None:
    assert fields(label) == {0: "name"}


def test_a_synonym_gives_way_to_the_header_of_another_column() -> None:
    words = Vocabulary(Column("企业名称", "name", synonyms=("简称",)), Column("简称", "short"))
    assert recognise(words, ["简称"]).fields == {0: "short"}


def test_unknown_columns_are_kept_under_their_own_label() -> None:
    found = recognise(WORDS, ["序号", "企业名称", "", "党员E先锋"])
    assert found.unknown == {0: "序号", 3: "党员E先锋"}


def test_required_columns_that_are_absent_are_named() -> None:
    assert [column.header for column in recognise(WORDS, ["企业名称"]).missing] == [
        "统一社会信用代码"
    ]


def test_a_column_that_occurs_twice_is_reported_and_the_first_is_taken() -> None:
    found = recognise(WORDS, ["单位名称", "信用代码", "企业名称"])
    assert found.fields == {0: "name", 1: "uscc"}
    assert found.duplicates == {"name": (0, 2)}
    assert found.unknown == {}


def test_the_users_own_mapping_wins_and_may_leave_a_column_out() -> None:
    remembered = {label_key("老板"): "investor", label_key("注册资本"): ""}
    found = recognise(WORDS, ["老板", "注册资本", "企业名称"], remembered)
    assert found.fields == {0: "investor", 2: "name"}
    assert found.unknown == {1: "注册资本"}


def test_the_header_is_found_below_title_and_date_lines() -> None:
    rows: list[list[object]] = [
        ["某县市场主体登记名单", "", ""],
        ["截至 2019 年 4 月", "", ""],
        ["序号", "企业名称", "统一社会信用代码"],
        [1.0, "某某公司", "91340822MA0000058E"],
    ]
    best = find_headers(WORDS, rows)[0]
    assert (best.row, best.depth) == (2, 1)
    assert best.recognition.fields == {1: "name", 2: "uscc"}


def test_a_header_of_two_merged_rows_tells_equal_labels_apart() -> None:
    rows: list[list[object]] = [
        ["企业名称", "统一社会信用代码", "企业出资人情况", "", "党组织书记情况", ""],
        ["", "", "姓名", "电话", "姓名", "电话"],
        ["某某公司", "91340822MA0000058E", "张某", 13900000001, "李某", date(2020, 1, 1)],
    ]
    best = find_headers(WORDS, rows)[0]
    assert (best.row, best.depth) == (0, 2)
    assert best.recognition.fields == {0: "name", 1: "uscc", 2: "investor", 4: "secretary"}
    assert best.recognition.unknown == {3: "企业出资人情况·电话", 5: "党组织书记情况·电话"}


def test_a_header_of_three_rows_with_units_below_is_read() -> None:
    rows = [
        ["基本情况", "", "", "备注"],
        ["企业名称", "登记", "", ""],
        ["", "信用代码", "注册资本（万元）", ""],
    ]
    best = find_headers(WORDS, rows)[0]
    assert (best.row, best.depth) == (0, 3)
    assert best.recognition.unknown == {3: "备注"}
    assert best.recognition.fields == {0: "name", 1: "uscc", 2: "capital"}


def test_a_row_of_data_is_not_taken_for_a_part_of_the_header() -> None:
    rows: list[list[object]] = [["企业名称", "信用代码", ""], [1, 2, "说明"], [3, 4, ""]]
    best = find_headers(WORDS, rows)[0]
    assert (best.row, best.depth) == (0, 1)


def test_two_headers_on_one_sheet_are_both_offered() -> None:
    header = ["企业名称", "统一社会信用代码", "成立日期"]
    rows = [header, ["某某公司", "9134", "2019"], ["", "", ""], header]
    assert [(found.row, found.score) for found in find_headers(WORDS, rows)] == [(0, 3), (3, 3)]


@pytest.mark.parametrize("rows", [[], [[]], [["企业名称"], ["某某公司"]], [[1, 2], [None, 3.5]]])
def test_a_sheet_without_header_yields_none(rows: list[list[object]]) -> None:
    assert find_headers(WORDS, rows) == []


def test_labels_of_ragged_rows_line_up() -> None:
    assert label_paths([["甲", ""], ["乙", "丙", "丁"]]) == [
        ("甲", "乙"),
        ("甲", "丙"),
        ("甲", "丁"),
    ]


def test_a_signature_survives_blanks_and_width_but_not_another_order() -> None:
    assert signature(["企业名称", "信用代码"]) == signature([" 企业 名称", "信用代码："])
    assert signature(["企业名称", "信用代码"]) != signature(["信用代码", "企业名称"])


@given(st.lists(LABELS, max_size=12))
def test_every_label_is_recognised_duplicate_or_unknown_exactly_once(labels: list[str]) -> None:
    found = recognise(WORDS, labels)
    repeated = [place for places in found.duplicates.values() for place in places[1:]]
    places = [*found.fields, *repeated, *found.unknown]
    assert sorted(places) == [place for place, label in enumerate(labels) if label]
