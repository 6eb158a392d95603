"""Periods tile the calendar without gap or overlap and are read as clerks write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Period, PeriodKind

KINDS = st.sampled_from(PeriodKind)
PERIODS = st.builds(Period.containing, st.dates(date(1900, 1, 1), date(2200, 1, 1)), KINDS)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), KINDS)
def test_every_day_lies_in_exactly_one_period_of_each_kind(day: date, kind: PeriodKind) -> None:
    period = Period.containing(day, kind)
    assert period.first <= day <= period.last
    assert period.previous.last == period.first - timedelta(days=1)


@given(PERIODS)
def test_a_period_is_found_again_by_its_code_and_by_its_label(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert Period.parse(period.label) == period
    assert len(str(period)) <= 7


@given(PERIODS)
def test_a_year_ago_is_as_many_periods_back_as_the_year_has(period: Period) -> None:
    back = period
    for _ in range(period.kind):
        back = back.previous
    assert back == period.same_last_year


@given(PERIODS, PERIODS)
def test_periods_are_ordered_by_their_first_day(one: Period, other: Period) -> None:
    if one.first < other.first:
        assert one < other


def test_a_year_comes_before_its_own_quarters() -> None:
    months = [Period.parse(text) for text in ("2026-01", "2026Q1", "2026H1", "2026")]
    assert [str(period) for period in sorted(months)] == ["2026", "2026H1", "2026Q1", "2026-01"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2026", "2026"),
        ("2026年", "2026"),
        ("2026年度", "2026"),
        ("2026全年", "2026"),
        ("2026上半年", "2026H1"),
        ("2026年下半年", "2026H2"),
        ("2026h2", "2026H2"),
        ("2026年1季度", "2026Q1"),
        ("2026年第四季度", "2026Q4"),
        ("2026-Q3", "2026Q3"),
        ("２０２６年三季度", "2026Q3"),
        ("2026.3", "2026-03"),
        ("2026年 12 月", "2026-12"),
    ],
)
def test_clerks_write_periods_in_many_ways(written: str, code: str) -> None:
    assert str(Period.parse(written)) == code


@pytest.mark.parametrize(
    "written", ["", "今年", "2026-13", "2026-00", "2026H3", "2026Q5", "26年", "0000"]
)
def test_what_is_no_period_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="period"):
        Period.parse(written)


def test_a_label_is_chinese() -> None:
    assert Period.parse("2026Q1").label == "2026年第一季度"
    assert Period.parse("2026-03").label == "2026年3月"
    assert Period.parse("2026H1").label == "2026年上半年"
