"""Figures of secretaries and parks: channels of source, and organizers due against actual."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from core.rates import Rate
from members.models import (
    LeadershipPost,
    ParkOrganizer,
    PostKind,
    SecretarySource,
    TrainingAttendance,
)
from organizations.models import Area, AreaKind, PartyOrganization
from organizations.site_parameters import organizers_due
from organizations.strength import Strength, strengths
from organizations.tree import SEGMENT


@dataclass
class SourceLine:
    """The secretaries of a unit by the channel through which they came."""

    unit: str
    sources: Counter[str] = field(default_factory=Counter)
    full_time: int = 0

    @property
    def total(self) -> int:
        return sum(self.sources.values())

    @property
    def rates(self) -> list[tuple[int, Rate]]:
        """In the order of the channels."""
        return [
            (self.sources[source], Rate(self.sources[source], self.total))
            for source in SecretarySource.values
        ]

    @property
    def full_time_rate(self) -> Rate:
        return Rate(self.full_time, self.total)


def source_lines(user: Any, day: date) -> list[SourceLine]:
    """Units directly below the reader's own, in the order of the tree, then their total."""
    posts = LeadershipPost.objects.visible_to(user).as_of(day).filter(kind=PostKind.SECRETARY)
    rows = posts.order_by("organization__path").values_list(
        "organization__path", "source", "engagement"
    )
    lines: dict[str, SourceLine] = {}
    total = SourceLine("合计")
    for path, source, engagement in rows:
        unit = _unit(path, user.scope.subtrees)
        for line in (lines.setdefault(unit, SourceLine(unit)), total):
            line.sources[source] += 1
            line.full_time += engagement == LeadershipPost.Engagement.FULL_TIME
    names = dict(PartyOrganization.objects.filter(path__in=lines).values_list("path", "name"))
    for path, line in lines.items():
        line.unit = names.get(path, "")
    return [*lines.values(), total]


def _unit(path: str, subtrees: Iterable[str]) -> str:
    """The branch of the tree, one step below the widest of the reader's subtrees."""
    above = [subtree for subtree in subtrees if path.startswith(subtree)]
    return path[: len(min(above, key=len)) + SEGMENT] if above else path


def secretary_reach(
    organizations: Collection[int] | QuerySet[PartyOrganization], day: date
) -> Rate:
    """Of their secretaries in post on that day, those who finished a class this year (I20).

    The share of a unit takes its organizations of all kinds, committees as well as branches.
    """
    posts = LeadershipPost.objects.as_of(day).filter(
        kind=PostKind.SECRETARY, organization__in=organizations
    )
    attended = TrainingAttendance.objects.filter(
        person=OuterRef("person"), training__ends_on__range=(day.replace(month=1, day=1), day)
    )
    trained = Count("person", filter=Q(Exists(attended)), distinct=True)
    found = posts.aggregate(trained=trained, all=Count("person", distinct=True))
    return Rate(found["trained"], found["all"])


@dataclass(frozen=True)
class ParkLine:
    """A park with its organizers; members are unknown where nobody counted them."""

    area: Area
    members: int | None
    due: int
    organizers: tuple[ParkOrganizer, ...]

    @property
    def actual(self) -> int:
        return len(self.organizers)

    @property
    def missing(self) -> int:
        return max(self.due - self.actual, 0)

    @property
    def full_time(self) -> Rate:
        full = ParkOrganizer.Engagement.FULL_TIME
        return Rate(sum(one.engagement == full for one in self.organizers), self.actual)


def park_lines(user: Any, day: date) -> list[ParkLine]:
    """The parks of the reader's scope in their official order."""
    parks = list(
        Area.objects.visible_to(user)
        .filter(kind=AreaKind.PARK, closed_on=None)
        .select_related("committee")
        .order_by("official_order", "code")
    )
    counted = _strengths(parks, day)
    held: dict[int, list[ParkOrganizer]] = {}
    for one in ParkOrganizer.objects.as_of(day).filter(area__in=parks).select_related("person"):
        held.setdefault(one.area_id, []).append(one)
    return [
        ParkLine(
            park,
            members := counted.get(park.committee_id, Strength()).members,
            organizers_due(members or 0, day),
            tuple(held.get(park.pk, ())),
        )
        for park in parks
    ]


def _strengths(parks: list[Area], day: date) -> dict[int, Strength]:
    """Members of the committees that answer for the parks, with all that stands below."""
    below = PartyOrganization.objects.existing(day)
    paths: dict[int, str] = {}
    for park in parks:
        rows = below.filter(path__startswith=park.committee.path)
        paths |= dict(rows.values_list("pk", "path"))
    return strengths(day, paths)
