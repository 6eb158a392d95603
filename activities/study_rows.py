"""Branches with how many of their members lack hours and whether the secretary was trained."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from activities.study import Study, members_of, studies
from members.models import LeadershipPost, PostKind
from organizations.models import PartyOrganization


@dataclass(frozen=True)
class Row:
    """A branch; `secretary` says how often its secretary was trained, None without one."""

    branch: PartyOrganization
    members: int
    short: int
    secretary: int | None

    @property
    def url(self) -> str:
        return reverse("organizations:organization", args=[self.branch.pk]) + "?tab=study"


def rows_of(branches: Iterable[PartyOrganization], day: date) -> list[Row]:
    """By a fixed number of statements."""
    asked = list(branches)
    keys = [branch.pk for branch in asked]
    members = members_of(keys, day)
    held = LeadershipPost.objects.as_of(day).filter(organization__in=keys, kind=PostKind.SECRETARY)
    secretaries = dict(held.values_list("organization", "person"))
    people = {person for own in members.values() for person in own} | set(secretaries.values())
    found = studies(people, day)
    return [_row(branch, members.get(branch.pk, []), secretaries, found) for branch in asked]


def _row(
    branch: PartyOrganization,
    members: list[int],
    secretaries: dict[int, int],
    found: dict[int, Study],
) -> Row:
    secretary = secretaries.get(branch.pk)
    return Row(
        branch,
        len(members),
        sum(1 for person in members if found[person].missing),
        found[secretary].times if secretary is not None else None,
    )
