"""Amounts of money in all the spellings of registries: number, scale, currency, brackets."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from core.text import fold, is_missing
from enterprises.census.issues import Code

CACHE = 20_000
NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:E[+-]?\d{1,2})?|[+-]?\.\d+"


def decimal_of(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 17 else None


_SCALES = {
    "": None,
    "元": Decimal(1),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "百万": Decimal(1_000_000),
    "亿": Decimal(100_000_000),
}
CURRENCIES = {
    "人民币": "CNY",
    "美元": "USD",
    "美金": "USD",
    "香港元": "HKD",
    "港元": "HKD",
    "港币": "HKD",
    "日元": "JPY",
    "日圆": "JPY",
    "欧元": "EUR",
    "英镑": "GBP",
    "新台币": "TWD",
    "台币": "TWD",
    "澳门元": "MOP",
    "新加坡元": "SGD",
    "加拿大元": "CAD",
    "加元": "CAD",
    "澳大利亚元": "AUD",
    "澳元": "AUD",
    "韩元": "KRW",
    "韩国元": "KRW",
    "瑞士法郎": "CHF",
    "马来西亚林吉特": "MYR",
}
_currency_word = re.compile("|".join(sorted(CURRENCIES, key=len, reverse=True)))
_FILLERS = str.maketrans("", "", "()[] 整正约")
_amount_shape = re.compile(
    rf"(?P<number>{NUMBER})(?P<scale>百万|千万|万|亿|千)?(?:元|圆|块)?", re.IGNORECASE
).fullmatch
_plain_number = re.compile(r"\d{1,15}(?:\.\d{1,6})?", re.ASCII).fullmatch
# As registries write capital.
_usual_capital = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)万元?(?:人民币)?", re.ASCII).fullmatch
_UNITS = re.compile(r"百万|千万|亿|万|千|元")
BARE_IN_TEN_THOUSANDS = Decimal(100_000)  # a bare number below this is taken for 万元


@lru_cache(1024)
def unit_of_label(label: str) -> Decimal | None:
    """The unit that a header states in brackets or at its end: 注册资本(万元)."""
    folded = fold(label)
    marked = re.findall(r"\((.*?)\)", folded)
    for words in (*marked[::-1], folded[-3:]):
        if found := _UNITS.search(words):
            return _scale(found[0])
    return None


def _scale(word: str) -> Decimal | None:
    return Decimal(10_000_000) if word == "千万" else _SCALES[word]


def amount_parser(unit: Decimal | None) -> Callable[[str], tuple[str, str, str]]:
    """A parser of money for a column whose header states `unit`: (amount, currency, issue)."""

    @lru_cache(CACHE)
    def parse(text: str) -> tuple[str, str, str]:
        return _amount(text, unit)

    return parse


def _amount(text: str, unit: Decimal | None) -> tuple[str, str, str]:
    if unit is not None and _plain_number(text):
        return f"{Decimal(text) * unit:.2f}", "CNY", ""
    if usual := _usual_capital(text):
        return f"{Decimal(usual[1]) * 10_000:.2f}", "CNY", ""
    folded = fold(text)
    if is_missing(folded):
        return "", "", ""
    word = _currency_word.search(folded)
    currency = CURRENCIES[word[0]] if word else ""
    rest = _currency_word.sub("", folded).replace("¥", "").replace("$", "").translate(_FILLERS)
    found = _amount_shape(rest)
    number = decimal_of(found["number"]) if found else None
    if found is None or number is None or number < 0:
        return "", "", Code.CAPITAL_UNREADABLE
    issue = Code.CAPITAL_FOREIGN if currency not in {"", "CNY"} else ""
    scale = _scale(found["scale"] or ("元" if "元" in rest else ""))
    if scale is None:
        scale = unit
    if scale is None:
        scale = Decimal(10_000) if number < BARE_IN_TEN_THOUSANDS else Decimal(1)
        issue = issue or (Code.UNIT_GUESSED if number else "")
    return f"{number * scale:.2f}", currency or "CNY", issue


def parse_currency(text: str) -> tuple[str, str]:
    """A currency of its own column, in words or as ISO code."""
    folded = fold(text).upper()
    word = _currency_word.search(folded)
    if word:
        return CURRENCIES[word[0]], ""
    return (folded, "") if folded in CURRENCIES.values() else ("", "")
