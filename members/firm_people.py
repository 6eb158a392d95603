"""The members of each enterprise on a day, as the yearly ledger divides them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from core.validity import valid_on
from enterprises.models import CoverageLink
from members.codes import EntryKind, JobClass
from members.models import Employment, Membership
from organizations.rules import years_later

YOUNG = 35  # years, those of this age included
LATELY = 3  # years of development


@dataclass(frozen=True)
class FirmPeople:
    """`members` have their relation in the organization of the enterprise, `elsewhere` not."""

    members: int
    young: int
    managers: int
    professionals: int
    front_line: int
    developed: int
    elsewhere: int


def people_of(covered: Mapping[int, int], day: date) -> dict[int, FirmPeople]:
    """By enterprise (enterprise → its organization), where the organization keeps its members.

    A branch of one enterprise has no members of others; of a joint one those who work there.
    """
    homes = set(covered.values())
    held = (
        Membership.objects.as_of(day)
        .filter(organization__in=homes)
        .select_related("member__person")
    )
    by_home: dict[int, dict[int, Membership]] = {}
    for one in held:
        by_home.setdefault(one.organization_id, {})[one.member.person_id] = one
    works: dict[int, set[int]] = {}
    member = Q(person__party_member__standing="active") | valid_on(
        day, "person__party_member__memberships__"
    )
    rows = Employment.objects.as_of(day).filter(member, enterprise__in=covered)
    for enterprise, person in rows.values_list("enterprise", "person").distinct():
        works.setdefault(enterprise, set()).add(person)
    several = _several(covered, day)
    return {
        enterprise: _people(by_home[home], works.get(enterprise, set()), home in several, day)
        for enterprise, home in covered.items()
        if home in by_home
    }


def _several(covered: Mapping[int, int], day: date) -> set[int]:
    """Organizations that cover more than one enterprise on the day."""
    links = CoverageLink.objects.as_of(day).filter(organization__in=set(covered.values()))
    counts = Counter(links.values_list("organization", flat=True))
    return {home for home, count in counts.items() if count > 1}


def _people(
    held: Mapping[int, Membership], here: set[int], is_joint: bool, day: date
) -> FirmPeople:
    own = [one for person, one in held.items() if not is_joint or person in here]
    jobs = [one.member.person.job_class for one in own]
    young, since = years_later(day, -YOUNG - 1), years_later(day, -LATELY)
    return FirmPeople(
        members=len(own),
        young=sum(_is_after(one.member.person.born_on, young) for one in own),
        managers=jobs.count(JobClass.MANAGER),
        professionals=jobs.count(JobClass.PROFESSIONAL),
        front_line=jobs.count(JobClass.FRONT_LINE),
        developed=sum(
            one.entry_kind == EntryKind.DEVELOPED and one.member.accepted_on > since for one in own
        ),
        elsewhere=len(here - held.keys()),
    )


def _is_after(day: date | None, limit: date) -> bool:
    return day is not None and day > limit
