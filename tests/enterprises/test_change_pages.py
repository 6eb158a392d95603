"""Officers correct single enterprises, judge and claim many."""

import pytest
from django.test import Client

from enterprises.models import Enterprise, EnterpriseYear, Ownership
from tests.builders import make_enterprise
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client, world: World) -> Client:
    client.force_login(world.clerk)
    return client


def answers(enterprise: Enterprise, **changes: str) -> dict[str, str]:
    return {
        "name": enterprise.name,
        "operating_status": enterprise.operating_status,
        "unit_kind": enterprise.unit_kind,
        "ownership": enterprise.ownership,
        "reporting_area": str(enterprise.reporting_area_id or ""),
        "in_base_list": "on",
        "on": "2026-05-01",
        "reason": "实地走访核实",
        **changes,
    }


def test_a_new_name_keeps_the_old_one_in_the_history(clerk: Client, world: World) -> None:
    url = f"{world.own.get_absolute_url()}/edit"
    assert clerk.get(url).status_code == 200
    answer = clerk.post(url, answers(world.own, name="北湖新电子有限公司"))
    assert answer.status_code == 302, answer.content.decode()
    page = clerk.get(world.own.get_absolute_url() + "?tab=changes").content.decode()
    assert "北湖新电子有限公司" in page
    assert world.own.name in page


def test_the_years_numbers_belong_to_a_reference_date(clerk: Client, world: World) -> None:
    url = f"{world.own.get_absolute_url()}/edit"
    said = answers(world.own, employee_count="61", annual_revenue="512.5")
    assert "普查时点" in clerk.post(url, said).content.decode()
    clerk.post(url, {**said, "reference_date": "2026-03-31"})
    year = EnterpriseYear.objects.get(enterprise=world.own, reference_date="2026-03-31")
    assert year.employee_count == 61
    assert year.annual_revenue == 5_125_000


@pytest.mark.parametrize(("scale", "sent"), [(True, "true"), (False, "false"), (None, "unknown")])
def test_the_form_shows_the_scale_that_is_on_record(
    clerk: Client, world: World, scale: bool | None, sent: str
) -> None:
    EnterpriseYear.objects.create(
        enterprise=world.own, reference_date="2026-03-31", is_statistical_scale=scale
    )

    page = clerk.get(f"{world.own.get_absolute_url()}/edit").content.decode()

    assert f'<option value="{sent}" selected>' in page.split('name="is_statistical_scale"')[1]


def test_full_members_are_among_the_members(clerk: Client, world: World) -> None:
    said = answers(world.own, member_count="3", full_member_count="4", reference_date="2026-03-31")
    page = clerk.post(f"{world.own.get_absolute_url()}/edit", said).content.decode()
    assert "正式党员数不能多于党员数" in page


def test_many_are_judged_at_once_with_a_reason(clerk: Client, world: World) -> None:
    firms = [
        make_enterprise(
            f"江南第{n}商贸公司", county=world.county, area=world.park, ownership=Ownership.UNKNOWN
        )
        for n in range(3)
    ]
    keys = [str(firm.pk) for firm in firms]
    said = {"do": "bulk", "action": "judge", "pk": keys, "ownership": "private", "reason": "章程"}
    preview = clerk.post("/enterprises/", said).content.decode()
    assert "3" in preview
    clerk.post("/enterprises/", {**said, "confirm": "1", "expected": "3"})
    judged = Enterprise.objects.filter(pk__in=keys)
    assert {firm.ownership for firm in judged} == {Ownership.PRIVATE}
    assert all(firm.ownership_confirmed for firm in judged)


def test_an_officer_cannot_push_a_firm_into_another_township(client: Client, world: World) -> None:
    client.force_login(world.park_officer)
    said = {"do": "bulk", "action": "claim", "pk": [str(world.own.pk)], "reason": "搬迁"}
    answer = client.post(
        "/enterprises/", {**said, "area": str(world.west.pk), "confirm": "1", "expected": "1"}
    )
    assert "该选择不在可用的选项中" in answer.content.decode()
    world.own.refresh_from_db()
    assert world.own.reporting_area_id == world.park.pk


@pytest.mark.parametrize("query", ["", "?filled=1"])
def test_the_template_opens_with_our_columns(clerk: Client, world: World, query: str) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    answer = clerk.get(f"/imports/template{query}")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    sheet = book["填报表"]
    headers = [cell.value for cell in sheet[1]]
    assert "*企业名称" in headers
    names = {row[headers.index("*企业名称")].value for row in sheet.iter_rows(min_row=2)}
    assert (world.own.name in names) == bool(query)
