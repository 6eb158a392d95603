"""What a county may decide about terms and leading bodies, each decision with its source."""

from datetime import date

from core.parameters import Parameter, values
from organizations.rules import BodyRules

_BRANCH_RULES = "《中国共产党支部工作条例（试行）》"
_ELECTION_RULES = "《中国共产党基层组织选举工作条例》"
_TERM_OPINION = "中共中央办公厅《关于党的基层组织任期的意见》（2018年）"

BRANCH_YEARS = Parameter(
    "term.branch_years", "党支部、党总支每届任期", 3, "年", f"{_TERM_OPINION}；{_BRANCH_RULES}"
)
COMMITTEE_YEARS = Parameter("term.committee_years", "基层党委每届任期", 5, "年", _TERM_OPINION)
ON_TIME_DAYS = Parameter(
    "term.on_time_days",
    "届满前多少日内换届不算提前",
    30,
    "日",
    f"县级口径；更早即为提前换届，按{_ELECTION_RULES}须报上级党组织批准",
)
SHIFT_MONTHS = Parameter(
    "term.shift_months",
    "提前或延期换届一般不超过",
    12,
    "月",
    f"{_ELECTION_RULES}：提前或延长期限一般不超过1年",
)
REMIND_FIRST = Parameter(
    "term.remind_first", "换届第一次提醒", 180, "日", "上级党组织一般提前6个月书面提醒"
)
REMIND_SECOND = Parameter("term.remind_second", "换届第二次提醒", 90, "日", "县级口径")
REMIND_THIRD = Parameter("term.remind_third", "换届第三次提醒", 30, "日", "县级口径")
COMMITTEE_FROM = Parameter(
    "body.committee_from",
    "须设支部委员会的正式党员数",
    7,
    "人",
    f"{_BRANCH_RULES}：正式党员7人以上的党支部应当设立支部委员会",
)
COMMITTEE_LEAST = Parameter(
    "body.committee_least", "支部委员会委员下限", 3, "人", f"{_BRANCH_RULES}：由3至5人组成"
)
COMMITTEE_MOST = Parameter(
    "body.committee_most", "支部委员会委员上限", 7, "人", f"{_BRANCH_RULES}：一般不超过7人"
)
BRANCH_LEAST = Parameter(
    "body.branch_least", "成立党支部的正式党员数", 3, "人", f"{_BRANCH_RULES}：正式党员3人以上"
)
BRANCH_MOST = Parameter(
    "body.branch_most", "党支部党员人数上限", 50, "人", f"{_BRANCH_RULES}：党员一般不超过50人"
)
GENERAL_BRANCH_FROM = Parameter(
    "body.general_branch_from",
    "成立党总支的正式党员数",
    50,
    "人",
    "基层党组织设置规定：正式党员50人以上、不足100人，少于此数须经上级批准",
)
COMMITTEE_KIND_FROM = Parameter(
    "body.committee_kind_from",
    "成立基层党委的正式党员数",
    100,
    "人",
    "基层党组织设置规定：正式党员100人以上，少于此数须经县级以上党委批准",
)
REMINDERS = (REMIND_FIRST, REMIND_SECOND, REMIND_THIRD)


def body_rules_on(day: date) -> BodyRules:
    """The decisions that hold on a day, in one query."""
    found = values(on=day)
    return BodyRules(
        branch_years=found[BRANCH_YEARS.key],
        committee_years=found[COMMITTEE_YEARS.key],
        on_time_days=found[ON_TIME_DAYS.key],
        shift_months=found[SHIFT_MONTHS.key],
        reminders=tuple(sorted((found[one.key] for one in REMINDERS), reverse=True)),
        committee_from=found[COMMITTEE_FROM.key],
        committee_least=found[COMMITTEE_LEAST.key],
        committee_most=found[COMMITTEE_MOST.key],
        branch_least=found[BRANCH_LEAST.key],
        branch_most=found[BRANCH_MOST.key],
        general_branch_from=found[GENERAL_BRANCH_FROM.key],
        committee_kind_from=found[COMMITTEE_KIND_FROM.key],
    )
