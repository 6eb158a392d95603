"""The dues of members month by month, read with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When

from members.dues import reckoning
from members.dues.parameters import rules_of
from members.dues.reckoning import Assessment, Base, Relief, Rules, Standing
from members.models import (
    DuesBase,
    DuesRecord,
    DuesRelief,
    LeadershipPost,
    Membership,
    PartyMember,
    PostKind,
)

NOTHING = Decimal("0.00")
Timed = TypeVar("Timed", DuesBase, DuesRelief)


@dataclass(frozen=True)
class Cell:
    """One month of a member in a branch."""

    month: date
    standing: Standing
    assessment: Assessment | None = None
    record: DuesRecord | None = None

    @property
    def due(self) -> Decimal:
        """What counts as due; months that do not count are nothing."""
        if self.record is not None:
            return self.record.due or NOTHING
        owes = self.standing in {Standing.OWED, Standing.OPEN}
        return self.assessment.due if owes and self.assessment else NOTHING

    @property
    def paid(self) -> Decimal:
        return self.record.paid if self.record else NOTHING

    @property
    def owed(self) -> Decimal:
        """Arrears: what was due and has not come, once the month is over."""
        if self.standing is Standing.OWED and self.assessment:
            return self.assessment.due
        return self.due - self.paid if self.standing is Standing.SHORT else NOTHING


@dataclass(frozen=True)
class Row:
    """A member in the branch `organization_id` over the months asked for."""

    member: PartyMember
    organization_id: int
    cells: tuple[Cell, ...]

    @property
    def latest(self) -> Assessment | None:
        """The last assessment of the months, which heads the line."""
        found = [cell.assessment for cell in self.cells if cell.assessment]
        return found[-1] if found else None

    @property
    def due(self) -> Decimal:
        return sum((cell.due for cell in self.cells), NOTHING)

    @property
    def paid(self) -> Decimal:
        return sum((cell.paid for cell in self.cells), NOTHING)

    @property
    def owed(self) -> Decimal:
        return sum((cell.owed for cell in self.cells), NOTHING)


def held_in(months: Sequence[date], **where: object) -> QuerySet[Membership]:
    """Memberships that fall into the months, for `rows_of`."""
    rows: QuerySet[Membership] = Membership.objects.filter(_in(months), **where)
    return rows


def rows_of(memberships: Iterable[Membership], months: Sequence[date], day: date) -> list[Row]:
    """One row for each member and branch of the memberships, in their order.

    They come with `member__person` and cover all that falls into the months.
    """
    held = {(one.member_id, one.organization_id): one.member for one in memberships}
    ledger = _Ledger([member for member, _ in held], months, day)
    first = first_months({organization for _, organization in held})
    return [
        Row(
            member,
            organization,
            tuple(
                ledger.cell(pk, organization, month, first.get(organization), day)
                for month in months
            ),
        )
        for (pk, organization), member in held.items()
    ]


def first_months(organizations: Iterable[int]) -> dict[int, date]:
    """From which month each branch keeps its dues here; those that do not are left out."""
    rows = DuesRecord.objects.filter(organization__in=list(organizations)).order_by()
    return dict(rows.values_list("organization").annotate(Min("month")))


def posts_first(memberships: QuerySet[Membership], day: date) -> list[Membership]:
    """Who leads the branch first, the others by the sound of their names."""
    rows = memberships.select_related("member__person").order_by(
        "member__person__search_key", "member_id", "valid_from"
    )
    held = LeadershipPost.objects.as_of(day).filter(
        organization__in=memberships.values("organization")
    )
    places = (When(kind=kind, then=Value(place)) for place, kind in enumerate(PostKind))
    ranked = held.annotate(place=Case(*places, output_field=IntegerField()))
    rank = {(one.person_id, one.organization_id): one.place for one in ranked.order_by("-place")}
    return sorted(
        rows, key=lambda row: rank.get((row.member.person_id, row.organization_id), len(PostKind))
    )


class _Ledger:
    """Everything about the dues of some members in some months."""

    def __init__(self, members: list[int], months: Sequence[date], day: date) -> None:
        self.rules: dict[date, Rules] = rules_of(months)
        whose = {"member__in": members}
        self.homes: dict[int, list[tuple[date, date | None, int]]] = defaultdict(list)
        homes = Membership.objects.filter(_in(months), **whose).order_by("valid_from")
        for pk, since, until, organization in homes.values_list(
            "member", "valid_from", "valid_to", "organization"
        ):
            self.homes[pk].append((since, until, organization))
        self.bases: dict[int, list[DuesBase]] = defaultdict(list)
        for base in DuesBase.objects.filter(_in(months), **whose).order_by("valid_from"):
            self.bases[base.member_id].append(base)
        self.reliefs: dict[int, list[DuesRelief]] = defaultdict(list)
        approved = DuesRelief.objects.filter(_in(months), state="approved", **whose)
        for relief in approved.order_by("valid_from"):
            self.reliefs[relief.member_id].append(relief)
        records = DuesRecord.objects.filter(month__in=months, paid_on__lte=day, **whose)
        self.records = {(one.member_id, one.month): one for one in records}

    def cell(
        self, member: int, organization: int, month: date, first: date | None, day: date
    ) -> Cell:
        record = self.records.get((member, month))
        home = record.organization_id if record else self._home(member, month)
        if home != organization:
            return Cell(month, Standing.AWAY)
        assessment = self._assessment(member, month)
        if record is not None and record.due is not None:
            relief = assessment.relief if assessment else None
            assessment = Assessment(record.due, record.due, record.rate, record.base, relief)
        started = first or reckoning.month_of(day)
        state = reckoning.standing(assessment, record.paid if record else None, month, started, day)
        return Cell(month, state, assessment, record)

    def _home(self, member: int, month: date) -> int | None:
        """Who takes the dues of the month: where the relation was held last in it."""
        held = [
            organization
            for since, until, organization in self.homes[member]
            if since < reckoning.next_month(month) and (until is None or until > month)
        ]
        return held[-1] if held else None

    def _assessment(self, member: int, month: date) -> Assessment | None:
        base = _of_month(self.bases[member], month)
        relief = _of_month(self.reliefs[member], month)
        if base is None:
            return None
        return reckoning.assess(
            self.rules[month],
            Base(base.payer, base.amount),
            Relief(relief.amount, relief.document) if relief else None,
        )


def _of_month(rows: list[Timed], month: date) -> Timed | None:
    fitting = (row for row in rows if row.valid_from <= month and _lasts(row.valid_to, month))
    return next(fitting, None)


def _lasts(until: date | None, month: date) -> bool:
    return until is None or until > month


def _in(months: Sequence[date]) -> Q:
    """Dated rows that hold on some day of the months."""
    ends = Q(valid_to__isnull=True) | Q(valid_to__gt=months[0])
    return Q(valid_from__lt=reckoning.next_month(months[-1])) & ends
