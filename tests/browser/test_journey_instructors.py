"""Journeys of instructors in clicks: one sent to twelve firms, a visit on the phone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from members.models import InstructorAssignment, InstructorVisit
from tests.browser.conftest import PHONE
from tests.builders import make_enterprise
from tests.world import EAST, WEST, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> World:
    return build_world()


def test_an_instructor_is_sent_to_twelve_firms_in_five_clicks(visit: Any, county: World) -> None:
    for _ in range(9):
        make_enterprise(county=county.county, area=county.east)
    desk = visit(county.clerk)
    desk.open("/instructors/")
    desk.click("a:has-text('未派企业')")
    desk.click("[name=all]")
    desk.click("button:has-text('分派')")
    assert desk.violations() == []
    desk.click(f"label:has-text('吴{WEST}')")
    desk.click("button:has-text('确定')")
    expect(desk.page.locator(".alert-success")).to_contain_text(f"已将吴{WEST}派往 12 家企业")
    assert desk.clicks == 5
    assert InstructorAssignment.objects.exclude(enterprise=county.uncovered).count() == 12


def test_a_visit_is_recorded_on_the_phone_and_what_was_typed_survives(
    visit: Any, county: World
) -> None:
    phone = visit(county.guide, PHONE)
    phone.open("/")
    phone.click(f"a:has-text('{WEST}纺织有限公司')")
    expect(phone.page.locator("h1")).to_contain_text(f"{WEST}纺织有限公司")
    phone.type("[name=findings]", "生产正常，新招党员两名")
    expect(phone.page.locator("[data-kept]")).to_contain_text("草稿已存")
    phone.page.reload()
    expect(phone.page.locator("[name=findings]")).to_have_value("生产正常，新招党员两名")
    assert not phone.page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    assert phone.violations() == []
    phone.type("[name=request_title]", "缺少熟练工")
    phone.click("button:has-text('登记')")
    expect(phone.page.locator(".alert-success")).to_contain_text("的工作记录")
    assert phone.clicks <= 2
    record = InstructorVisit.objects.get()
    assert record.request is not None
    assert EAST not in phone.text()
