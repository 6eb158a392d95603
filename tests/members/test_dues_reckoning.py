"""Dues are one rate on the whole base; boundaries stay below; sums are exact."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import ParameterValue
from members.dues.parameters import rules_of
from members.dues.reckoning import (
    ROUNDINGS,
    Base,
    Bracket,
    Relief,
    Rules,
    Standing,
    assess,
    fault_of_payment,
    later,
    next_month,
    rate_of,
    rounded,
    standing,
)

WAGE = tuple(
    Bracket(None if limit is None else Decimal(limit), Decimal(rate))
    for limit, rate in ((3000, "0.5"), (5000, "1"), (10000, "1.5"), (None, "2"))
)
RULES = Rules({"wage": WAGE}, {"relief": Decimal("0.2")}, "cent")
money = st.integers(0, 9_999_999).map(lambda cents: Decimal(cents) / 100)


def test_one_rate_takes_the_whole_base() -> None:
    table = [
        ("3000", "15.00"),
        ("3000.01", "30.00"),
        ("5000", "50.00"),
        ("6000", "90.00"),
        ("10000", "150.00"),
        ("10000.01", "200.00"),
        ("0", "0.00"),
    ]
    found = [assess(RULES, Base("wage", Decimal(base))).due for base, _ in table]
    assert found == [Decimal(due) for _, due in table]


@given(money)
def test_the_rate_is_that_of_the_lowest_bracket_that_holds_the_base(base: Decimal) -> None:
    rate = rate_of(WAGE, base)
    limits = [one.limit for one in WAGE if one.limit is not None]
    assert WAGE.index(Bracket(next((x for x in limits if base <= x), None), rate)) == sum(
        base > limit for limit in limits
    )


@given(money, money)
def test_who_earns_more_never_pays_less(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert assess(RULES, Base("wage", low)).due <= assess(RULES, Base("wage", high)).due


@given(money, st.sampled_from(sorted(ROUNDINGS)))
def test_rounding_is_off_by_less_than_its_step(amount: Decimal, way: str) -> None:
    step = {"cent": Decimal("0.01"), "jiao": Decimal("0.1")}.get(way, Decimal(1))
    result = rounded(amount, way)
    assert abs(result - amount) < step
    assert result % step == 0
    assert way != "yuan_up" or result >= amount


@given(money, money)
def test_a_relief_never_raises_the_dues(base: Decimal, eased: Decimal) -> None:
    full = assess(RULES, Base("wage", base))
    found = assess(RULES, Base("wage", base), Relief(eased))
    assert found.due == min(eased, full.due)
    assert assess(RULES, Base("wage", base), Relief(None)).due == 0


def test_a_fixed_sum_asks_for_no_base() -> None:
    found = assess(RULES, Base("relief", None))
    assert (found.due, found.rate) == (Decimal("0.20"), None)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_months_add_up(day: date, one: int, other: int) -> None:
    month = day.replace(day=1)
    assert later(later(month, one), other) == later(month, one + other)
    assert (next_month(month) - month).days in {28, 29, 30, 31}


def test_a_month_is_owed_once_it_is_over() -> None:
    table: list[tuple[str | None, int, Standing]] = [
        ("50", 3, Standing.PAID),
        ("80", 3, Standing.PAID),
        ("49.99", 3, Standing.SHORT),
        (None, 3, Standing.OWED),
        (None, 1, Standing.BEFORE),
        (None, 5, Standing.OPEN),
    ]
    full = assess(RULES, Base("wage", Decimal(5000)))
    first, day = date(2026, 2, 1), date(2026, 5, 31)
    for paid, month, found in table:
        amount = None if paid is None else Decimal(paid)
        assert standing(full, amount, date(2026, month, 1), first, day) is found


def test_nothing_is_owed_without_a_base_or_with_a_waiver() -> None:
    waived = assess(RULES, Base("wage", Decimal(5000)), Relief(None))
    month, first, day = date(2026, 3, 1), date(2026, 1, 1), date(2026, 5, 31)
    assert standing(waived, None, month, first, day) is Standing.WAIVED
    assert standing(None, None, month, first, day) is Standing.UNSET


def test_a_payment_is_money_of_this_quarter_at_the_latest() -> None:
    table = [
        ("0", date(2026, 5, 1), "实交金额应大于零；没有交纳的请留空。"),
        ("1.005", date(2026, 5, 1), "金额最多保留到分。"),
        ("20", date(2026, 8, 1), "经支部同意可按季度交纳，不能提前更多月份。"),
        ("20", date(2026, 7, 1), ""),
    ]
    day = date(2026, 5, 31)
    for amount, month, sentence in table:
        assert fault_of_payment(Decimal(amount), month, day) == sentence


@pytest.mark.django_db
def test_a_new_table_holds_from_its_day_on() -> None:
    ParameterValue.objects.create(
        key="dues.wage_rate_1", value="0.4", document="新规定", valid_from=date(2026, 3, 1)
    )
    ParameterValue.objects.create(
        key="dues.rounding", value="yuan_up", document="新规定", valid_from=date(2026, 3, 1)
    )
    base = Base("wage", Decimal(2999))
    months = [date(2026, 2, 1), date(2026, 3, 1)]
    found = rules_of(months)
    assert [assess(found[month], base).due for month in months] == [
        Decimal("15.00"),
        Decimal("12.00"),
    ]
    pension = rules_of(months)[months[0]].brackets["retired"]
    assert [rate_of(pension, Decimal(base)) for base in (5000, 5001)] == [
        Decimal("0.5"),
        Decimal(1),
    ]
