"""Days: today in the county's time zone, and every way in which lists and people write a date."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.text import fold, is_missing

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLIEST, LATEST = 1800, 2200  # years that a date in this field can have


def today() -> date:
    """The only place that asks the clock for a day."""
    return timezone.localdate(timezone=SHANGHAI)


class Precision(StrEnum):
    """How much of the date was written; a month or a year stands for its first day."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    OPEN = "open"  # 长期: no last day
    NONE = "none"  # nothing written


class DateFault(StrEnum):
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    OUT_OF_RANGE = "out_of_range"


_REASONS = {
    DateFault.NOT_A_DATE: "不是日期，请写成 2026-03-05 的样子",
    DateFault.NO_SUCH_DAY: "没有这一天，请核对月份和日期",
    DateFault.OUT_OF_RANGE: "年份不合理，请核对",
}


def explain(fault: DateFault) -> str:
    """The fault as a sentence for a clerk."""
    return _REASONS[fault]


class ParsedDate(NamedTuple):
    """Either a fault, or a precision with its day (None for OPEN and NONE)."""

    day: date | None
    precision: Precision
    fault: DateFault | None = None


_EMPTY = ParsedDate(None, Precision.NONE)
_OPEN = ParsedDate(None, Precision.OPEN)
_NOT_A_DATE = ParsedDate(None, Precision.NONE, DateFault.NOT_A_DATE)
_NO_SUCH_DAY = ParsedDate(None, Precision.NONE, DateFault.NO_SUCH_DAY)
_OUT_OF_RANGE = ParsedDate(None, Precision.NONE, DateFault.OUT_OF_RANGE)
_AFTER_LAST_SERIAL = 2_958_466  # 9999-12-31 is the last day that spreadsheets know
# What an empty cell with a date format becomes in spreadsheets and databases.
_ZERO_DAYS = frozenset([(1900, 1, 0), (0, 0, 0)])

_OPEN_WORDS = frozenset(
    ["长期", "长期有效", "永久", "永久有效", "无固定期限", "无限期", "不约定期限", "至今"]
)
_TIME = r"(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_day_shape = re.compile(
    r"(\d{4})(?: ?[-./年、] ?| )(\d{1,2})(?: ?[-./月、] ?| )(\d{1,2}) ?[日号]?" + _TIME, re.ASCII
).fullmatch
_solid_day_shape = re.compile(r"(\d{4})(\d\d)(\d\d)" + _TIME, re.ASCII).fullmatch
_month_shape = re.compile(r"(\d{4})(?: ?[-./年、] ?(\d{1,2}) ?月?|(\d\d))", re.ASCII).fullmatch
_year_shape = re.compile(r"(\d{4}) ?年?", re.ASCII).fullmatch
_serial_shape = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII).fullmatch
_zoned_shape = re.compile(r"\d{4}-\d\d-\d\d[T ].*(?:Z|[+-]\d\d:?\d\d)", re.ASCII).fullmatch


def parse_date(
    value: str | float | date | datetime | None, *, base_1904: bool = False
) -> ParsedDate:
    """The date in a cell: text of any spelling, an Excel serial, or a date already."""
    match value:
        case None:
            return _EMPTY
        case bool():
            return _NOT_A_DATE
        case datetime():
            return _from_datetime(value)
        case date():
            return _in_range(value, Precision.DAY)
        case int() | float():
            return _from_serial(value, base_1904=base_1904)
    return _from_text(value, base_1904=base_1904)


def _from_text(raw: str, *, base_1904: bool) -> ParsedDate:
    text = fold(raw).lstrip("'‘")
    if found := _day_shape(text) or _solid_day_shape(text):
        return _from_parts(*map(int, found.groups()), precision=Precision.DAY)
    if is_missing(text):
        return _EMPTY
    if text in _OPEN_WORDS:
        return _OPEN
    if _zoned_shape(text):
        return _from_zoned(text)
    if _serial_shape(text):
        return _from_serial(float(text), base_1904=base_1904)
    if found := _month_shape(text):
        month = int(found[2] or found[3])
        return _from_parts(int(found[1]), month, 1, precision=Precision.MONTH)
    if found := _year_shape(text):
        return _from_parts(int(found[1]), 1, 1, precision=Precision.YEAR)
    return _NOT_A_DATE


def _from_parts(year: int, month: int, day: int, *, precision: Precision) -> ParsedDate:
    if (year, month, day) in _ZERO_DAYS:
        return _EMPTY
    try:
        return _in_range(date(year, month, day), precision)
    except ValueError:
        return _NO_SUCH_DAY


def _in_range(day: date, precision: Precision) -> ParsedDate:
    if day.year == 9999:  # registries write 9999-12-31 for 长期
        return _OPEN
    return ParsedDate(day, precision) if EARLIEST <= day.year <= LATEST else _OUT_OF_RANGE


def _from_datetime(moment: datetime) -> ParsedDate:
    local = moment.astimezone(SHANGHAI) if moment.tzinfo else moment
    return _in_range(local.date(), Precision.DAY)


def _from_zoned(text: str) -> ParsedDate:
    try:
        return _from_datetime(datetime.fromisoformat(text))
    except ValueError:
        return _NO_SUCH_DAY


def _from_serial(number: float, *, base_1904: bool) -> ParsedDate:
    """A number cell: mostly days since the epoch, else 20190305, 201903, 2019 or 2019.3."""
    if 0 <= number < 1:
        return _EMPTY
    if EARLIEST <= number // 100 <= LATEST or 10_000_000 <= number < 100_000_000:
        return _from_text(str(int(number)), base_1904=base_1904)
    if EARLIEST <= number <= LATEST:
        # 2019.1 may be January or October: the zero of 2019.10 is lost.
        is_ambiguous = round(number % 1, 6) == 0.1
        return _NOT_A_DATE if is_ambiguous else _from_text(f"{number:.6g}", base_1904=base_1904)
    serial = number + 1462 if base_1904 else number
    if not 1 <= serial < _AFTER_LAST_SERIAL:
        return _NOT_A_DATE
    days = int(serial)
    if days == 60:  # the 29th of February 1900, which spreadsheets believe in
        return _NO_SUCH_DAY
    return _in_range(date(1899, 12, 31 if days < 60 else 30) + timedelta(days), Precision.DAY)


def chinese_date(day: date) -> str:
    """As documents write it (GB/T 9704): 2026年3月5日, no padding."""
    return f"{day.year}年{day.month}月{day.day}日"
