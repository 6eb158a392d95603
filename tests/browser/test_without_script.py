"""Acts on organizations, elections and posts without script: plain pages and plain posts."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import ScopeGrant
from core.dates import today
from organizations.models import ElectionState, PartyOrganization, TermElection
from tests.world import EAST, PARK, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> World:
    return build_world()


def test_setting_up_moving_electing_and_granting_need_no_script(visit: Any, county: World) -> None:
    desk = visit(county.clerk, script=False)
    desk.open("/orgs/new")
    desk.type("[name=parent]", f"{EAST}镇党委")
    desk.type("[name=code]", "N001")
    desk.type("[name=name]", f"{EAST}新党支部")
    desk.page.locator("[name=kind]").select_option("branch")
    desk.click(".form-actions .btn-primary")
    desk.click("button[name=confirm]")
    made = PartyOrganization.objects.get(code="N001")
    desk.open(f"/orgs/{made.pk}/case/move")
    desk.type("[name=parent]", "bhyq")
    desk.type("[name=document]", "江组〔2026〕3号")
    desk.type("[name=on]", str(today() + timedelta(1)))
    desk.click(".form-actions .btn-primary")
    desk.click("button[name=confirm]")
    expect(desk.page.locator("h1")).to_contain_text("计划")
    branch = visit(county.secretary, script=False)
    branch.open(f"/orgs/{county.own_branch.pk}/election")
    branch.click("button:has-text('开始办理')")
    branch.click("button:has-text('登记请示')")
    branch.click(f"button:has-text('提交{county.park_committee}')")
    assert TermElection.objects.get().state == ElectionState.SUBMITTED
    desk.open("/users/appoint")
    desk.type("[name=username]", county.east_officer.username)
    desk.page.locator("[name=role]").select_option("leader")
    desk.type("[name=organization]", f"{PARK}园区综合党委")
    desk.click(".form-actions .btn-primary")
    assert ScopeGrant.objects.filter(user=county.east_officer, role="leader").exists(), desk.text()
