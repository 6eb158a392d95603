"""The lists of posts and of terms: who sees what, and as many queries for many rows."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members import posts
from organizations.models import PartyOrganization
from organizations.terms import start_term
from tests.builders import make_organization, make_person
from tests.world import EAST, PARK, World


def led(organization: PartyOrganization, name: str) -> None:
    start_term(actor=None, organization=organization, elected_on=date(2024, 5, 1))
    posts.appoint(
        actor=None,
        organization=organization,
        person=make_person(name, home=organization),
        kind="secretary",
        on=date(2024, 5, 1),
        source="owner",
    )


def desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("url", ["/posts/", "/orgs/terms"])
def test_a_township_lists_its_own_and_no_others(world: World, url: str) -> None:
    led(world.own_branch, f"{PARK}甲")
    led(world.joint_branch, f"{EAST}甲")
    page = desk(world.east_officer).get(url).content.decode()
    assert EAST in page
    assert PARK not in page


@pytest.mark.parametrize("text", [f"{EAST}甲", "dlj", "联合党支部"])
def test_a_leader_is_found_by_name_pinyin_and_organization(world: World, text: str) -> None:
    led(world.own_branch, f"{PARK}乙")
    led(world.joint_branch, f"{EAST}甲")
    page = desk(world.clerk).get(f"/posts/?q={text}").content.decode()
    assert f"{EAST}甲" in page
    assert f"{PARK}乙" not in page


@pytest.mark.parametrize("url", ["/posts/", "/orgs/terms", "/"])
def test_many_take_no_more_queries(world: World, url: str) -> None:
    led(world.joint_branch, f"{EAST}甲")
    client = desk(world.clerk)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(6):
        branch = make_organization(f"{EAST}{number}支部", parent=world.east_committee)
        led(branch, f"{EAST}{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) <= len(few)
