"""People of an organization find another home before it closes; posts in it end with it."""

from collections.abc import Collection
from datetime import date

from members.models import LeadershipPost, Person
from organizations import closing
from organizations.closing import Departure, Hold, Rows
from organizations.holds import still_held, stop
from organizations.models import PartyOrganization


def register() -> None:
    """Called from AppConfig.ready."""
    closing.register(Hold("persons", "人员", _persons, _stay, _move, dated=False))
    closing.register(Hold("posts", "班子任职", _posts, _end_posts, required=False))


def _persons(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    return list(Person.objects.filter(home_organization=organization).values_list("pk", "name"))


def _stay(departure: Departure, persons: Collection[int]) -> None:
    """Only a rehearsal leaves people behind; it is rolled back."""


def _move(departure: Departure, homes: Rows) -> None:
    for home in set(homes.values()):
        moving = [pk for pk, chosen in homes.items() if chosen == home]
        Person.objects.filter(pk__in=moving).update(home_organization=home)


def _posts(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    posts = still_held(LeadershipPost.objects.filter(organization=organization), on)
    return [(post.pk, str(post)) for post in posts.select_related("person")]


def _end_posts(departure: Departure, posts: Collection[int]) -> None:
    stop(LeadershipPost.objects.filter(pk__in=posts), departure.on)
