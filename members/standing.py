"""What the party's rules demand of a member's days and home, as sentences; no database."""

from collections.abc import Iterator
from datetime import date

from members.codes import Category, ExitKind, Standing
from organizations.models import OrganizationNature
from organizations.rules import BRANCHES, months_later, years_later

ADULT = 18  # 党章第一条
PROBATION_YEARS = 1  # 党章第七条
FIXED_SINCE = date(1982, 9, 6)  # 十二大党章 in force: one year for everybody since then
LEAST_EXTENSION, MOST_EXTENSION = 6, 12  # months; 党章第七条，发展党员工作细则第三十四条

_STANDINGS = {
    ExitKind.SUSPENDED: Standing.SUSPENDED,
    ExitKind.DECEASED: Standing.DECEASED,
    ExitKind.TRANSFERRED: Standing.MOVED,
    ExitKind.WHOLE: Standing.MOVED,
    ExitKind.OTHER: Standing.OTHER,
}
# Who left so can only be admitted anew (党员教育管理工作条例); a suspension can be lifted.
FINAL = frozenset({Standing.LEFT, Standing.DECEASED})
# A probationary member loses his qualification instead (党章第七条，纪律处分条例).
FULL_ONLY = frozenset({ExitKind.EXPELLED, ExitKind.PERSUADED, ExitKind.REFUSED})

Fault = tuple[str, str]  # field and sentence


def standing_after(kind: str) -> Standing:
    """What a member is after leaving so."""
    return _STANDINGS.get(ExitKind(kind), Standing.LEFT)


def fault_of_exit(kind: str, document: str) -> str:
    """Why an exit of that kind is not simply noted; empty if it is. Names where it is done."""
    if kind == ExitKind.SUSPENDED:
        return (
            "停止党籍须有查找经过和决定：请在“失联党员”登记后逐步办理；"
            "出国（境）逾期未归的，失联情形选“出国（境）”。"
        )
    if kind == ExitKind.TRANSFERRED and not document:
        return "转出须有组织关系介绍信：请在“组织关系转接”开具；补记以前的转出，请填写介绍信编号。"
    return ""


def fault_of_category(kind: str, category: str) -> str:
    """Why a member of that category does not leave so; empty if one may."""
    if kind == ExitKind.CANCELLED and category == Category.FULL:
        return "“取消预备党员资格”只适用于预备党员，正式党员请选择其他减少方式。"
    if kind in FULL_ONLY and category == Category.PROBATIONARY:
        label = ExitKind(kind).label
        return f"“{label}”只适用于正式党员；预备党员不再具备条件的，选择“取消预备党员资格”。"
    return ""


def faults_of_days(
    *, category: str, accepted_on: date | None, confirmed_on: date | None, born_on: date | None
) -> Iterator[Fault]:
    """What is wrong with the days of a member, beyond what the database always refuses."""
    if accepted_on is None:
        return
    if born_on is not None and accepted_on < years_later(born_on, ADULT):
        yield "accepted_on", f"入党时未满{ADULT}周岁，请核对出生日期和入党时间。"
    if category == Category.PROBATIONARY and confirmed_on is not None:
        yield "confirmed_on", "预备党员没有转正时间；已转正的应登记为正式党员。"
    if confirmed_on is not None and confirmed_on < accepted_on:
        yield "confirmed_on", "转正时间不能早于入党时间。"


def doubts_of_days(
    *, category: str, accepted_on: date | None, confirmed_on: date | None
) -> Iterator[str]:
    """What is unusual about the days of a member and may be so all the same."""
    if category == Category.FULL and confirmed_on is None:
        yield (
            "正式党员没有转正时间，党龄无法计算（党章第七条：党龄从预备期满转为正式党员之日算起），"
            "请按转正决议补录。"
        )
    if accepted_on is None or confirmed_on is None or accepted_on < FIXED_SINCE:
        return
    if confirmed_on < probation_end(accepted_on):
        yield (
            "入党到转正不足一年（党章第七条：预备党员的预备期为一年），"
            "请核对入党时间和转正时间；档案确如此记载的可以保留，并在备注中说明。"
        )


def probation_end(accepted_on: date, extension_months: int = 0) -> date:
    """The first day on which the member may be confirmed."""
    return months_later(years_later(accepted_on, PROBATION_YEARS), extension_months)


def fault_of_home(kind: str, nature: str) -> str:
    """Why an organization of that kind and nature holds no memberships; empty if it does."""
    if nature != OrganizationNature.REGULAR:
        return "功能型、临时和流动党员党组织不转接组织关系，请选择正式的党支部。"
    if kind not in BRANCHES:
        return "每名党员应编入一个党支部，请选择党支部或联合党支部。"
    return ""


def full_years(since: date, day: date) -> int:
    """Whole years between two days: 党龄 and age."""
    before = (day.month, day.day) < (since.month, since.day)
    return max(day.year - since.year - before, 0)


def full_months(since: date, day: date) -> int:
    """Whole months between two days, as periods of the rules are counted."""
    months = (day.year - since.year) * 12 + day.month - since.month
    return max(months - (months_later(since, months) > day), 0)
