"""The queue on screen: list with filters and bulk planning, one plan, its steps."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.dates import today
from enterprises.formation.services import open_plans, plan_formation
from enterprises.models import FormationPlan, FormationReason, FormationState
from tests.builders import make_enterprise
from tests.world import World

BEGIN = date(2026, 3, 1)


@pytest.fixture
def plan(world: World) -> FormationPlan:
    reasons = {world.uncovered: FormationReason.FULL_MEMBERS}
    return open_plans(actor=None, reasons=reasons, on=BEGIN)[0]


@pytest.fixture
def desk(world: World) -> Client:
    client = Client()
    client.force_login(world.west_officer)
    return client


def more(world: World, number: int) -> list[FormationPlan]:
    firms = [
        make_enterprise(f"西河第{n}厂", county=world.county, area=world.west) for n in range(number)
    ]
    reasons = dict.fromkeys(firms, FormationReason.ABOVE_SCALE)
    return open_plans(actor=None, reasons=reasons, on=BEGIN)


def names(client: Client, query: str) -> list[str]:
    rows = client.get(f"/formation/?{query}").context["rows"]
    return sorted(row.label for row in rows)


def planned(world: World, plans: list[FormationPlan], until: date, **facts: Any) -> None:
    plan_formation(actor=None, plans=plans, on=BEGIN, planned_on=until, **facts)


def test_the_list_filters_by_state_area_unit_person_and_overdue(
    world: World, desk: Client, plan: FormationPlan
) -> None:
    late, later = more(world, 2)
    planned(world, [late], today() - timedelta(days=1), person="林专干")
    planned(world, [later], today() + timedelta(days=9))
    assert names(desk, "state=identified") == ["西河纺织有限公司组建计划"]
    assert names(desk, "overdue=true") == ["西河第0厂组建计划"]
    assert names(desk, "person=专干") == ["西河第0厂组建计划"]
    assert len(names(desk, f"area={world.west.pk}")) == 3
    assert len(names(desk, f"unit={world.west_committee.pk}&unfinished=true")) == 3
    assert names(desk, "q=第1") == ["西河第1厂组建计划"]
    assert "（逾期）" in desk.get("/formation/?overdue=true").content.decode()


def test_a_neighbour_sees_neither_row_nor_page(world: World, plan: FormationPlan) -> None:
    client = Client()
    client.force_login(world.east_officer)
    assert names(client, "") == []
    assert client.get(plan.get_absolute_url()).status_code == 404
    assert client.get(f"{plan.get_absolute_url()}/edit").status_code == 404


def test_the_list_asks_as_often_for_two_rows_as_for_twenty(
    world: World, desk: Client, plan: FormationPlan
) -> None:
    more(world, 1)
    desk.get("/formation/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/formation/")
    for number in range(2, 20):
        firm = make_enterprise(f"西河{number}号", county=world.county, area=world.west)
        open_plans(actor=None, reasons={firm: FormationReason.OTHER}, on=BEGIN)
    with CaptureQueriesContext(connection) as many:
        desk.get("/formation/")
    assert len(few) == len(many)


def test_many_are_planned_at_once_and_keep_their_units(
    world: World, desk: Client, plan: FormationPlan
) -> None:
    keys = [str(one.pk) for one in [plan, *more(world, 2)]]
    until = today() + timedelta(days=60)
    said = {"do": "bulk", "action": "plan", "pk": keys}
    assert "将对 <b>3</b> 条记录" in desk.post("/formation/", said).content.decode()
    confirmed = {
        **said,
        "confirm": "1",
        "expected": "3",
        "planned_on": until.isoformat(),
        "person": "林专干",
        "reason": "年度安排",
    }
    assert desk.post("/formation/", confirmed).status_code == 302
    found = set(FormationPlan.objects.values_list("state", "unit", "person", "planned_on"))
    assert found == {(FormationState.PLANNED, world.west_committee.pk, "林专干", until)}


def test_a_plan_is_made_on_its_page_and_carried_on(
    world: World, desk: Client, plan: FormationPlan
) -> None:
    url = plan.get_absolute_url()
    assert "制定计划" in desk.get(url).content.decode()
    said = {
        "mode": "single",
        "unit": world.west_committee.code,
        "planned_on": (today() + timedelta(days=60)).isoformat(),
        "person": "林专干",
        "obstacle": "owner",
        "measures": "上门做出资人工作",
        "on": today().isoformat(),
    }
    assert desk.post(f"{url}/edit", said).status_code == 302
    assert desk.post(f"{url}/prepare", {"on": today().isoformat()}).status_code == 302
    asked = desk.post(f"{url}/approve", {"on": today().isoformat()})
    assert asked.context["form"].errors == {"document": ["批准成立须填写批准文号。"]}
    done = {"on": today().isoformat(), "document": "江组〔2026〕8号"}
    assert desk.post(f"{url}/approve", done).status_code == 302
    page = desk.get(url).content.decode()
    for words in ("已批准", "江组〔2026〕8号", "上门做出资人工作", "企业出资人不支持", "林西河"):
        assert words in page


def test_a_wrong_day_stands_at_its_field_and_the_rest_is_kept(
    world: World, desk: Client, plan: FormationPlan
) -> None:
    said = {
        "unit": world.west_committee.code,
        "planned_on": "2026-02-01",
        "person": "林专干",
        "on": today().isoformat(),
    }
    form = desk.post(f"{plan.get_absolute_url()}/edit", said).context["form"]
    assert form.errors == {"planned_on": ["拟建日期不能早于识别日期 2026-03-01。"]}
    assert form["person"].value() == "林专干"


def test_who_only_reads_finds_no_acts(world: World, plan: FormationPlan) -> None:
    client = Client()
    client.force_login(world.leader)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "制定计划" not in page
    assert client.post(f"{plan.get_absolute_url()}/close", {}).status_code == 403


def test_a_finished_plan_cannot_be_edited_and_unknown_acts_do_not_exist(
    world: World, desk: Client, plan: FormationPlan
) -> None:
    url = plan.get_absolute_url()
    assert desk.get(f"{url}/work").status_code == 404
    said = {"on": today().isoformat(), "reason": "企业停产"}
    assert desk.post(f"{url}/close", said).status_code == 302
    assert desk.get(f"{url}/edit").status_code == 404
