"""Rates keep both integers, round half up and never invent a percentage."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rates import Rate, points_text

COUNTS = st.integers(0, 10**7)
RATES = st.builds(Rate, COUNTS, COUNTS)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (52, 332, "15.7%"),
        (27, 55, "49.1%"),
        (332, 332, "100.0%"),
        (0, 332, "0.0%"),
        (1, 2000, "0.1%"),  # 0.05 rounds up, where binary floats would round down
        (3, 2000, "0.2%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1999, 2000, "100.0%"),
        (5, 4, "125.0%"),
    ],
)
def test_percentages_have_one_decimal_rounded_half_up(
    numerator: int, denominator: int, percent: str
) -> None:
    assert Rate(numerator, denominator).percent_text == percent


def test_nothing_of_nothing_is_a_dash_and_not_zero() -> None:
    assert str(Rate(0, 0)) == "—"
    assert Rate(0, 0).percent is None
    assert Rate(0, 0).chinese == "—（0/0）"


def test_a_rate_prints_its_two_integers() -> None:
    assert str(Rate(52, 332)) == "52/332 (15.7%)"
    assert Rate(52, 332).chinese == "15.7%（52/332）"


@given(COUNTS, st.integers(1, 10**7))
def test_the_printed_percentage_is_never_off_by_more_than_half_a_tenth(n: int, d: int) -> None:
    percent = Rate(n, d).percent
    assert percent is not None
    error = Fraction(percent) - Fraction(100 * n, d)
    assert -Fraction(1, 20) < error <= Fraction(1, 20)


@given(RATES, RATES)
def test_a_rate_of_two_groups_counts_both(one: Rate, other: Rate) -> None:
    assert one + other == other + one
    assert (one + other).denominator == one.denominator + other.denominator


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (Rate(157, 1000), Rate(152, 1000), "上升 0.5 个百分点"),
        (Rate(1, 3), Rate(2, 3), "下降 33.4 个百分点"),  # 33.3 - 66.7, as printed
        (Rate(1, 2), Rate(2, 4), "持平"),
        (Rate(1, 2), Rate(0, 0), "—"),
        (Rate(0, 0), Rate(1, 2), "—"),
    ],
)
def test_a_difference_is_told_in_percentage_points(now: Rate, before: Rate, words: str) -> None:
    assert points_text(now.points_above(before)) == words


@given(RATES, RATES)
def test_a_difference_agrees_with_the_printed_figures(one: Rate, other: Rate) -> None:
    points = one.points_above(other)
    if one.percent is None or other.percent is None:
        assert points is None
    else:
        assert points == Decimal(one.percent) - Decimal(other.percent)
