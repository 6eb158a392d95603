"""Instructors on screen, within the scope of the reader."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.builders import assign, make_enterprise, make_instructor
from tests.world import PARK, WEST, World


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("text", ["吴西河", "wxh", "市场监督"])
def test_an_instructor_is_found_by_name_pinyin_and_unit(world: World, text: str) -> None:
    page = desk(world.clerk).get(f"/instructors/?q={text}").content.decode()

    assert f"吴{WEST}" in page


def test_the_load_counts_the_assignments_of_today(world: World) -> None:
    firm = make_enterprise(county=world.county, area=world.west)
    assign(world.instructor, firm, until=date(2026, 1, 1))
    assign(world.instructor, world.own)

    page = desk(world.clerk).get("/instructors/").content.decode()

    assert '<td class="num' in page
    assert ">2<" in page.split("<tbody")[1]


def test_a_township_sees_only_the_assignments_of_its_own_firms(world: World) -> None:
    assign(world.instructor, world.own)
    url = f"/instructors/{world.instructor.pk}"

    assert f"{PARK}电子有限公司" in desk(world.clerk).get(url).content.decode()
    page = desk(world.west_officer).get(url).content.decode()
    assert f"{WEST}纺织有限公司" in page
    assert PARK not in page
    assert desk(world.east_officer).get(url).status_code == 404


def test_the_list_takes_as_many_queries_for_many(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = desk(world.clerk)
    client.get("/instructors/")
    for number in range(20):
        make_instructor(f"第{number}", home=world.county_committee)
    with django_assert_max_num_queries(11):
        client.get("/instructors/")
