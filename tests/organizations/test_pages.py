"""Organizations and areas on screen: what each officer sees and may change."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from organizations.models import Area
from tests.builders import make_area, make_organization
from tests.world import EAST, PARK, World


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_an_officer_lists_the_own_subtree(world: World) -> None:
    page = shown(desk(world.east_officer), "/orgs/list")

    assert f"{EAST}镇党委" in page
    assert f"{EAST}第一联合党支部" in page
    assert PARK not in page


@pytest.mark.parametrize("text", ["北湖电子", "bhdz", "beihudianzi", "BHDZ"])
def test_an_organization_is_found_by_name_and_pinyin(world: World, text: str) -> None:
    page = shown(desk(world.clerk), f"/orgs/list?q={text}")

    assert f"{PARK}电子党支部" in page
    assert f"{EAST}第一联合党支部" not in page


@pytest.mark.parametrize("url", ["/orgs/list", "/areas/"])
def test_lists_take_as_many_queries_for_many_rows(
    world: World, url: str, django_assert_max_num_queries: Any
) -> None:
    client = desk(world.clerk)
    client.get(url)
    with django_assert_max_num_queries(8):
        client.get(url)
    for number in range(20):
        committee = make_organization(f"第{number}镇党委", parent=world.county_committee)
        make_area(f"第{number}镇", committee=committee, parent=world.county)
    with django_assert_max_num_queries(8):
        client.get(url)


def test_a_neighbours_organization_does_not_exist(world: World) -> None:
    client = desk(world.east_officer)

    assert client.get(f"/orgs/{world.own_branch.pk}").status_code == 404
    assert client.get(f"/areas/{world.west.pk}").status_code == 404


def test_a_township_officer_changes_nothing(world: World) -> None:
    client = desk(world.east_officer)

    assert client.get(f"/orgs/{world.joint_branch.pk}/edit").status_code == 403
    assert client.get("/areas/new").status_code == 403
    assert "/edit" not in shown(client, f"/orgs/{world.joint_branch.pk}")


def test_a_change_names_its_reason_and_is_in_the_history(world: World) -> None:
    client, url = desk(world.clerk), f"/orgs/{world.own_branch.pk}"
    facts = {"name": "北湖电子总支", "nature": "regular", "official_order": "1"}

    assert "有 1 处需要修改" in client.post(f"{url}/edit", facts).content.decode()
    client.post(f"{url}/edit", facts | {"reason": "升格"})

    page = shown(client, f"{url}?tab=history")
    assert "北湖电子总支" in page
    assert "北湖电子党支部 → 北湖电子总支" in page


def test_an_area_page_shows_who_answered_for_it(world: World) -> None:
    client = desk(world.clerk)

    client.post(
        f"/areas/{world.east.pk}/hand-over",
        {"committee": world.west_committee.code, "on": "2026-05-01", "reason": "合并"},
    )

    page = shown(client, f"/areas/{world.east.pk}")
    assert "2020-01-01 至 2026-05-01：东岭镇党委" in page
    assert "2026-05-01 至 今：西河镇党委" in page


def test_an_area_is_added_and_changed(world: World) -> None:
    client = desk(world.clerk)
    client.post(
        "/areas/new",
        {
            "code": "340899900",
            "name": "南山镇",
            "kind": "township",
            "parent": world.county.pk,
            "committee": world.county_committee.code,
            "official_order": "9",
            "keywords": "南山,南岭",
            "since": "2026-01-01",
        },
    )

    area = Area.objects.get(code="340899900")
    assert area.keywords == ["南山", "南岭"]
    assert area.responsibilities.count() == 1

    client.post(
        f"/areas/{area.pk}/edit",
        {
            "name": "南山街道",
            "kind": "street",
            "official_order": "9",
            "keywords": "南山",
            "reason": "撤镇设街道",
        },
    )
    area.refresh_from_db()
    assert (area.name, area.kind) == ("南山街道", "street")


def test_two_areas_of_a_county_do_not_share_a_name(world: World) -> None:
    answer = desk(world.clerk).post(
        f"/areas/{world.east.pk}/edit",
        {"name": world.west.name, "kind": "township", "official_order": "1", "reason": "误"},
    )

    assert answer.status_code == 200
    world.east.refresh_from_db()
    assert world.east.name == f"{EAST}镇"
