"""Sums as people type, paste and print them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from core.text import fold, is_missing

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def read(text: str) -> Decimal | None:
    """The sum in a cell, None for an empty one; raises ValueError for what is no sum."""
    plain = fold(text).replace(",", "").strip("¥￥元 ")
    if is_missing(plain) or not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise ValueError(f"“{text.strip()}”不是金额，请填写数字，如50或50.5。")
    return amount


def capital(amount: Decimal) -> str:
    """A sum below a trillion as receipts write it: 人民币壹拾元伍角整."""
    cents = int((amount * 100).to_integral_value())
    yuan, rest = divmod(cents, 100)
    words = f"{_whole(yuan)}元" if yuan else ""
    jiao, fen = divmod(rest, 10)
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif fen and yuan:
        words += "零"
    words += f"{_DIGITS[fen]}分" if fen else "整"
    return f"人民币{words if cents else '零元整'}"


def _whole(number: int) -> str:
    words, pending = "", False
    digits = f"{number}"
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit != "0":
            words += ("零" if pending else "") + _DIGITS[int(digit)] + _PLACES[place % 4]
        pending = digit == "0" and bool(words)
        group = number // 10**place % 10_000
        if place % 4 == 0 and group:
            words, pending = words + _GROUPS[place // 4], pending and place > 0
    return words


@dataclass
class Pasted:
    """The cells of a pasted block by member and month, and what could not be placed."""

    texts: dict[tuple[int, date], str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def spread(block: str, people: Sequence[tuple[int, str]], months: Sequence[date]) -> Pasted:
    """Lay lines copied from a spreadsheet over the sheet: each begins with a name.

    With a heading the columns 姓名 and N月 are taken; without one, what follows the name.
    """
    found = Pasted()
    keys: dict[str, list[int]] = {}
    for key, name in people:
        keys.setdefault(_name(name), []).append(key)
    columns: dict[int, date] | None = None
    for number, line in enumerate(block.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells):
            continue
        if any(_name(cell) == "姓名" for cell in cells):
            columns = _columns(cells, months)
            continue
        at = next((place for place, cell in enumerate(cells) if _name(cell) in keys), None)
        if at is None:
            found.faults.append(f"第{number}行：支部名册上没有“{_first_word(cells)}”。")
        elif len(keys[_name(cells[at])]) > 1:
            found.faults.append(f"第{number}行：有多名“{cells[at]}”，请在表格中逐个填写。")
        else:
            places = columns or {at + 1 + place: month for place, month in enumerate(months)}
            found.texts |= {
                (keys[_name(cells[at])][0], places[place]): cell
                for place, cell in enumerate(cells)
                if place in places and cell
            }
            if columns is None and any(cells[at + 1 + len(months) :]):
                found.faults.append(f"第{number}行：金额多于显示的月份，请核对。")
    return found


def _columns(heads: Sequence[str], months: Sequence[date]) -> dict[int, date]:
    words = {f"{month.month}月": month for month in months}
    return {place: words[fold(head)] for place, head in enumerate(heads) if fold(head) in words}


def _name(text: str) -> str:
    return fold(text).replace(" ", "")


def _first_word(cells: Sequence[str]) -> str:
    words = (cell for cell in cells if cell and not fold(cell).isdigit())
    return next(words, cells[0])
