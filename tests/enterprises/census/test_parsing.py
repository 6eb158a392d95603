"""Cells in all the spellings of registries become one canonical text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers import make_uscc
from enterprises.census import parsing
from enterprises.census.issues import Code

VALID = make_uscc("340899", 7)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("怀安县 茶业(集团)有限公司", "怀安县茶业（集团）有限公司"),
        ("ＡＢＣ１２３有限公司", "ABC123有限公司"),
        ("\u3000东岭\u200b茶业有限公司 ", "东岭茶业有限公司"),
        ("Tea House Ltd", "Tea House Ltd"),
        ("N/A", ""),
        ("-", ""),
    ],
)
def test_names_are_stored_with_full_width_brackets_and_nothing_invisible(
    cell: str, value: str
) -> None:
    assert parsing.parse_name(cell) == (value, "")


def test_punctuation_of_a_scope_stays_as_the_registry_wrote_it() -> None:
    scope = "茶叶加工，销售；（凭许可证经营）。"
    assert parsing.limited(100)(scope) == (scope, "")


def test_a_compatibility_character_becomes_the_usual_one() -> None:
    assert parsing.tidy("\uf979亭乡") == "凉亭乡"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (VALID, (VALID, "")),
        (VALID.lower(), (VALID, "")),
        (f" {VALID[:9]} {VALID[9:]}\t", (VALID, "")),
        (f"'{VALID}", (VALID, "")),
        ("", ("", "")),
        ("N/A", ("", "")),
        (VALID[:17], ("", Code.USCC_LENGTH)),
        (VALID[:17] + "I", ("", Code.USCC_CHARACTER)),
        ("9.13408E+17", ("", Code.USCC_SCIENTIFIC)),
        ("913408001513080000", ("", Code.USCC_LOST_DIGITS)),
    ],
)
def test_unified_codes(cell: str, expected: tuple[str, str]) -> None:
    assert parsing.parse_uscc(cell) == expected


def test_a_code_with_a_wrong_check_digit_is_kept_for_an_officer_to_confirm() -> None:
    wrong = VALID[:17] + ("1" if VALID[17] != "1" else "2")
    assert parsing.parse_uscc(wrong) == (wrong, Code.USCC_CHECK_DIGIT)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2019-03-05", ("2019-03-05", "")),
        ("2019.3.5", ("2019-03-05", "")),
        ("2019年3月5日", ("2019-03-05", "")),
        ("20190305", ("2019-03-05", "")),
        ("43529", ("2019-03-05", "")),
        ("2019-03", ("2019-03-01", Code.DATE_COARSE)),
        ("1900-01-00", ("", "")),
        ("长期", ("", "")),
        ("2023-02-30", ("", Code.DATE_IMPOSSIBLE)),
        ("去年春天", ("", Code.DATE_UNREADABLE)),
    ],
)
def test_days(cell: str, expected: tuple[str, str]) -> None:
    assert parsing.parse_day(cell) == expected


def test_serials_of_a_sheet_that_counts_from_1904() -> None:
    assert parsing.parse_day_1904("42067")[0] == "2019-03-05"


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_every_day_reads_the_same_in_every_spelling(day: date) -> None:
    spellings = [
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d} 00:00:00",
    ]
    assert {parsing.parse_day(spelling) for spelling in spellings} == {(day.isoformat(), "")}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("56", ("56", "")),
        ("56人", ("56", "")),
        ("1,234", ("1234", "")),
        ("56.0", ("56", "")),
        ("1E2", ("100", "")),
        ("", ("", "")),
        ("约十人", ("", Code.NUMBER_UNREADABLE)),
        ("-3", ("", Code.NUMBER_UNREADABLE)),
        ("5.5", ("", Code.NUMBER_UNREADABLE)),
        ("99999999999", ("", Code.NUMBER_UNREADABLE)),
        ("小于50人", ("", Code.NUMBER_BAND)),
        ("50-99人", ("", Code.NUMBER_BAND)),
        ("100人以上", ("", Code.NUMBER_BAND)),
    ],
)
def test_numbers_of_people(cell: str, expected: tuple[str, str]) -> None:
    assert parsing.parse_count(cell) == expected


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("存续（在营、开业、在册）", "in_operation"),
        ("在业", "in_operation"),
        ("1", "in_operation"),
        ("吊销，未注销", "revoked"),
        ("吊销", "revoked"),
        ("吊销,已注销", "deregistered"),
        ("注销", "deregistered"),
        ("迁出", "relocated"),
        ("歇业", "suspended"),
        ("", ""),
    ],
)
def test_registration_states(cell: str, status: str) -> None:
    assert parsing.parse_status(cell) == (status, "")


def test_a_state_nobody_knows_is_told_and_not_taken() -> None:
    assert parsing.parse_status("待查") == ("", Code.STATUS_UNKNOWN)


@pytest.mark.parametrize("cell", ["张三", "10万美元", "2019-03-05"])
def test_a_shifted_cell_is_no_type(cell: str) -> None:
    assert parsing.parse_type(cell) == ("", Code.TYPE_UNKNOWN)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("13900000000", ("13900000000", "")),
        ("139 0000 0000/0556-4611234", ("13900000000;0556-4611234", "")),
        ("1.39E+10", ("1.39E+10", Code.PHONE_UNREADABLE)),
        ("无", ("", "")),
    ],
)
def test_telephone_numbers(cell: str, expected: tuple[str, str]) -> None:
    assert parsing.parse_phone(cell) == expected


@pytest.mark.parametrize(
    ("cell", "value"), [("是", "t"), ("√", "t"), ("规上", "t"), ("否", "f"), ("×", "f"), ("", "")]
)
def test_yes_and_no(cell: str, value: str) -> None:
    assert parsing.parse_yes_no(cell) == (value, "")


def test_text_beyond_its_column_is_refused_with_the_limit_of_the_column() -> None:
    assert parsing.limited(10)("长" * 11) == ("", Code.TOO_LONG)
    assert parsing.limited(parsing.CELL_LIMIT)("长" * 40_000) == ("", Code.TOO_LONG)


PARSERS: list[parsing.Parser] = [
    parsing.parse_name,
    parsing.parse_uscc,
    parsing.parse_registration_number,
    parsing.parse_organization_code,
    parsing.parse_day,
    parsing.parse_count,
    parsing.parse_status,
    parsing.parse_type,
    parsing.parse_phone,
    parsing.parse_yes_no,
    parsing.limited(40),
]


@given(st.text(max_size=60))
def test_no_cell_makes_a_parser_raise(cell: str) -> None:
    for parser in PARSERS:
        value, issue = parser(cell)
        assert isinstance(value, str)
        assert issue == "" or issue in set(Code)


@given(st.text(max_size=60))
def test_a_canonical_text_reads_as_itself(cell: str) -> None:
    for parser in (parsing.parse_name, parsing.parse_uscc, parsing.parse_day, parsing.parse_count):
        value, _ = parser(cell)
        assert parser(value)[0] == value
