"""The reminder rules that a new database begins with; a county changes or stops them."""

from typing import Any

from django.db import connections

from accounts.models import ReminderRule
from core.dates import today

SECRETARY, ORGANIZER, CLERK = "branch_secretary", "organizer", "county_clerk"
# name, kind of deadline, days before, whom, whom above when it is late, and after how many days
_RULES: tuple[tuple[str, str, int, list[str], str, int], ...] = (
    ("换届提前六个月", "elections", 180, [SECRETARY, ORGANIZER], "", 7),
    ("换届提前三个月", "elections", 90, [SECRETARY, ORGANIZER], "", 7),
    ("换届提前一个月", "elections", 30, [SECRETARY], ORGANIZER, 1),
    ("组织生活提前五天", "activities", 5, [SECRETARY], ORGANIZER, 15),
    ("发展党员提前一周", "development", 7, [SECRETARY], ORGANIZER, 7),
    ("组织关系和流动党员提前一周", "flow", 7, [SECRETARY], "", 7),
    ("阵地整改和复核提前一周", "sites", 7, [SECRETARY, ORGANIZER], "", 7),
    ("企业诉求提前三天", "requests", 3, [ORGANIZER, CLERK], "", 7),
    ("组建党组织提前一周", "formation", 7, [ORGANIZER], CLERK, 7),
    ("指导员走访提前三天", "visits", 3, ["instructor"], "", 7),
    ("指导员选派到期提前一个月", "assignments", 30, [ORGANIZER, CLERK], "", 7),
)


def after_migrate(*, using: str = "default", **_: Any) -> None:
    """Runs after each migration; where there are rules already, nothing is added."""
    if ReminderRule._meta.db_table not in connections[using].introspection.table_names():
        return
    if ReminderRule.objects.using(using).exists():
        return
    ReminderRule.objects.using(using).bulk_create(
        ReminderRule(
            name=name,
            event=event,
            offset=offset,
            audience=audience,
            escalation_role=above,
            escalation_days=late,
            since=today(),
        )
        for name, event, offset, audience, above, late in _RULES
    )
