"""One branch's year: each duty with each of its periods, what became of it and by which meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from activities.convening import convening_spans
from activities.duties import (
    Branch,
    Deed,
    Outcome,
    Rule,
    Span,
    completion,
    counting,
    outcome,
    periods,
)
from activities.models import Activity, PartyGroup
from activities.parameters import RECORD_DAYS
from activities.year import COMMITTEE_POSTS, all_rules
from core.periods import Period
from core.rates import Rate
from members.models import LeadershipPost, PostKind, TrainingAttendance
from members.models.post import IN_FORCE
from organizations.models import OrganizationPeriod, PartyOrganization
from organizations.rules import APPOINTED, BRANCHES


@dataclass(frozen=True)
class Cell:
    """`deeds` are those that count, in the order in which they were held."""

    rule: Rule
    period: Period
    outcome: Outcome
    deeds: tuple[Deed, ...]

    @property
    def missing(self) -> int:
        return max(self.rule.times - len(self.deeds), 0)


@dataclass(frozen=True)
class Line:
    rule: Rule
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class BranchYear:
    lines: tuple[Line, ...]
    rate: Rate

    def cells(self) -> Iterable[Cell]:
        return (cell for line in self.lines for cell in line.cells)


def branch_year(organization: PartyOrganization, year: int, day: date) -> BranchYear:
    branch, deeds = branch_of(organization), deeds_of(organization, year)
    grace = RECORD_DAYS.value(on=day)
    lines = []
    for rule in all_rules(year):
        cells = [
            Cell(
                rule,
                period,
                outcome(rule, period, branch, deeds, day=day, grace=grace),
                tuple(counting(rule, period, deeds, day)),
            )
            for period in periods(rule.every, year)
        ]
        if any(cell.outcome is not Outcome.NOT_REQUIRED for cell in cells):
            lines.append(Line(rule, tuple(cells)))
    judged = [(cell.period, cell.outcome) for line in lines for cell in line.cells]
    return BranchYear(tuple(lines), completion(judged, day))


def branch_of(organization: PartyOrganization) -> Branch:
    """When the organization was a branch with members of its own, had a committee, had groups.

    What is no branch today may answer for a county.
    """
    own = {"organization": organization}
    stood = OrganizationPeriod.objects.filter(**own, kind__in=BRANCHES)
    posts = LeadershipPost.objects.filter(IN_FORCE, **own, kind__in=COMMITTEE_POSTS)
    return Branch(
        _spans(stood.exclude(nature__in=APPOINTED)),
        _spans(posts),
        _spans(PartyGroup.objects.filter(**own)),
        () if organization.kind in BRANCHES else convening_spans(organization),
    )


def _spans(rows: Iterable[OrganizationPeriod | LeadershipPost | PartyGroup]) -> tuple[Span, ...]:
    return tuple(Span(row.valid_from, row.valid_to) for row in rows)


def deeds_of(organization: PartyOrganization, year: int) -> list[Deed]:
    """The counted meetings of the year, once for each of their kinds, and trained secretaries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    held = (
        Activity.objects.filter(organization=organization)
        .counted()
        .held_between(first, last)
        .order_by("held_on", "pk")
        .values_list("kinds", "held_on", "recorded_on", "pk")
    )
    trained = TrainingAttendance.objects.filter(
        Q(person__posts__valid_to=None) | Q(person__posts__valid_to__gt=F("training__ends_on")),
        training__ends_on__range=(first, last),
        person__posts__organization=organization,
        person__posts__kind=PostKind.SECRETARY,
        person__posts__state="in_force",
        person__posts__valid_from__lte=F("training__ends_on"),
    ).values_list("training__ends_on", flat=True)
    meetings = [Deed(*row) for row in held if row[0] is not None]
    return meetings + [Deed(None, on, on) for on in trained]
