"""The year grid, the year of one branch, the rules: who sees what, with how many statements."""

from datetime import date, time

import pytest
from django.test import Client

from activities.models import Activity, ActivityKind, Duty
from core.dates import today
from organizations.models import PartyOrganization
from tests.builders import make_organization, make_user
from tests.world import EAST, PARK, World, build_world

pytestmark = pytest.mark.django_db
YEAR = today().year


@pytest.fixture
def world() -> World:
    return build_world()


def meet(branch: PartyOrganization, on: date, *kinds: str) -> Activity:
    activity = Activity.objects.create(
        organization=branch,
        title="三月主题党日",
        held_on=on,
        held_from=time(9),
        held_to=time(10),
        recorded_on=on,
        state="submitted",
    )
    activity.kinds.set(ActivityKind.objects.filter(key__in=kinds))
    return activity


def signed_in(client: Client, user: object) -> Client:
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_a_committee_sees_its_branches_and_no_others(client: Client, world: World) -> None:
    page = signed_in(client, world.east_officer).get("/duties/").content.decode()

    assert str(world.joint_branch) in page
    assert PARK not in page


def test_the_grid_counts_a_meeting_and_leads_to_the_branch(client: Client, world: World) -> None:
    meet(world.own_branch, date(YEAR - 1, 3, 5), "theme_day", "member_meeting")
    reader = signed_in(client, world.clerk)

    page = reader.get("/duties/", {"year": YEAR - 1}).content.decode()
    branch = reader.get(f"/duties/{world.own_branch.pk}", {"year": YEAR - 1}).content.decode()

    assert "缺2/3" in page
    assert f"/duties/{world.own_branch.pk}?year={YEAR - 1}#m3" in page
    assert f"{YEAR - 1}-03-05" in branch
    assert "逾期未开展，去登记" in branch
    assert "支委会" not in branch


def test_gaps_alone_leave_out_who_has_none(client: Client, world: World) -> None:
    new = make_organization(f"{EAST}新支部", parent=world.east_committee, since=today())

    page = signed_in(client, world.clerk).get("/duties/", {"gaps": "1"}).content.decode()

    assert str(world.joint_branch) in page
    assert str(new) not in page


def test_twenty_branches_take_as_many_statements_as_two(
    client: Client, world: World, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    reader = signed_in(client, world.clerk)
    reader.get("/duties/")
    with CaptureQueriesContext(connection) as few:
        reader.get("/duties/")
    for number in range(18):
        make_organization(f"{EAST}第{number}支部", parent=world.east_committee)
    with CaptureQueriesContext(connection) as many:
        reader.get("/duties/")

    assert len(few) == len(many)


def test_rules_show_their_source(client: Client, world: World) -> None:
    page = signed_in(client, world.leader).get("/duties/rules").content.decode()

    assert "支部党员大会一般每季度召开1次" in page
    assert "设党小组的党支部" in page


def test_a_demand_changes_from_a_day_and_ends_with_its_source(world: World) -> None:
    keeper = make_user("钱业务", role="business_administrator", at=world.county_committee)
    reader = signed_in(Client(), keeper)
    kind = ActivityKind.objects.get(key="lecture")
    lecture = Duty.objects.get(kind=kind)
    url, demand = f"/duties/rules/{lecture.pk}", {"every": "1", "times": "4", "applies": "branch"}
    bare = reader.post(f"{url}/change", {**demand, "on": "1999-01-01"}).content.decode()
    assert "请写明文件名称和条款" in bare
    said = {**demand, "source": "县委〔2026〕3号", "on": "1999-01-01"}
    assert "应晚于现行要求的起始日期" in reader.post(f"{url}/change", said).content.decode()
    reader.post(f"{url}/change", {**said, "on": "2026-01-01"})
    before, now = Duty.objects.filter(kind=kind).order_by("valid_from")
    assert (before.valid_to, now.valid_from, now.times) == (date(2026, 1, 1),) * 2 + (4,)
    assert before.rule.times == 1

    again = reader.post("/duties/rules/new", {**said, "kind": kind.pk, "on": "2026-06-01"})
    assert "同一时段这类活动已有应办要求" in again.context["form"].errors["kind"][0]
    reader.post(f"/duties/rules/{now.pk}/end", {"on": "2026-07-01", "reason": "县委〔2026〕9号"})
    page = reader.get("/duties/rules").content.decode()
    assert "县委〔2026〕3号" in page
    assert Duty.objects.get(pk=now.pk).valid_to == date(2026, 7, 1)
    assert signed_in(Client(), world.clerk).get("/duties/rules/new").status_code == 403
