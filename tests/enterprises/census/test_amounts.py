"""Registered capital and revenue in the spellings measured in registry exports."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enterprises.census.amounts import amount_parser, parse_currency, unit_of_label
from enterprises.census.issues import Code

TEN_THOUSAND = Decimal(10_000)
bare = amount_parser(None)


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("500万元人民币", "5000000.00", "CNY"),
        ("500万人民币", "5000000.00", "CNY"),
        ("500(万)", "5000000.00", "CNY"),
        ("500(万元人民币)", "5000000.00", "CNY"),
        ("500（万元）", "5000000.00", "CNY"),
        ("4,920(万元)", "49200000.00", "CNY"),
        ("39.2000(万元)", "392000.00", "CNY"),
        ("人民币500万元整", "5000000.00", "CNY"),
        ("1.2亿元", "120000000.00", "CNY"),
        ("5000000元", "5000000.00", "CNY"),
        ("50(万美元)", "500000.00", "USD"),
        ("3(万香港元)", "30000.00", "HKD"),
        ("100万港币", "1000000.00", "HKD"),
        ("2亿日元", "200000000.00", "JPY"),
        ("1(万欧元)", "10000.00", "EUR"),
        ("0", "0.00", "CNY"),
    ],
)
def test_capital_with_its_unit_and_currency(cell: str, amount: str, currency: str) -> None:
    assert bare(cell)[:2] == (amount, currency)


@pytest.mark.parametrize("cell", ["万人民币", "()", "壹佰", "-5万元", "见章程"])
def test_capital_that_cannot_be_read_is_told(cell: str) -> None:
    assert bare(cell) == ("", "", Code.CAPITAL_UNREADABLE)


@pytest.mark.parametrize("cell", ["", "N/A", "-", "—"])
def test_missing_capital_is_nothing_to_tell(cell: str) -> None:
    assert bare(cell) == ("", "", "")


def test_a_bare_number_takes_the_unit_of_its_header() -> None:
    assert amount_parser(TEN_THOUSAND)("88.5") == ("885000.00", "CNY", "")
    assert amount_parser(Decimal(1))("88.5") == ("88.50", "CNY", "")


def test_a_bare_number_without_any_unit_is_guessed_by_its_size_and_told() -> None:
    assert bare("500") == ("5000000.00", "CNY", Code.UNIT_GUESSED)
    assert bare("5000000") == ("5000000.00", "CNY", Code.UNIT_GUESSED)


def test_a_unit_in_the_cell_beats_the_one_of_the_header() -> None:
    assert amount_parser(TEN_THOUSAND)("88元")[0] == "88.00"


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("注册资本(万元)", TEN_THOUSAND),
        ("年营业收入（亿元）", Decimal(100_000_000)),
        ("注册资本·万元", TEN_THOUSAND),
        ("注册资本", None),
    ],
)
def test_the_unit_that_a_header_states(label: str, unit: Decimal | None) -> None:
    assert unit_of_label(label) == unit


@pytest.mark.parametrize(
    ("cell", "currency"), [("人民币", "CNY"), ("美元", "USD"), ("usd", "USD"), ("贝壳", "")]
)
def test_currency_in_its_own_column(cell: str, currency: str) -> None:
    assert parse_currency(cell) == (currency, "")


@given(st.decimals("0", "9999999", places=2))
def test_ten_thousands_spelled_in_any_way_are_the_same_amount(number: Decimal) -> None:
    spellings = [f"{number}万元", f"{number:,}(万元)", f"{number}万人民币", f"{number}（万）"]
    assert {bare(spelling)[0] for spelling in spellings} == {f"{number * TEN_THOUSAND:.2f}"}


@given(st.text(max_size=40))
def test_no_cell_makes_it_raise(cell: str) -> None:
    amount, currency, _ = bare(cell)
    assert bool(amount) == bool(currency)
