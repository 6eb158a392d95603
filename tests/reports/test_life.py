"""Completion of organization life by unit: the number, its reproduction, the bridge, the page."""

from datetime import date, time

import pytest
from django.test import Client

from activities.models import Activity, ActivityKind
from core.rates import Rate
from organizations.models import PartyOrganization
from reports.life import FELL_DUE, MADE_UP, life_bridge, life_on
from reports.units import Unit, units_on
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2026, 4, 10), date(2026, 5, 10)


@pytest.fixture
def world() -> World:
    return build_world()


def meet(branch: PartyOrganization, on: date, recorded_on: date) -> None:
    activity = Activity.objects.create(
        organization=branch,
        title="会议",
        held_on=on,
        held_from=time(9),
        held_to=time(10),
        recorded_on=recorded_on,
        state="submitted",
    )
    activity.kinds.set(ActivityKind.objects.filter(key="theme_day"))


def unit_of(world: World, day: date) -> Unit:
    return next(unit for unit in units_on(day) if unit.area == world.park)


def test_a_past_day_shows_what_was_known_then(world: World) -> None:
    meet(world.own_branch, date(2026, 2, 5), recorded_on=date(2026, 2, 6))
    meet(world.own_branch, date(2026, 3, 5), recorded_on=MAY)
    park = unit_of(world, APRIL)

    assert life_on(APRIL).of(park).rate == Rate(1, 5)
    assert life_on(MAY).of(park).rate == Rate(2, 6)
    assert life_on(MAY).of(park).added == 1


def test_the_bridge_adds_up(world: World) -> None:
    meet(world.own_branch, date(2026, 2, 5), recorded_on=date(2026, 2, 6))
    meet(world.own_branch, date(2026, 3, 5), recorded_on=MAY)
    meet(world.own_branch, date(2026, 4, 20), recorded_on=date(2026, 4, 20))
    park = unit_of(world, MAY)

    found = life_bridge(park, life_on(APRIL), life_on(MAY))

    assert [(step.label, step.numerator, step.denominator) for step in found.steps] == [
        (MADE_UP, 1, 0),
        (FELL_DUE, 1, 1),
    ]
    assert found.before.numerator + 2 == found.after.numerator
    assert found.before.denominator + 1 == found.after.denominator


def test_the_page_shows_units_within_scope_and_leads_to_the_branches(
    client: Client, world: World
) -> None:
    client.force_login(world.clerk)
    page = client.get("/board/life", {"as_of": "2026-05-10", "since": "2026-04-10"})
    text = page.content.decode()
    client.force_login(world.east_officer)
    east = client.get("/board/life", {"as_of": "2026-05-10"}).content.decode()

    assert "各单位逾期" in text
    assert f"unit={world.park_committee.pk}" in text
    assert "新到期的事项：分子 +0" in text
    assert str(world.park) not in east
