"""Organizations over the API: the tree of a day, their history, and nothing to write."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from organizations import services
from organizations.models import PartyOrganization
from tests.world import World

DAY, DOCUMENT = date(2026, 3, 1), "江工委〔2026〕11号"
URL = "/api/v1/organizations"


@pytest.fixture
def moved(world: World) -> PartyOrganization:
    """The own branch, since March a general branch of another name in the east."""
    branch = world.own_branch
    act: Any = {"actor": None, "organization": branch, "on": DAY, "document": DOCUMENT}
    services.move_organization(parent=world.east_committee, **act)
    services.upgrade_organization(kind="general_branch", name="东岭电子党总支", **act)
    return branch


def asked(user: User, url: str, **parameters: str) -> Any:
    client = Client()
    client.force_login(user)
    answer = client.get(url, parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_organization_is_shown_as_of_a_day(world: World, moved: PartyOrganization) -> None:
    then = asked(world.clerk, f"{URL}/{moved.pk}", as_of="2026-02-28")
    now = asked(world.clerk, f"{URL}/{moved.pk}")

    assert (then["name"], then["kind"], then["superior"]) == (
        "北湖电子党支部",
        "branch",
        world.park_committee.code,
    )
    assert then["path"].startswith(world.park_committee.path)
    assert (now["name"], now["kind"], now["superior"]) == (
        "东岭电子党总支",
        "general_branch",
        world.east_committee.code,
    )


def test_the_list_of_a_day_leaves_out_what_did_not_stand(world: World) -> None:
    services.close_organization(
        actor=None,
        organization=PartyOrganization.objects.get(
            pk=services.form_organization(
                actor=None,
                organization=PartyOrganization(
                    code="K1", name="短期党支部", kind="branch", established_on=date(2024, 1, 1)
                ),
                parent=world.county_committee,
            ).pk
        ),
        on=date(2025, 1, 1),
        document=DOCUMENT,
    )

    def names(day: str) -> set[str]:
        return {one["name"] for one in asked(world.clerk, URL, as_of=day)["results"]}

    assert "短期党支部" in names("2024-12-31")
    assert "短期党支部" not in names("2025-01-01")
    assert "短期党支部" not in names("2023-12-31")


def test_kinds_are_asked_for_as_of_the_day(world: World, moved: PartyOrganization) -> None:
    def codes(**parameters: str) -> set[str]:
        return {one["code"] for one in asked(world.clerk, URL, **parameters)["results"]}

    assert moved.code in codes(kind="branch", as_of="2026-02-28")
    assert moved.code not in codes(kind="branch")
    assert codes(kind="general_branch") == {moved.code}


def test_a_day_that_is_none_is_refused(world: World) -> None:
    client = Client()
    client.force_login(world.clerk)

    answer = client.get(URL, {"as_of": "2026-02-30"})

    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == ["as_of"]


def test_the_history_tells_each_act_with_its_partners(
    world: World, moved: PartyOrganization
) -> None:
    upgrade, move = asked(world.clerk, f"{URL}/{moved.pk}/changes")

    assert (move["kind"], move["document"], move["effective_on"]) == (
        "move",
        DOCUMENT,
        "2026-03-01",
    )
    assert {part["role"] for part in move["parts"]} == {"subject", "parent", "former_parent"}
    assert upgrade["after"] == {"kind": "general_branch", "name": "东岭电子党总支"}


def test_the_history_of_a_neighbour_is_not_found(world: World, moved: PartyOrganization) -> None:
    client = Client()
    client.force_login(world.west_officer)

    assert client.get(f"{URL}/{moved.pk}/changes").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_organizations_are_not_written_over_the_api(world: World, method: str) -> None:
    client = Client()
    client.force_login(world.clerk)

    answer = getattr(client, method)(
        f"{URL}/{world.own_branch.pk}", data={}, content_type="application/json"
    )

    assert answer.status_code == 405


def test_a_page_of_organizations_costs_the_same_for_few_and_many(
    world: World, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as few:
        asked(world.east_officer, URL, as_of="2026-01-01")
    with CaptureQueriesContext(connection) as many:
        asked(world.clerk, URL, as_of="2026-01-01")

    assert len(few) == len(many)
