"""学时: classes and meetings that give hours, nothing twice, against 32 and 56 hours a year."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, ActivityKind
from activities.study import studies
from activities.study_rows import rows_of
from core.dates import today
from members.models import Person, Training
from members.talent.services import attend, hold_training
from organizations.models import PartyOrganization
from tests.activities.meeting import hold, kinds, make_branch, minutes
from tests.members.test_posts import appoint, desk
from tests.world import World

pytestmark = pytest.mark.django_db
MAY, JUNE, DAY = date(2025, 5, 6), date(2025, 6, 10), date(2025, 12, 31)


@pytest.fixture
def people(world: World) -> list[Person]:
    return make_branch(world.own_branch, 3)


def taught(world: World, people: list[Person], ends_on: date = MAY, hours: int = 8) -> Training:
    training = hold_training(
        actor=None,
        organization=world.own_branch,
        name=f"{ends_on}党员培训班",
        level="branch",
        audience="members",
        starts_on=ends_on,
        ends_on=ends_on,
        hours=Decimal(hours),
    )
    attend(actor=None, training=training, people=people)
    return training


def met(world: World, people: list[Person], on: date = JUNE, **said: Any) -> Activity:
    """An hour and a half."""
    given = minutes(people, **{"kinds": kinds("lecture"), "held_to": time(16, 30), **said})
    row = hold(world.own_branch, given)
    Activity.objects.filter(pk=row.pk).update(held_on=on, recorded_on=on)
    return row


def hours(person: Person, day: date = DAY) -> Decimal:
    return studies([person.pk], day)[person.pk].hours


def test_classes_and_meetings_add_up(world: World, people: list[Person]) -> None:
    taught(world, people[:1])
    met(world, people, away=1, kinds=kinds("lecture", "training", "theme_day"))
    first, second, third = people
    assert hours(first) == 8  # on leave from the lecture
    assert hours(second) == 2  # ninety minutes, once for all its kinds
    assert hours(second, MAY) == 0
    assert hours(third, date(2026, 12, 31)) == 0


def test_what_gives_no_hours_is_not_counted(world: World, people: list[Person]) -> None:
    met(world, people, kinds=kinds("theme_day"))
    row = met(world, people, on=MAY)
    Activity.objects.filter(pk=row.pk).update(state="returned")
    assert hours(people[0]) == 0
    ActivityKind.objects.filter(key="theme_day").update(gives_hours=True)
    assert hours(people[0]) == 2


def test_a_meeting_on_the_day_of_a_class_counts_with_the_class(
    world: World, people: list[Person]
) -> None:
    taught(world, people[:1], ends_on=JUNE)
    met(world, people)
    assert [hours(one) for one in people[:2]] == [8, 2]


def test_who_made_it_up_has_the_hours(world: World, people: list[Person]) -> None:
    row = met(world, people, away=1)
    row.attendances.filter(person=people[0]).update(made_up_on=date(2025, 7, 1))
    assert hours(people[0]) == 2
    assert hours(people[0], JUNE) == 0


def test_who_leads_owes_more(world: World, people: list[Person]) -> None:
    leader = appoint(world.own_branch, "带头人").person
    found = studies([leader.pk, people[0].pk], DAY)
    assert [one.asked for one in found.values()] == [56, 32]
    taught(world, [leader], hours=60)
    assert [one.missing for one in studies([leader.pk, people[0].pk], DAY).values()] == [0, 32]


def test_branches_are_counted_by_a_fixed_number_of_queries(
    world: World, people: list[Person]
) -> None:
    make_branch(world.joint_branch, 2)
    taught(world, people[:1], hours=40)
    branches: list[PartyOrganization] = [world.own_branch, world.joint_branch]
    counts = []
    for some in (branches[:1], branches):
        with CaptureQueriesContext(connection) as queries:
            rows = rows_of(some, DAY)
        counts.append(len(queries))
    assert [(row.members, row.short, row.secretary) for row in rows] == [(3, 2, None), (2, 2, None)]
    assert counts[0] == counts[1]


def test_hours_stand_with_the_branch_and_with_the_member(
    world: World, people: list[Person]
) -> None:
    taught(world, people[:1], ends_on=today(), hours=33)
    client = desk(world.secretary)
    listed = client.get("/study/").content.decode()
    assert f"/orgs/{world.own_branch.pk}?tab=study" in listed
    assert world.joint_branch.name not in listed
    page = client.get(f"/orgs/{world.own_branch.pk}?tab=study").content.decode()
    assert "其中 2 人还没有达到全年要求" in page
    member = people[0].party_member.pk
    card = client.get(f"/members/{member}?tab=study").content.decode()
    assert f"<td>{today().year}年</td><td>1</td><td>33</td><td>0</td><td>33</td><td>32</td>" in card
    assert f"{today()}党员培训班" in card
    sheet = client.get(f"/duties/{world.own_branch.pk}/check").content.decode()
    assert "1人达到全年学时，2人还不够" in sheet
