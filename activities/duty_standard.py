"""The duties as the product brings them, put into the table where it is empty."""

from datetime import date
from typing import Any

from django.db import connections

from activities.duties import Applies
from activities.models import ActivityKind, Duty
from core.periods import PeriodKind

ALWAYS = date(2000, 1, 1)
BRANCH_RULES = "《中国共产党支部工作条例（试行）》"
TRAINING_RULES = "《中国共产党党员教育管理工作条例》：书记每年至少参加1次集中培训"
_DUTIES = (
    (
        "member_meeting",
        PeriodKind.QUARTER,
        Applies.BRANCH,
        f"{BRANCH_RULES}：支部党员大会一般每季度召开1次",
    ),
    (
        "committee_meeting",
        PeriodKind.MONTH,
        Applies.COMMITTEE,
        f"{BRANCH_RULES}：支部委员会会议一般每月召开1次",
    ),
    (
        "group_meeting",
        PeriodKind.MONTH,
        Applies.GROUPS,
        f"{BRANCH_RULES}：党小组会一般每月召开1次",
    ),
    ("lecture", PeriodKind.QUARTER, Applies.BRANCH, "县级口径：条例只要求定期开展党课，按季度安排"),
    (
        "theme_day",
        PeriodKind.MONTH,
        Applies.BRANCH,
        f"{BRANCH_RULES}：每月相对固定1天开展主题党日",
    ),
    (
        "life_meeting",
        PeriodKind.YEAR,
        Applies.BRANCH,
        f"{BRANCH_RULES}：组织生活会每年至少召开1次",
    ),
    (
        "appraisal",
        PeriodKind.YEAR,
        Applies.BRANCH,
        f"{BRANCH_RULES}：一般每年开展1次民主评议党员",
    ),
    (
        "talk",
        PeriodKind.YEAR,
        Applies.BRANCH,
        f"{BRANCH_RULES}：谈心谈话每年一般不少于1次",
    ),
    (
        "joint_meeting",
        PeriodKind.QUARTER,
        Applies.CONVENER,
        "县级口径：联席会议每季度至少召开1次",
    ),
)


def after_migrate(*, using: str = "default", **_: Any) -> None:
    """Runs after each migration and after the kinds; a county's own rows are left alone."""
    if Duty._meta.db_table not in connections[using].introspection.table_names():
        return
    if Duty.objects.using(using).exists():
        return
    kinds = {kind.key: kind for kind in ActivityKind.objects.using(using)}
    rows = [
        Duty(kind=kinds[key], every=every, applies=applies, source=source, valid_from=ALWAYS)
        for key, every, applies, source in _DUTIES
        if key in kinds
    ]
    training = Duty(every=PeriodKind.YEAR, source=TRAINING_RULES, valid_from=ALWAYS)
    Duty.objects.using(using).bulk_create([*rows, training])
