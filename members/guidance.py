"""What a county decides about instructors: how many firms each, how often a visit, how long."""

from dataclasses import dataclass
from datetime import date

from core.parameters import Parameter, values

LOAD_LIMIT = Parameter(
    "instructor.load_limit",
    "每名指导员派驻企业数上限",
    5,
    "家",
    "党建指导员工作制度：每人联系4至5家；超过时提醒",
)
VISIT_MONTHS = Parameter(
    "instructor.visit_months",
    "走访企业的间隔",
    3,
    "个月",
    "党建指导员工作要求：每季度至少走访一次",
)
TERM_YEARS = Parameter(
    "instructor.term_years",
    "指导员每届选派年限",
    2,
    "年",
    "县级口径：选派期满重新研究，可以续派",
)
EXPIRY_DAYS = Parameter(
    "instructor.expiry_days", "选派到期前提醒", 30, "日", "县级口径：到期前一个月研究续派或轮换"
)


@dataclass(frozen=True)
class Guidance:
    """The parameters of a day; `visit_months` where an assignment says nothing else."""

    load_limit: int
    visit_months: int
    term_years: int
    expiry_days: int


def guidance_on(day: date) -> Guidance:
    found = values(on=day)
    return Guidance(
        found[LOAD_LIMIT.key],
        found[VISIT_MONTHS.key],
        found[TERM_YEARS.key],
        found[EXPIRY_DAYS.key],
    )
