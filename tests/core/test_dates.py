"""A date is understood in every spelling that lists and clerks use, or refused with a reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from core.dates import (
    DateFault,
    ParsedDate,
    Precision,
    chinese_date,
    explain,
    parse_date,
    today,
)

DAYS = st.dates(date(1905, 1, 1), date(2150, 12, 31))
SPELLINGS: list[Callable[[date], str]] = [
    lambda d: d.isoformat(),
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}. {d.month}. {d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{d.year}年{d.month}月{d.day}号",
    lambda d: f"{d:%Y-%m-%d} 00:00:00",
    lambda d: f"{d:%Y-%m-%d}T08:30:00.000",
    lambda d: f"{d:%Y/%m/%d} 8:30",
    lambda d: f"'{d:%Y-%m-%d}",
    lambda d: f"　{d:%Y－%m－%d}\u200b",
    lambda d: str((d - date(1899, 12, 30)).days),
    lambda d: f"{(d - date(1899, 12, 30)).days}.0",
]


@given(DAYS, st.sampled_from(range(len(SPELLINGS))))
def test_every_spelling_of_a_day_means_that_day(day: date, index: int) -> None:
    if index >= 14 and day < date(1928, 1, 1):
        day = day.replace(year=1928, day=1)  # a serial is told from a year by its five digits
    assert parse_date(SPELLINGS[index](day)) == ParsedDate(day, Precision.DAY)


@given(DAYS)
def test_both_date_systems_of_spreadsheets_are_read(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    if not 1800 <= serial <= 2200:
        assert parse_date(serial).day == day
        assert parse_date(serial + 0.75).day == day
    if not 1800 <= serial - 1462 <= 2200:
        assert parse_date(serial - 1462, base_1904=True).day == day


@pytest.mark.parametrize(
    "text", ["2019-03", "2019.3", "2019/3", "201903", "2019年3月", "2019 年 3 月"]
)
def test_a_month_is_kept_as_a_month(text: str) -> None:
    assert parse_date(text) == ParsedDate(date(2019, 3, 1), Precision.MONTH)


@pytest.mark.parametrize("value", ["2019", "2019年", 2019, 2019.0])
def test_a_year_is_kept_as_a_year(value: str | float) -> None:
    assert parse_date(value) == ParsedDate(date(2019, 1, 1), Precision.YEAR)


@pytest.mark.parametrize("value", ["长期", "永久有效", "9999-12-31", date(9999, 12, 31), 2958465])
def test_no_last_day_is_not_a_fault(value: str | float | date) -> None:
    assert parse_date(value) == ParsedDate(None, Precision.OPEN)


@pytest.mark.parametrize(
    "value", [None, "", " ", "-", "N/A", "1900-01-00", "1900/1/0", "0000-00-00", 0, 0.5]
)
def test_the_marks_of_an_empty_cell_are_empty(value: str | float | None) -> None:
    assert parse_date(value) == ParsedDate(None, Precision.NONE)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("2019-02-30", DateFault.NO_SUCH_DAY),
        ("2019-13", DateFault.NO_SUCH_DAY),
        ("2019-02-30T16:00:00Z", DateFault.NO_SUCH_DAY),
        (60, DateFault.NO_SUCH_DAY),
        ("0019-03-05", DateFault.OUT_OF_RANGE),
        (date(2500, 1, 1), DateFault.OUT_OF_RANGE),
        ("19.3.5", DateFault.NOT_A_DATE),
        ("3/5/2019", DateFault.NOT_A_DATE),
        ("去年三月", DateFault.NOT_A_DATE),
        ("201903051", DateFault.NOT_A_DATE),
        (2019.1, DateFault.NOT_A_DATE),
        (-5, DateFault.NOT_A_DATE),
        (float("nan"), DateFault.NOT_A_DATE),
        (float("inf"), DateFault.NOT_A_DATE),
        (1e300, DateFault.NOT_A_DATE),
        (True, DateFault.NOT_A_DATE),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(value: str | float, fault: DateFault) -> None:
    assert parse_date(value) == ParsedDate(None, Precision.NONE, fault)
    assert explain(fault)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (20190305, ParsedDate(date(2019, 3, 5), Precision.DAY)),
        (201903, ParsedDate(date(2019, 3, 1), Precision.MONTH)),
        (2019.3, ParsedDate(date(2019, 3, 1), Precision.MONTH)),
        (2019.11, ParsedDate(date(2019, 11, 1), Precision.MONTH)),
        (1, ParsedDate(date(1900, 1, 1), Precision.DAY)),
        (59, ParsedDate(date(1900, 2, 28), Precision.DAY)),
        (61, ParsedDate(date(1900, 3, 1), Precision.DAY)),
    ],
)
def test_a_number_is_read_as_people_meant_it(number: float, read: ParsedDate) -> None:
    assert parse_date(number) == read


@pytest.mark.parametrize(
    "value",
    [
        "2019-03-04T16:00:00.000Z",
        "2019-03-05T00:00:00+08:00",
        datetime(2019, 3, 4, 16, tzinfo=UTC),
        datetime(2019, 3, 5, 23),  # noqa: DTZ001 -- cells carry no zone
    ],
)
def test_an_instant_falls_on_its_day_in_shanghai(value: str | datetime) -> None:
    assert parse_date(value).day == date(2019, 3, 5)


@given(st.text() | st.floats() | st.integers(), st.booleans())
def test_no_cell_ever_breaks_the_parser(value: str | float, base_1904: bool) -> None:
    parsed = parse_date(value, base_1904=base_1904)
    assert parsed.fault is None or parsed.day is None


@given(DAYS)
def test_documents_write_dates_without_padding(day: date) -> None:
    assert parse_date(chinese_date(day)).day == day
    assert "年0" not in chinese_date(day)
    assert "月0" not in chinese_date(day)


def test_the_day_begins_at_midnight_in_shanghai() -> None:
    midnight = datetime(2026, 3, 4, 16, tzinfo=UTC)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert today() == date(2026, 3, 4)
    with time_machine.travel(midnight, tick=False):
        assert today() == date(2026, 3, 5)
