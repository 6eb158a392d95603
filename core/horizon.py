"""How far from today a day may lie that somebody enters: facts, acts, plans."""

from datetime import date, timedelta
from enum import Enum

from django.core.exceptions import ValidationError

from core.dates import EARLIEST, today
from core.parameters import Parameter

FACT_AHEAD = Parameter(
    "dates.fact_ahead",
    "已发生的事的日期最多可晚于今天",
    0,
    "日",
    "县级口径：没有发生的不能先登记",
)
ACT_AHEAD = Parameter(
    "dates.act_ahead", "生效日期最多可晚于今天", 366, "日", "县级口径：一年以后的事到时再办理"
)
PLAN_AHEAD = Parameter(
    "dates.plan_ahead",
    "计划、期限和终止日期最多可晚于今天",
    3653,
    "日",
    "县级口径：十年，长于任何一届任期加延期",
)


class Reach(Enum):
    """What a day says, and the parameter of how far ahead it may lie."""

    FACT = FACT_AHEAD  # has happened
    ACT = ACT_AHEAD  # takes effect, perhaps prepared beforehand
    PLAN = PLAN_AHEAD  # is planned, due or ends


def latest(reach: Reach) -> date:
    now = today()
    return now + timedelta(days=reach.value.value(on=now))


def require(day: date, reach: Reach, at: str = "") -> None:
    """Refuse a day that nobody can mean, at the field `at` if one is named."""
    if sentence := _refusal(day, reach):
        raise ValidationError({at: sentence} if at else sentence)


def _refusal(day: date, reach: Reach) -> str:
    first, now = date(EARLIEST, 1, 1), today()
    if day < first:
        return f"日期不能早于 {first}，请核对年份。"
    if day <= now or day <= (last := latest(reach)):
        return ""
    if reach is Reach.FACT:
        return "日期不能晚于今天。" if last == now else f"日期不能晚于 {last}。"
    return f"日期不能晚于 {last}，请核对年份。"
