"""The brackets, fixed sums and rounding of dues as dated parameters with their source."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from core.models import ParameterValue
from core.parameters import Parameter, declared
from members.dues.reckoning import ROUNDINGS, Bracket, Brackets, Rules
from members.models.dues import Payer

_2008 = "《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3号）"
_PENSION = f"{_2008}；2017年起以基本离退休费或养老金为基数"
PREFIX = "dues."


def _limit(key: str, label: str, default: int, source: str = _2008) -> Parameter[Decimal]:
    return Parameter(f"{PREFIX}{key}", f"党费：{label}上限（含）", Decimal(default), "元", source)


def _rate(key: str, label: str, default: str, source: str = _2008) -> Parameter[Decimal]:
    return Parameter(f"{PREFIX}{key}", f"党费：{label}比例", Decimal(default), "%", source)


WAGE = (
    (_limit("wage_limit_1", "工资第一档", 3000), _rate("wage_rate_1", "工资第一档", "0.5")),
    (_limit("wage_limit_2", "工资第二档", 5000), _rate("wage_rate_2", "工资第二档", "1")),
    (_limit("wage_limit_3", "工资第三档", 10000), _rate("wage_rate_3", "工资第三档", "1.5")),
    (None, _rate("wage_rate_4", "工资第四档", "2")),
)
PENSION = (
    (
        _limit("pension_limit", "离退休第一档", 5000, _PENSION),
        _rate("pension_rate_1", "离退休第一档", "0.5", _PENSION),
    ),
    (None, _rate("pension_rate_2", "离退休第二档", "1", _PENSION)),
)
FARMER = Parameter(
    f"{PREFIX}farmer",
    "党费：农民党员每月交纳",
    Decimal("0.2"),
    "元",
    f"{_2008}：每月0.2元至1元，由省级党委组织部确定",
)
RELIEF = Parameter(
    f"{PREFIX}relief",
    "党费：学生、下岗失业、领取救济或低保的党员每月交纳",
    Decimal("0.2"),
    "元",
    _2008,
)
ROUNDING = Parameter(
    f"{PREFIX}rounding",
    "党费：计算结果的取整",
    "cent",
    "",
    "县级口径：角、分或元，以本级组织部规定为准",
    ROUNDINGS,
)
LARGE = Parameter(
    f"{PREFIX}large",
    "党费：一次多交全额上缴中央的数额",
    Decimal(1000),
    "元",
    f"{_2008}：一次多交1000元以上的，全部上缴中央",
)
LATE_MONTHS = Parameter(
    f"{PREFIX}late_months",
    "党费：连续未交须处置的月数",
    6,
    "月",
    "《中国共产党章程》第九条：没有正当理由连续六个月不交纳党费的，被认为是自行脱党",
)


def rules_on(day: date) -> Rules:
    return rules_of([day])[day]


def rules_of(days: Iterable[date]) -> dict[date, Rules]:
    """What holds on each of the days, in one query."""
    rows = list(ParameterValue.objects.filter(key__startswith=PREFIX))
    known = [one for one in declared() if one.key.startswith(PREFIX)]
    return {day: _rules({one.key: _value(one, rows, day) for one in known}) for day in days}


def _value(parameter: Parameter[Any], rows: list[ParameterValue], day: date) -> Any:
    for row in rows:
        if row.key == parameter.key and row.valid_from <= day and not _is_over(row, day):
            return parameter.clean(row.value)
    return parameter.default


def _is_over(row: ParameterValue, day: date) -> bool:
    return row.valid_to is not None and row.valid_to <= day


def _rules(found: dict[str, Any]) -> Rules:
    def brackets(table: Any) -> Brackets:
        return tuple(
            Bracket(found[limit.key] if limit else None, found[rate.key]) for limit, rate in table
        )

    wage = brackets(WAGE)
    return Rules(
        brackets={
            Payer.WAGE: wage,
            Payer.ANNUAL: wage,
            Payer.UNSTEADY: wage,
            Payer.RETIRED: brackets(PENSION),
        },
        fixed={Payer.FARMER: found[FARMER.key], Payer.RELIEF: found[RELIEF.key]},
        rounding=found[ROUNDING.key],
    )


def lines_on(day: date) -> list[str]:
    """The rules of a day in sentences, for whoever wonders about a sum."""
    found = rules_on(day)
    return [
        f"按月领取工资、年薪制和没有固定月收入的：{_in_words(found.brackets[Payer.WAGE])}。",
        f"离退休的：{_in_words(found.brackets[Payer.RETIRED])}。",
        f"农民每月{found.fixed[Payer.FARMER]}元；"
        f"学生、下岗失业、领取救济或低保的每月{found.fixed[Payer.RELIEF]}元。",
        f"按全额计算，不分段累进；{ROUNDINGS[found.rounding]}。依据：{_2008}。",
    ]


def _in_words(brackets: Brackets) -> str:
    words, lower = [], None
    for one in brackets:
        if one.limit is None:
            words.append(f"{lower}元以上{one.rate}%")
        else:
            above = f"{lower}元以上至" if lower is not None else ""
            words.append(f"{above}{one.limit}元（含）{one.rate}%")
        lower = one.limit
    return "，".join(words)
