"""What falls due from meetings: planned ones, and what they gave people to do."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from activities.models import Activity, ActivityDecision, ActivityState
from activities.states import RECORD
from core.deadlines import Deadline

SHOWN = 50


def due(user: Any, until: date) -> Iterator[Deadline]:
    """Planned meetings and open tasks up to that day, the overdue included."""
    if not user.has_perm(RECORD):
        return
    planned = Activity.objects.visible_to(user).filter(
        state__in=[ActivityState.PLANNED, ActivityState.NOTIFIED], planned_on__lte=until
    )
    for one in planned.select_related("organization").order_by("planned_on", "pk")[:SHOWN]:
        assert one.planned_on is not None
        yield Deadline(
            on=one.planned_on,
            subject=str(one.organization),
            what=f"计划的会议：{one.title}",
            url=one.get_absolute_url(),
        )
    tasks = ActivityDecision.objects.visible_to(user).filter(done_on=None, due_on__lte=until)
    for task in tasks.select_related("activity__organization", "owner").order_by("due_on", "pk")[
        :SHOWN
    ]:
        assert task.due_on is not None
        yield Deadline(
            on=task.due_on,
            subject=f"{task.owner}（{task.activity.organization}）",
            what=f"会议决定事项：{task.text}",
            url=reverse("activities:task", args=[task.pk]),
        )
