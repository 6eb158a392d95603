"""Plans of formation for other programs: within scope, overdue told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from core.dates import today
from enterprises.formation.services import open_plans, plan_formation
from enterprises.models import FormationPlan, FormationReason
from tests.api.test_api import caller
from tests.world import World


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_calls() -> None:
    cache.clear()


@pytest.fixture
def plan(world: World) -> FormationPlan:
    late = today() - timedelta(days=30)
    reasons = {world.uncovered: FormationReason.FULL_MEMBERS}
    plans = open_plans(actor=None, reasons=reasons, on=late)
    return plan_formation(actor=None, plans=plans, on=late, planned_on=late, person="林专干")[0]


def found(world: World, query: str = "") -> list[dict[str, Any]]:
    answer = caller(world.west_officer, "enterprises").get(f"/api/v1/formation{query}")
    assert answer.status_code == 200
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


def test_a_plan_names_enterprise_unit_state_and_that_it_is_late(
    world: World, plan: FormationPlan
) -> None:
    (row,) = found(world)
    assert row["uscc"] == world.uncovered.uscc
    assert (row["state"], row["person"], row["overdue"]) == ("planned", "林专干", True)
    assert row["unit"] == world.west_committee.code


def test_plans_are_filtered_by_area_and_state(world: World, plan: FormationPlan) -> None:
    assert len(found(world, f"?area={world.west.code}&state=planned")) == 1
    assert found(world, "?state=working") == []


def test_a_neighbours_plan_is_not_there(world: World, plan: FormationPlan) -> None:
    client = caller(world.east_officer, "enterprises")
    assert client.get("/api/v1/formation").json()["results"] == []
    assert client.get(f"/api/v1/formation/{plan.pk}").status_code == 404
