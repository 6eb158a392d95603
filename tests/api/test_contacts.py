"""Contact points and requests for other programs: within scope, with what came of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from core.dates import today
from enterprises.contacts.services import pair, record_visit
from enterprises.models import EnterpriseRequest
from enterprises.requests.services import receive
from tests.api.test_api import caller
from tests.world import World

DAY = today() - timedelta(days=2)


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_calls() -> None:
    cache.clear()


@pytest.fixture
def request_(world: World) -> EnterpriseRequest:
    point = pair(
        actor=None,
        enterprise=world.uncovered,
        year=DAY.year,
        level="county",
        leader="周县长",
        post="县长",
    )
    visit = record_visit(actor=None, contact=point, visited_on=DAY, content="座谈")
    return receive(
        actor=None,
        enterprise=world.uncovered,
        source="contact",
        category="land",
        title="用地",
        received_on=DAY,
        visit=visit,
    )


def found(user: Any, address: str) -> list[dict[str, Any]]:
    answer = caller(user, "enterprises").get(f"/api/v1/{address}")
    assert answer.status_code == 200
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


def test_a_contact_point_tells_its_visits_and_problems(
    world: World, request_: EnterpriseRequest
) -> None:
    (row,) = found(world.west_officer, f"contacts?year={DAY.year}&area={world.west.code}")
    assert (row["leader"], row["uscc"]) == ("周县长", world.uncovered.uscc)
    assert (row["visit_count"], row["last_visit"], row["problem_count"]) == (1, str(DAY), 1)
    assert found(world.west_officer, "contacts?level=township") == []


def test_a_request_tells_its_number_state_and_days(
    world: World, request_: EnterpriseRequest
) -> None:
    (row,) = found(world.west_officer, "requests?state=received&category=land")
    assert (row["number"], row["days"], row["overdue"]) == (request_.number, 2, False)
    assert row["contact_point"] == request_.contact_point_id


def test_a_neighbours_are_not_there(world: World, request_: EnterpriseRequest) -> None:
    for address in ("contacts", "requests"):
        assert found(world.east_officer, address) == []
