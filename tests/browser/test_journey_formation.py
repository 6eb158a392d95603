"""Journeys over several pages: neighbours become a joint branch, a rating and its mending."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from core.dates import today
from enterprises.models import EnterpriseYear, FormationPlan, FormationState
from organizations.models import RatingScheme, Rectification, RectificationState
from organizations.standards import ensure_shipped
from tests.builders import LONG_AGO, make_enterprise, make_organization
from tests.world import PARK, WEST, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> World:
    return build_world()


def test_neighbours_become_a_joint_branch(visit: Any, county: World) -> None:
    neighbour = make_enterprise(f"{WEST}印染有限公司", county=county.county, area=county.west)
    for firm in (county.uncovered, neighbour):
        EnterpriseYear.objects.create(
            enterprise=firm, reference_date=LONG_AGO, member_count=2, full_member_count=2
        )
    desk = visit(county.west_officer)

    desk.open("/formation/finder")
    desk.click("a:has-text('采用')")
    desk.click("button:has-text('保存')")
    expect(desk.page.locator(".alert-success")).to_contain_text("已为 2 家企业制定组建计划")
    desk.open("/formation/")
    desk.click(f"tbody a:has-text('{neighbour}')")
    desk.click("a:has-text('筹建')")
    desk.click("button:has-text('保存')")
    desk.click("a:has-text('批准')")
    desk.type("[name=document]", "江组〔2026〕9号")
    desk.click("button:has-text('保存')")
    expect(desk.page.locator(".alert-success")).to_contain_text("已批准")
    assert desk.violations() == []
    make_organization(f"{WEST}联合党支部", parent=county.west_committee, kind="joint_branch")
    for firm in (county.uncovered, neighbour):
        desk.open(f"/enterprises/{firm.pk}/cover")
        desk.type("[name=organization]", f"{WEST}联合党支部")
        desk.page.locator("[name=mode]").select_option("joint")
        desk.type("[name=on]", str(today()))
        desk.type("[name=reason]", "联合组建")
        desk.click(".form-actions .btn-primary")
        desk.click("button:has-text('确认办理')")

    states = FormationPlan.objects.values_list("state", flat=True)
    assert set(states) == {FormationState.WORKING}
    desk.open(f"/enterprises/{neighbour.pk}?tab=coverage")
    expect(desk.page.locator("body")).to_contain_text(f"{WEST}联合党支部")


def test_a_rating_is_judged_and_what_it_missed_is_put_right(visit: Any, county: World) -> None:
    ensure_shipped()
    branch, superior = visit(county.secretary), visit(county.park_officer)

    branch.open(f"/sites/ratings/new?organization={county.own_branch.pk}")
    scheme = RatingScheme.objects.get(key="double_strong")
    branch.page.locator("[name=scheme]").select_option(str(scheme.pk))
    branch.click("button:has-text('保存')")
    for box in branch.page.locator("input[name^=mark_]").all():
        box.fill("1")
    branch.click("button[name=submit]")
    expect(branch.page.locator(".alert-success")).to_contain_text("自评已提交")
    rating = branch.page.url
    superior.page.goto(rating)
    superior.click("a.btn-primary:has-text('评定')")
    for box in superior.page.locator("input[name^=mark_]").all():
        box.fill("0")
    superior.click("button[name=submit]")
    superior.page.goto(rating)
    superior.click("a:has-text('列入整改')")
    superior.type("[name=responsible]", f"郑{PARK}")
    superior.type("[name=due_on]", str(today() + timedelta(30)))
    superior.click("button:has-text('保存')")
    row = Rectification.objects.order_by("pk").first()
    assert row is not None
    branch.open(f"/sites/rectifications/{row.pk}")
    branch.click("a:has-text('报送整改')")
    branch.type("[name=evidence]", "已补齐台账")
    branch.click("button:has-text('保存')")
    superior.open(f"/sites/rectifications/{row.pk}")
    superior.click("a:has-text('核验销号')")
    superior.click("button:has-text('保存')")
    expect(superior.page.locator(".alert-success")).to_contain_text("已核验销号")
    assert superior.violations() == []
    row.refresh_from_db()
    assert row.state == RectificationState.VERIFIED
