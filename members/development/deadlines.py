"""What falls due in development: on the work page before the last day, overdue until it is done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from core.dates import today
from core.deadlines import Deadline
from core.parameters import Parameter
from members.development import editions
from members.development.approving import APPROVE, RECORD
from members.development.progress import progress
from members.models import DevelopmentCase

SHOWN = 100  # the most urgent; the rest stands on the board
REMIND = Parameter(
    "development.remind", "发展党员期限提前提醒", 30, "日", "县级口径：期限届满前一个月提醒"
)


def due(user: Any, until: date) -> Iterator[Deadline]:
    """Steps with a last day that is near or past, of the people within the user's scope."""
    if not (user.has_perm(RECORD) or user.has_perm(APPROVE)):
        return
    day = today()
    ahead = timedelta(days=REMIND.value(on=day))
    rows = (
        DevelopmentCase.objects.visible_to(user)
        .open()
        .filter(next_by__lte=max(until, day + ahead))
        .select_related("person", "organization")
        .prefetch_related("steps")
        .order_by("next_by", "pk")[:SHOWN]
    )
    edition = None
    for case in rows:
        edition = edition or editions.load().on(day)
        found = progress(list(case.steps.all()), edition).due
        if found is not None:
            left = (found.by - day).days
            words = (
                f"还剩 {left} 天" if left > 0 else "今天到期" if not left else f"已超期 {-left} 天"
            )
            yield Deadline(
                on=found.by,
                subject=f"{case.person}（{case.organization}）",
                what=f"发展党员：{found.rule.label}{words}",
                url=reverse("members:development", args=[case.pk]),
                shown_from=found.by - ahead,
            )
