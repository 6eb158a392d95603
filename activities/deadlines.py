"""What falls due from meetings: those owed or planned, and what they gave people to do."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from activities.branch_year import branch_year
from activities.convening import conveners, missing
from activities.duties import Outcome
from activities.models import Activity, ActivityDecision, ActivityState
from activities.states import RECORD
from core.dates import today
from core.deadlines import Deadline
from organizations.models import PartyOrganization
from organizations.scoping import Reach

SHOWN = 50


def due(user: Any, until: date) -> Iterator[Deadline]:
    """What the own branch owes; planned meetings and open tasks, the overdue included."""
    if not user.has_perm(RECORD):
        return
    yield from _owed(user, until)
    yield from _not_convened(user, until)
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
    yield from _unwritten(user)
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


def _unwritten(user: Any) -> Iterator[Deadline]:
    """What took place and has no record yet."""
    held = Activity.objects.visible_to(user).filter(state=ActivityState.HELD, held_on__isnull=False)
    for one in held.select_related("organization").order_by("held_on", "pk")[:SHOWN]:
        assert one.held_on is not None
        yield Deadline(
            on=one.held_on,
            subject=str(one.organization),
            what=f"已召开未记录：{one.title}",
            url=reverse("activities:activity_record", args=[one.pk]),
        )


def _owed(user: Any, until: date) -> Iterator[Deadline]:
    """Meetings of this period that have no record yet, a press away from the record page."""
    paths, day = user.scope.posts_of(Reach.OWN_BRANCH), today()
    if not paths:
        return
    for branch in PartyOrganization.objects.visible_to(user).existing(day).filter(path__in=paths):
        for cell in branch_year(branch, day.year, day).cells():
            on = cell.period.last
            if cell.outcome is Outcome.DUE and cell.rule.kind and on <= until:
                asked = urlencode({"organization": branch.pk, "kind": cell.rule.key})
                yield Deadline(
                    on=on,
                    subject=str(branch),
                    what=f"{cell.period.label}{cell.rule.name}未记",
                    url=f"{reverse('activities:activity_new')}?{asked}",
                )


def _not_convened(user: Any, until: date) -> Iterator[Deadline]:
    """Joint meetings that the county still owes, the quarters that went by without one too."""
    day = today()
    for committee in conveners(user, day):
        for rule, period in missing(committee, day):
            if period.last <= until:
                asked = urlencode({"organization": committee.pk, "kind": rule.key})
                yield Deadline(
                    on=period.last,
                    subject=str(committee),
                    what=f"{period.label}{rule.name}没有记录",
                    url=f"{reverse('activities:activity_new')}?{asked}",
                    action="去记录",
                )
