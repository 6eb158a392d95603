"""Raw cells to canonical text: each parser gives (value, issue code); it never raises for bad data.

A value is empty when the cell says nothing or cannot be used. Canonical text is what COPY loads and
what the fingerprint of a row is made of: dates as ISO, amounts in yuan with two decimals.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from core.dates import DateFault, Precision, parse_date
from core.identifiers import (
    Verdict,
    check_organisation_code,
    check_phone,
    check_registration_number,
    check_uscc,
    normalize_organisation_code,
    normalize_registration_number,
    normalize_uscc,
    split_phones,
)
from core.text import fold, is_missing
from enterprises.census.amounts import NUMBER, decimal_of
from enterprises.census.issues import Code
from enterprises.models.facts import OperatingStatus
from enterprises.rules import rule_of_type

Parsed = tuple[str, str]
Parser = Callable[[str], Parsed]
NOTHING: Parsed = ("", "")
CACHE = 20_000
LONGEST_MISSING = 4  # characters of the longest word for "nothing"
CELL_LIMIT = 32_767  # characters that a spreadsheet cell can hold
ERROR_VALUES = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#ERROR")

# Full-width letters and digits, compatibility characters; punctuation stays as it is.
_WIDTH: dict[int, int | str] = {0xFF01 + n: 0x21 + n for n in range(94) if chr(0x21 + n).isalnum()}
_WIDTH |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xF900, 0xFB00)}
# Blanks one by one: the class of all of them is twice as slow in every cell of a list.
_find_untidy = re.compile(
    r"[\x00-\x20\x7f-\xa0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
    r"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uf900-\ufaff]"
).search
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def tidy(text: str) -> str:
    """Half-width letters and digits, single blanks, nothing invisible; punctuation untouched."""
    if not _find_untidy(text):
        return "" if len(text) <= LONGEST_MISSING and is_missing(text) else text
    text = " ".join(_INVISIBLE.sub("", text).translate(_WIDTH).split())
    return "" if is_missing(fold(text)) else text


def limited(length: int, *, repeats: bool = False) -> Parser:
    """A parser for text of at most that many characters; a column that repeats is remembered."""

    def parse(text: str) -> Parsed:
        value = tidy(text)
        return (value, "") if len(value) <= length else ("", Code.TOO_LONG)

    return lru_cache(CACHE)(parse) if repeats else parse


_name_text = limited(300)


def parse_name(text: str) -> Parsed:
    """A name with the full-width brackets of business licences."""
    value, code = _name_text(text)
    if "(" in value or ")" in value:
        value = value.replace("(", "（").replace(")", "）")
    return value.replace(" ", "") if not value.isascii() else value, code


_USCC_ISSUES = {
    Verdict.CHECK_DIGIT: Code.USCC_CHECK_DIGIT,
    Verdict.LENGTH: Code.USCC_LENGTH,
    Verdict.CHARACTER: Code.USCC_CHARACTER,
    Verdict.SCIENTIFIC: Code.USCC_SCIENTIFIC,
    Verdict.LOST_DIGITS: Code.USCC_LOST_DIGITS,
    Verdict.REGISTRATION_NUMBER: Code.USCC_IS_REGISTRATION_NUMBER,
    Verdict.ORGANISATION_CODE: Code.USCC_IS_ORGANISATION_CODE,
}


def parse_uscc(text: str) -> Parsed:
    """A code with a wrong check digit is kept: an officer may confirm it; others of its kind too.

    The value of a row whose code is really a number of another kind is that number.
    """
    if check_uscc(text) is Verdict.OK:
        return text, ""
    code = normalize_uscc(text)
    verdict = check_uscc(code)
    if verdict is Verdict.OK:
        return code, ""
    if verdict is Verdict.EMPTY:
        return NOTHING
    issue = _USCC_ISSUES[verdict]
    kept = verdict in {Verdict.CHECK_DIGIT, Verdict.REGISTRATION_NUMBER, Verdict.ORGANISATION_CODE}
    return code if kept else "", issue


def parse_registration_number(text: str) -> Parsed:
    number = normalize_registration_number(text)
    verdict = check_registration_number(number)
    if verdict is Verdict.EMPTY:
        return NOTHING
    return (number, "") if verdict.is_usable else ("", Code.REGISTRATION_NUMBER_WRONG)


def parse_organization_code(text: str) -> Parsed:
    code = normalize_organisation_code(text)
    verdict = check_organisation_code(code)
    if verdict is Verdict.EMPTY:
        return NOTHING
    # 0.02 % of the codes inside valid unified codes fail their own digit: keep those.
    usable = verdict.is_usable or verdict is Verdict.CHECK_DIGIT
    return code if usable else "", "" if verdict.is_usable else Code.ORGANISATION_CODE_WRONG


# What every year's month has, as registries write it: canonical already.
_plain_day = re.compile(
    r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])", re.ASCII
).fullmatch


@lru_cache(CACHE)
def parse_day(text: str) -> Parsed:
    return _day(text, base_1904=False)


@lru_cache(CACHE)
def parse_day_1904(text: str) -> Parsed:
    """For sheets that count days from 1904."""
    return _day(text, base_1904=True)


def _day(text: str, *, base_1904: bool) -> Parsed:
    if _plain_day(text):
        return text, ""
    found = parse_date(text, base_1904=base_1904)
    if found.fault is not None:
        is_text = found.fault is DateFault.NOT_A_DATE
        return "", Code.DATE_UNREADABLE if is_text else Code.DATE_IMPOSSIBLE
    if found.day is None:
        return NOTHING
    coarse = found.precision in {Precision.MONTH, Precision.YEAR}
    return found.day.isoformat(), Code.DATE_COARSE if coarse else ""


_whole_shape = re.compile(rf"({NUMBER}) ?(?:人|名|个|家)?", re.IGNORECASE).fullmatch
_band_shape = re.compile(
    r"(?:小于|不足|大于|超过|少于|多于|约|[<>≤≥]).*\d.*|\d+ ?人? ?(?:-|~|至|到|—) ?\d+ ?人?"
    r"|\d+ ?人?(?:以上|以下|及以上|及以下|左右|多)人?"
).fullmatch
_LARGEST_COUNT = 2_000_000_000


@lru_cache(CACHE)
def parse_count(text: str) -> Parsed:
    """A number of people or things."""
    folded = fold(text)
    if is_missing(folded):
        return NOTHING
    found = _whole_shape(folded)
    number = decimal_of(found[1]) if found else None
    if number is not None and number == int(number) and 0 <= number <= _LARGEST_COUNT:
        return str(int(number)), ""
    return "", Code.NUMBER_BAND if _band_shape(folded) else Code.NUMBER_UNREADABLE


_STATUS_WORDS = (
    (re.compile(r"吊销.*(已|并)注销"), OperatingStatus.DEREGISTERED),
    (re.compile(r"吊销"), OperatingStatus.REVOKED),
    (re.compile(r"注销|撤销|清算完毕"), OperatingStatus.DEREGISTERED),
    (re.compile(r"迁出|已迁移|迁移"), OperatingStatus.RELOCATED),
    (re.compile(r"歇业|停业"), OperatingStatus.SUSPENDED),
    (re.compile(r"存续|在营|在业|开业|正常|在册|营业|确立|登记成立"), OperatingStatus.IN_OPERATION),
)
_STATUS_NUMBERS = {
    "1": OperatingStatus.IN_OPERATION,
    "2": OperatingStatus.REVOKED,
    "3": OperatingStatus.DEREGISTERED,
    "4": OperatingStatus.DEREGISTERED,
    "5": OperatingStatus.DEREGISTERED,
    "6": OperatingStatus.RELOCATED,
}


@lru_cache(CACHE)
def parse_status(text: str) -> Parsed:
    """The registry's status, in words or by its number."""
    folded = fold(text)
    if is_missing(folded):
        return NOTHING
    if folded in _STATUS_NUMBERS:
        return _STATUS_NUMBERS[folded], ""
    if "未注销" in folded:
        return OperatingStatus.REVOKED, ""
    for words, status in _STATUS_WORDS:
        if words.search(folded):
            return status, ""
    return "", Code.STATUS_UNKNOWN


@lru_cache(CACHE)
def parse_type(text: str) -> Parsed:
    """The registered type as written; shifted cells (a name, an amount) are kept out."""
    value = fold(text)
    if is_missing(value):
        return NOTHING
    if rule_of_type(value) is None:
        return "", Code.TYPE_UNKNOWN
    return (value, "") if len(value) <= 120 else ("", Code.TOO_LONG)


def parse_phone(text: str) -> Parsed:
    if len(text) == 11 and check_phone(text) is Verdict.OK:
        return text, ""
    numbers = split_phones(text)
    if not numbers:
        return NOTHING
    value = ";".join(numbers)
    if len(value) > 120:
        return "", Code.TOO_LONG
    sound = all(check_phone(number).is_usable for number in numbers)
    return value, "" if sound else Code.PHONE_UNREADABLE


_YES = frozenset(["是", "有", "√", "✓", "Y", "YES", "1", "TRUE", "规上", "规模以上"])
_NO = frozenset(["否", "无", "×", "X", "N", "NO", "0", "FALSE", "规下", "规模以下"])


@lru_cache(CACHE)
def parse_yes_no(text: str) -> Parsed:
    folded = fold(text).upper()
    if folded in _YES:
        return "t", ""
    if folded in _NO:
        return "f", ""
    return NOTHING if is_missing(folded) else ("", Code.NUMBER_UNREADABLE)
