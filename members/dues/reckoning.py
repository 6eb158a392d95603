"""What a member owes for a month: brackets over the whole base, relief, rounding; no database."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

# The last step of every sum, and how it is taken there.
_STEPS = {
    "cent": (Decimal("0.01"), ROUND_HALF_UP),
    "jiao": (Decimal("0.1"), ROUND_HALF_UP),
    "yuan": (Decimal(1), ROUND_HALF_UP),
    "yuan_up": (Decimal(1), ROUND_CEILING),
}
ROUNDINGS = {
    "cent": "四舍五入到分",
    "jiao": "四舍五入到角",
    "yuan": "四舍五入到元",
    "yuan_up": "不足1元的按1元",
}
CENT = Decimal("0.01")
AHEAD = 3  # months: with the branch's consent dues are paid by the quarter


@dataclass(frozen=True)
class Bracket:
    """The rate in percent of a base up to `limit`, the limit itself included; None is the rest."""

    limit: Decimal | None
    rate: Decimal


Brackets = tuple[Bracket, ...]


@dataclass(frozen=True)
class Rules:
    """What holds in a month; `fixed` are the sums of payers whose income does not count."""

    brackets: dict[str, Brackets]
    fixed: dict[str, Decimal]
    rounding: str


@dataclass(frozen=True)
class Base:
    """What one member's dues are reckoned from; without a sum where a fixed one is paid."""

    payer: str
    amount: Decimal | None


@dataclass(frozen=True)
class Relief:
    """What was approved in place of the full dues; nothing to pay at all without a sum."""

    amount: Decimal | None
    document: str = ""


@dataclass(frozen=True)
class Assessment:
    """The dues of a month and how they follow: `full` by the rules, `due` after a relief."""

    full: Decimal
    due: Decimal
    rate: Decimal | None = None
    base: Decimal | None = None
    relief: Relief | None = None


class Standing(StrEnum):
    """How a month of a member stands."""

    PAID = "paid"
    SHORT = "short"  # less than was due
    OWED = "owed"
    OPEN = "open"  # the month has not ended
    WAIVED = "waived"
    UNSET = "unset"  # nobody settled the base
    BEFORE = "before"  # the branch did not keep its dues here yet
    AWAY = "away"  # the relation was not held here


def rate_of(brackets: Brackets, base: Decimal) -> Decimal:
    """The one rate of the whole base; a boundary belongs to the lower bracket."""
    return next(one.rate for one in brackets if one.limit is None or base <= one.limit)


def rounded(amount: Decimal, rounding: str) -> Decimal:
    step, way = _STEPS[rounding]
    return amount.quantize(step, way).quantize(CENT)


def assess(rules: Rules, base: Base, relief: Relief | None = None) -> Assessment:
    """The dues of one month."""
    if base.payer in rules.fixed or base.amount is None:
        rate, full = None, rules.fixed.get(base.payer, Decimal(0))
    else:
        rate = rate_of(rules.brackets[base.payer], base.amount)
        full = rounded(base.amount * rate / 100, rules.rounding)
    if relief is None:
        due = full
    else:
        due = Decimal(0) if relief.amount is None else min(relief.amount, full)
    return Assessment(full.quantize(CENT), due.quantize(CENT), rate, base.amount, relief)


def standing(
    assessment: Assessment | None, paid: Decimal | None, month: date, first: date, day: date
) -> Standing:
    """How the month stands on a day; arrears count from the month `first` of the branch."""
    if paid is not None:
        return Standing.SHORT if assessment and paid < assessment.due else Standing.PAID
    if assessment is not None and not assessment.due:
        return Standing.WAIVED
    if next_month(month) > day:
        return Standing.OPEN
    if month < first:
        return Standing.BEFORE
    return Standing.UNSET if assessment is None else Standing.OWED


def month_of(day: date) -> date:
    return day.replace(day=1)


def next_month(month: date) -> date:
    return later(month, 1)


def later(month: date, number: int) -> date:
    """The first day of the month that many months on."""
    years, place = divmod(month.month - 1 + number, 12)
    return date(month.year + years, place + 1, 1)


def months_of(year: int) -> list[date]:
    return [date(year, number, 1) for number in range(1, 13)]


def fault_of_payment(amount: Decimal, month: date, day: date) -> str:
    """Why nobody can have paid that on the day; empty if he can."""
    if amount <= 0:
        return "实交金额应大于零；没有交纳的请留空。"
    if amount != amount.quantize(CENT):
        return "金额最多保留到分。"
    if amount >= Decimal(10) ** 8:
        return "金额过大，请核对。"
    if month > later(month_of(day), AHEAD - 1):
        return "经支部同意可按季度交纳，不能提前更多月份。"
    return ""
