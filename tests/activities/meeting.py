"""A branch of eight that meets: what tests of activities share."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from activities.models import Activity, ActivityKind
from activities.services import recording
from activities.services.minutes import Minutes, Presence
from core.dates import today
from members.codes import Category
from members.models import Membership, Person
from organizations.models import PartyOrganization
from tests.builders import make_full_member, make_person

SINCE = date(2020, 1, 1)
YESTERDAY = today() - timedelta(days=1)
NAMES = "甲乙丙丁戊己庚辛"


def make_branch(organization: PartyOrganization, size: int = 8) -> list[Person]:
    """That many members since SINCE; the last of them is on probation."""
    people = []
    for number in range(size):
        person = make_person(f"{organization.name[:2]}{NAMES[number]}", home=organization)
        on_probation = number == size - 1
        facts: dict[str, Any] = (
            {"category": Category.PROBATIONARY, "accepted_on": SINCE, "confirmed_on": None}
            if on_probation
            else {}
        )
        Membership.objects.create(
            member=make_full_member(person, **facts),
            organization=organization,
            valid_from=SINCE,
            entry_kind="transferred",
        )
        people.append(person)
    return people


def kinds(*keys: str) -> list[ActivityKind]:
    return list(ActivityKind.objects.filter(key__in=keys))


def minutes(people: list[Person], *, away: int = 0, **facts: Any) -> Minutes:
    """A meeting of members yesterday from three to four, the first `away` of them on leave."""
    said = {
        person.pk: Presence(came=number >= away, reason="" if number >= away else "travel")
        for number, person in enumerate(people)
    }
    given = Minutes(
        kinds=kinds("member_meeting"),
        title="学习上级会议精神",
        held_on=YESTERDAY,
        held_from=time(15),
        held_to=time(16),
        place="会议室",
        presences=said,
    )
    return replace(given, **facts)


def hold(
    organization: PartyOrganization, given: Minutes, actor: Any = None, *, submit: bool = True
) -> Activity:
    return recording.record(
        actor=actor, organization=organization, token=uuid4(), minutes=given, submit=submit
    )


def fields(page: Any, **facts: Any) -> dict[str, Any]:
    """What the browser would send of a page as it came, with what was typed."""
    names = {f"came-{one.seat.person.pk}": "on" for one in page.context["names"] if one.came}
    initial = page.context["form"].initial
    kept = ("held_on", "held_from", "held_to", "place", "chair", "recorder", "title")
    basis = {name: initial.get(name, "") for name in kept}
    whole = {name: page.context[name] for name in ("token", "stamp", "opened")}
    return {**basis, **names, **whole, **facts}


def key(name: str) -> int:
    return kinds(name)[0].pk
