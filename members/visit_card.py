"""What an instructor should know before a visit: what changed, what is open, what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from core.audit import HistoryLine, history_of
from core.dates import today
from core.deadlines import Deadline
from core.templatetags.ui import day as shown_day
from enterprises.models import CoverageLink, EnterpriseRequest, FormationPlan
from members.guidance import guidance_on
from members.models import InstructorAssignment, InstructorVisit
from members.rhythm import visits_due_in_year
from members.services.instructors import CHANGE
from organizations.models import LeadershipTerm

CHANGES, REQUESTS, VISITS = 8, 10, 10
AHEAD = timedelta(days=180)  # how far ahead a card looks


@dataclass(frozen=True)
class Due:
    """Something at the enterprise with its day; `is_late` once the day has passed."""

    on: date
    what: str
    is_late: bool


@dataclass(frozen=True)
class Card:
    """`since` is the latest visit, or the sending; changes and links are those after it."""

    since: date
    expected: int
    visited: int
    changes: list[HistoryLine]
    links: list[CoverageLink]
    requests: list[EnterpriseRequest]
    due: list[Due]
    visits: list[InstructorVisit]


def card_of(assignment: Any, user: Any, day: date) -> Card:
    """The card of an assignment `with_rhythm`, within what the user may see."""
    since = assignment.last_visit or assignment.valid_from
    enterprise = assignment.enterprise
    links = CoverageLink.objects.filter(enterprise=enterprise).select_related("organization")
    requests = EnterpriseRequest.objects.visible_to(user).filter(
        enterprise=enterprise, ended_on__isnull=True
    )
    visits = assignment.visits.select_related("recorded_by", "request")
    changes = [line for line in history_of(enterprise) if line.at.date() >= since]
    moved = Q(valid_from__gt=since) | Q(valid_to__gt=since, valid_to__lte=day)
    return Card(
        since=since,
        expected=expected(assignment, day),
        visited=assignment.visited,
        changes=changes[:CHANGES],
        links=list(links.filter(moved)),
        requests=list(requests.order_by("received_on", "pk")[:REQUESTS]),
        due=sorted(_due(assignment, day), key=lambda one: one.on),
        visits=list(visits[:VISITS]),
    )


def expected(assignment: Any, day: date) -> int:
    """Visits that fell due this year, of an assignment `with_rhythm`."""
    return visits_due_in_year(assignment.valid_from, assignment.valid_to, day, assignment.interval)


def _due(assignment: Any, day: date) -> Iterator[Due]:
    until = day + AHEAD
    if assignment.valid_to is None or assignment.next_due < assignment.valid_to:
        yield Due(assignment.next_due, "走访这家企业", assignment.next_due < day)
    if assignment.valid_to is not None and assignment.valid_to <= until:
        yield Due(assignment.valid_to, "本届选派到期，研究续派或轮换", assignment.valid_to <= day)
    plans = FormationPlan.objects.unfinished().filter(
        enterprise=assignment.enterprise_id, planned_on__isnull=False
    )
    for plan in plans:
        assert plan.planned_on is not None
        yield Due(
            plan.planned_on, f"建立党组织（{plan.get_state_display()}）", plan.is_overdue(day)
        )
    covering = CoverageLink.objects.as_of(day).filter(enterprise=assignment.enterprise_id)
    terms = LeadershipTerm.objects.as_of(day).filter(
        organization__in=covering.values("organization"), expires_on__lte=until
    )
    for term in terms.select_related("organization"):
        yield Due(term.expires_on, f"{term.organization}换届", term.expires_on < day)


def visits_to_make(user: Any, until: date) -> Iterator[Deadline]:
    """An instructor's own next visits on his work page; of others the list speaks."""
    day = today()
    own = InstructorAssignment.objects.as_of(day).filter(instructor__user=user.pk)
    rows = own.with_rhythm(day, guidance_on(day).visit_months).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=F("next_due")), next_due__lte=until
    )
    for row in rows.select_related("enterprise").order_by("next_due"):
        yield Deadline(
            on=row.next_due,
            subject=str(row.enterprise),
            what=f"走访企业（最近走访：{shown_day(row.last_visit) or '还没有'}）",
            url=row.get_absolute_url(),
        )


def terms_to_renew(user: Any, until: date) -> Iterator[Deadline]:
    """Terms that end soon, for those who send instructors."""
    if not user.has_perm(CHANGE):
        return
    day = today()
    warning = timedelta(days=guidance_on(day).expiry_days)
    rows = (
        InstructorAssignment.objects.visible_to(user)
        .as_of(day)
        .filter(valid_to__lte=max(until, day + warning), end_reason="")
    )
    later = InstructorAssignment.objects.filter(valid_from__gt=day).values("instructor")
    for row in (
        rows.exclude(instructor__in=later)
        .select_related("enterprise", "instructor__person")
        .order_by("valid_to")[:100]
    ):
        assert row.valid_to is not None
        yield Deadline(
            on=row.valid_to,
            subject=str(row.enterprise),
            what=f"指导员{row.instructor}选派到期",
            url=row.get_absolute_url(),
            shown_from=row.valid_to - warning,
        )
