"""What elections and ratings put on a user's work page: what came back or waits for a reply."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from core import work
from core.work import Group, Row
from organizations.audience import own_paths
from organizations.elections import REVIEW, RUN, may_decide
from organizations.models import (
    ElectionState,
    Rating,
    RatingState,
    Rectification,
    RectificationState,
    TermElection,
)
from organizations.services.ratings import RATE

SHOWN = 20


def register() -> None:
    """Called once when the apps are ready."""
    work.register_rows(Group.RETURNED, returned)
    work.register_rows(Group.RETURNED, ratings_returned)
    work.register_rows(Group.RETURNED, rectifications_returned)
    work.register_rows(Group.WAITING, to_decide)


def returned(user: Any) -> Iterator[Row]:
    """Requests for an election that the superior sent back, each with its reason."""
    if user.has_perm(RUN):
        for one in _in_state(user, ElectionState.RETURNED):
            yield Row(f"{one}（{one.remark}）", _url(one), one.opened_at, "退回", "broken", "改正")


def ratings_returned(user: Any) -> Iterator[Row]:
    """The own marks that the superior gave back."""
    if not user.has_perm(RATE):
        return
    rows = Rating.objects.visible_to(user).filter(
        state=RatingState.RETURNED, organization__path__in=own_paths(user)
    )
    for one in rows.select_related("organization", "scheme").order_by("submitted_on", "pk")[:SHOWN]:
        url = reverse("organizations:rating_self", args=[one.pk])
        yield Row(f"{one}（{one.reason}）", url, None, "退回", "broken", "改正")


def rectifications_returned(user: Any) -> Iterator[Row]:
    """What was reported as put right and is not."""
    if not user.has_perm(RATE):
        return
    rows = (
        Rectification.objects.visible_to(user)
        .filter(state=RectificationState.OPEN, organization__path__in=own_paths(user))
        .exclude(return_reason="")
    )
    for one in rows.select_related("organization", "criterion").order_by("due_on", "pk")[:SHOWN]:
        url = reverse("organizations:rectification_report", args=[one.pk])
        yield Row(f"{one}（{one.return_reason}）", url, None, "退回", "broken", "改正")


def to_decide(user: Any) -> Iterator[Row]:
    """Requests and results from bodies below, which the user replies to."""
    if not user.has_perm(REVIEW):
        return
    for one in _in_state(user, ElectionState.SUBMITTED, ElectionState.HELD):
        if may_decide(user, one.organization):
            yield Row(
                str(one), _url(one), one.opened_at, one.get_state_display(), "attention", "批复"
            )


def _in_state(user: Any, *states: ElectionState) -> list[TermElection]:
    found = TermElection.objects.visible_to(user).filter(state__in=states)
    return list(found.select_related("organization").order_by("opened_at")[:SHOWN])


def _url(one: TermElection) -> str:
    return reverse("organizations:election", args=[one.pk])
