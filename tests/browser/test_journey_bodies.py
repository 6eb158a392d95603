"""Journeys of leading bodies in clicks: a new secretary, an election from its reminder."""

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from core.dates import today
from members import posts
from members.models import LeadershipPost
from organizations.models import ElectionState, LeadershipTerm, TermElection
from organizations.rules import years_later
from organizations.terms import start_term
from tests.browser.conftest import PHONE
from tests.builders import make_person
from tests.world import PARK, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> World:
    world = build_world()
    posts.change_secretary(
        actor=world.park_officer,
        organization=world.own_branch,
        person=make_person(f"{PARK}石英", home=world.own_branch),
        on=date(2024, 3, 1),
        source="owner",
    )
    make_person(f"{PARK}石磊", home=world.own_branch, position="生产部经理")
    return world


def test_a_firms_secretary_is_changed_in_five_clicks(visit: Any, county: World) -> None:
    desk = visit(county.park_officer)
    desk.open("/")
    desk.page.keyboard.press("/")  # slash, initials and Enter are one act of the hand
    desk.page.keyboard.type("bhdz")
    desk.press("Enter")
    desk.click(f"tbody a:has-text('{PARK}电子有限公司')")
    desk.click(f"dd a:has-text('{PARK}石英')")
    assert desk.violations() == []
    desk.click(f"label:has-text('{PARK}石磊')")
    desk.click("button:has-text('提交')")
    expect(desk.page.locator(".alert-success")).to_contain_text(f"起为 {PARK}石磊")
    assert desk.clicks <= 5
    post = LeadershipPost.objects.as_of(today()).get()
    assert (post.person.name, post.valid_from) == (f"{PARK}石磊", today())
    assert desk.violations() == []


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_an_election_goes_from_reminder_to_request_in_five_clicks(
    visit: Any, county: World, size: dict[str, int] | None
) -> None:
    ends = today() + timedelta(days=180)
    start_term(
        actor=None,
        organization=county.own_branch,
        elected_on=years_later(ends, -3),
    )
    LeadershipTerm.objects.update(expires_on=ends)
    branch = visit(county.secretary, size) if size else visit(county.secretary)
    branch.open("/")
    branch.click("a:has-text('换届还剩 180 天')")
    branch.click("button:has-text('开始办理')")
    branch.click("button:has-text('登记请示')")
    expect(branch.page.locator("li.done")).to_have_count(1)
    assert branch.violations() == []
    branch.click("button:has-text('打印请示')")
    branch.page.emulate_media(media="print")
    expect(branch.page.locator(".official h2")).to_be_visible()
    expect(branch.page.locator(".official h2")).to_have_text(
        f"关于{county.own_branch}换届选举的请示"
    )
    expect(branch.page.locator(".case-steps")).to_be_hidden()
    expect(branch.page.locator("h1")).to_be_hidden()
    branch.page.emulate_media(media="screen")
    branch.click(f"button:has-text('提交{county.park_committee}')")
    expect(branch.page.locator(".alert-success")).to_contain_text("已上报，等待批复。")
    assert branch.clicks <= 5
    assert TermElection.objects.get().state == ElectionState.SUBMITTED
    wide = branch.page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    assert not wide
