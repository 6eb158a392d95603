"""People of an organization find another home before it closes; posts in it end with it."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError

from core.dates import today
from members.codes import EntryKind, ExitKind
from members.models import DevelopmentCase, LeadershipPost, Membership, Person
from members.standing import fault_of_home
from organizations import closing
from organizations.closing import Departure, Hold, Rows
from organizations.holds import hand_on, still_held, stop
from organizations.models import PartyOrganization

MEMBERS = "memberships"


def register() -> None:
    """Called from AppConfig.ready."""
    closing.register(Hold("persons", "人员", _persons, _stay, _move, dated=False))
    closing.register(Hold(MEMBERS, "党员组织关系", _members, _leave_members, _move_members))
    closing.register(Hold("posts", "班子任职", _posts, _end_posts, required=False))


def _persons(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    return list(Person.objects.filter(home_organization=organization).values_list("pk", "name"))


def _stay(departure: Departure, persons: Collection[int]) -> None:
    """Only a rehearsal leaves people behind; it is rolled back."""


def _move(departure: Departure, homes: Rows) -> None:
    for home in set(homes.values()):
        moving = [pk for pk, chosen in homes.items() if chosen == home]
        Person.objects.filter(pk__in=moving).update(home_organization=home)
        DevelopmentCase.objects.open().filter(person__in=moving).update(organization=home)


def _members(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    rows = still_held(Membership.objects.filter(organization=organization), on)
    return list(rows.values_list("pk", "member__person__name"))


def _leave_members(departure: Departure, memberships: Collection[int]) -> None:
    """Only a rehearsal leaves members behind; it is rolled back."""


def _move_members(departure: Departure, homes: Rows) -> None:
    """整建制: the relations go over together, on the day of the act."""
    for home in set(homes.values()):
        if fault := fault_of_home(home.kind, home.nature):
            raise ValidationError({MEMBERS: fault})
    rows = Membership.objects.filter(pk__in=homes)
    hand_on(
        still_held(rows, departure.on),
        departure.on,
        lambda row: {
            "organization": homes.get(row.pk, row.organization),
            "entry_kind": EntryKind.WHOLE,
            "document": departure.document,
        },
        {"exit_kind": ExitKind.WHOLE, "reason": departure.reason},
    )
    if departure.on <= today():
        for home in set(homes.values()):
            moved = [pk for pk, chosen in homes.items() if chosen == home]
            Person.objects.filter(party_member__memberships__in=moved).update(
                home_organization=home
            )


def _posts(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    posts = still_held(LeadershipPost.objects.filter(organization=organization), on)
    return [(post.pk, str(post)) for post in posts.select_related("person")]


def _end_posts(departure: Departure, posts: Collection[int]) -> None:
    stop(LeadershipPost.objects.filter(pk__in=posts), departure.on)
