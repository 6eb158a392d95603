"""The tree in a real browser: branches by arrow keys, the card beside, acts without script too."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.world import EAST, PARK, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ITEM = "[role=treeitem]"


@pytest.fixture
def county(transactional_db: None) -> World:
    return build_world()


def test_branches_open_by_arrow_keys_and_the_card_follows(visit: Any, county: World) -> None:
    visitor = visit(county.clerk)
    visitor.open("/orgs/")
    page = visitor.page
    branch = page.locator(ITEM, has_text=f"{EAST}第一联合党支部")
    expect(branch).to_have_count(0)

    committee = page.locator(ITEM, has_text=f"{EAST}镇党委")
    committee.focus()
    page.keyboard.press("ArrowRight")
    expect(branch).to_be_visible()
    expect(committee).to_have_attribute("aria-expanded", "true")  # and what came is alive
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#card h2")).to_have_text(f"{EAST}第一联合党支部")
    expect(page).to_have_url(re.compile(rf"/orgs/\?at={county.joint_branch.pk}$"))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(branch).to_be_hidden()
    assert visitor.violations() == []


def test_on_the_phone_the_card_comes_into_sight(visit: Any, county: World) -> None:
    visitor = visit(county.clerk, PHONE)
    visitor.open("/orgs/")

    visitor.page.locator(f"{ITEM} .label", has_text=f"{PARK}园区综合党委").tap()

    heading = visitor.page.locator("#card h2")
    expect(heading).to_have_text(f"{PARK}园区综合党委")
    expect(heading).to_be_in_viewport()
    assert visitor.violations() == []


def test_a_firm_is_rehomed_by_the_proposal_of_a_box(visit: Any, county: World) -> None:
    visitor = visit(county.clerk)
    visitor.open(f"/orgs/{county.own_branch.pk}/case/abolish")
    page = visitor.page
    visitor.type("[name=document]", "江工〔2026〕1号")
    box = page.locator("[name=all]")
    box.press_sequentially("dldylh")
    expect(page.locator("ui-choice [role=option]").first).to_be_visible()
    visitor.press("Enter")
    expect(box).to_have_value(f"{EAST}第一联合党支部（{county.joint_branch.code}）")

    visitor.click(page.get_by_role("button", name="预览影响"))
    assert f"→ {EAST}第一联合党支部" in visitor.text()
    assert visitor.violations() == []
    visitor.click(page.get_by_role("button", name="确认办理"))

    expect(page.locator("h1")).to_contain_text(f"撤销：{PARK}电子党支部")
    assert visitor.clicks == 3


def test_without_script_a_branch_opens_and_an_act_is_done(visit: Any, county: World) -> None:
    visitor = visit(county.clerk, script=False)
    visitor.open("/orgs/")
    page = visitor.page

    visitor.click(page.locator(ITEM, has_text=f"{PARK}园区综合党委"))
    visitor.click(page.locator(ITEM, has_text=f"{PARK}电子党支部"))
    expect(page.locator("#card h2")).to_have_text(f"{PARK}电子党支部")
    visitor.open(f"/orgs/{county.own_branch.pk}/case/move")
    visitor.type("[name=parent]", f"{EAST}镇党委")
    visitor.type("[name=document]", "江工〔2026〕1号")
    visitor.click(page.get_by_role("button", name="预览影响"))
    visitor.click(page.get_by_role("button", name="确认办理"))

    expect(page.locator("h1")).to_contain_text(f"调整隶属：{PARK}电子党支部")


def test_the_card_of_an_organization_is_one_sheet(visit: Any, county: World) -> None:
    visitor = visit(county.clerk)
    visitor.open(f"/orgs/{county.joint_branch.pk}/print")

    paper = visitor.page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    assert b"/MediaBox [0 0 594" in paper or b"/MediaBox [0 0 595" in paper
