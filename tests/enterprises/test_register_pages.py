"""The register as officers of different units see it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from core.dates import today
from tests.builders import make_enterprise
from tests.world import World

pytestmark = pytest.mark.django_db


def test_an_officer_lists_the_enterprises_of_the_own_park(client: Client, world: World) -> None:
    client.force_login(world.park_officer)
    page = client.get("/enterprises/").content.decode()
    assert world.own.name in page
    assert world.joint.name not in page


def test_the_page_of_a_neighbours_enterprise_does_not_exist(client: Client, world: World) -> None:
    client.force_login(world.park_officer)
    assert client.get(world.own.get_absolute_url()).status_code == 200
    assert client.get(world.joint.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("tab", ["", "?tab=years", "?tab=changes"])
def test_each_tab_of_the_dossier_opens(client: Client, world: World, tab: str) -> None:
    client.force_login(world.clerk)
    assert client.get(world.own.get_absolute_url() + tab).status_code == 200


def test_twenty_rows_cost_as_many_queries_as_two(
    client: Client, world: World, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client.force_login(world.clerk)
    with django_assert_max_num_queries(30) as few:  # type: ignore[attr-defined]
        client.get("/enterprises/")
    for number in range(20):
        make_enterprise(f"江南第{number}商贸有限公司", county=world.county, area=world.park)
    with django_assert_max_num_queries(len(few)):  # type: ignore[attr-defined]
        client.get("/enterprises/")


def test_the_unclaimed_wait_with_a_clock(client: Client, world: World) -> None:
    client.force_login(world.clerk)
    world.unclaimed.unclaimed_since = today() - timedelta(days=12)
    world.unclaimed.save()
    rounds = client.get("/rounds/").content.decode()
    assert "最久的已等 12 天" in rounds
    queue = client.get("/enterprises/?unclaimed=true&col=name&col=unclaimed_since").content.decode()
    assert world.unclaimed.name in queue
    assert "12 天" in queue
    assert world.own.name not in queue
