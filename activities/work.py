"""What activities put on a user's work page: records that came back, wait or were handed in."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse

from activities.models import Activity, ActivityState, ActivityStep
from activities.states import RECORD, REVIEW, TONES
from core import work
from core.work import Group, Row
from organizations.audience import own_paths

SHOWN = 20


def register() -> None:
    """Called once when the apps are ready."""
    work.register_rows(Group.RETURNED, returned)
    work.register_rows(Group.WAITING, to_review)
    work.register_rows(Group.STARTED, handed_in)


def returned(user: Any) -> Iterator[Row]:
    """Records of the own branch or hand that the committee sent back, each with its reason."""
    if not user.has_perm(RECORD):
        return
    steps = ActivityStep.objects.filter(activity=OuterRef("pk"), state=ActivityState.RETURNED)
    why = Subquery(steps.order_by("-pk").values("reason")[:1])
    mine = Q(created_by=user.pk) | Q(organization__path__in=own_paths(user))
    rows = Activity.objects.visible_to(user).filter(mine, state=ActivityState.RETURNED)
    found = rows.annotate(why=why)
    for one in found.select_related("organization").order_by("held_on", "pk")[:SHOWN]:
        text = f"{one.organization}：{one.title}（{one.why}）"
        url = reverse("activities:activity_record", args=[one.pk])
        yield Row(text, url, one.changed_at, "退回", TONES[ActivityState.RETURNED], "改正")


def to_review(user: Any) -> Iterator[Row]:
    """One row for the whole queue, which is a page of its own."""
    if not user.has_perm(REVIEW):
        return
    queue = Activity.objects.visible_to(user).filter(state=ActivityState.SUBMITTED)
    found = queue.aggregate(count=Count("pk"), since=Min("changed_at"))
    if found["count"]:
        text, url = f"待审核的会议记录 {found['count']:,} 份", reverse("activities:review_queue")
        yield Row(text, url, found["since"], "待审核", "attention", "去审核")


def handed_in(user: Any) -> Iterator[Row]:
    """What the user recorded and the committee has not decided."""
    if not user.has_perm(RECORD):
        return
    found = Activity.objects.visible_to(user).filter(
        created_by=user.pk, state=ActivityState.SUBMITTED
    )
    for one in found.select_related("organization").order_by("-changed_at")[:SHOWN]:
        text, url = f"{one.organization}：{one.title}", one.get_absolute_url()
        yield Row(text, url, one.changed_at, "待审核", TONES[ActivityState.SUBMITTED], "查看")
