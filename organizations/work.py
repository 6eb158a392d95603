"""What elections put on a user's work page: requests that came back or wait for a reply."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from core import work
from core.work import Group, Row
from organizations.elections import REVIEW, RUN, may_decide
from organizations.models import ElectionState, TermElection

SHOWN = 20


def register() -> None:
    """Called once when the apps are ready."""
    work.register_rows(Group.RETURNED, returned)
    work.register_rows(Group.WAITING, to_decide)


def returned(user: Any) -> Iterator[Row]:
    """Requests for an election that the superior sent back, each with its reason."""
    if user.has_perm(RUN):
        for one in _in_state(user, ElectionState.RETURNED):
            yield Row(f"{one}（{one.remark}）", _url(one), one.opened_at, "退回", "broken", "改正")


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
