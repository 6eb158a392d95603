"""The journey of a request: heard at the door on a phone, accepted, handed on, confirmed."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from core.dates import today
from enterprises.models import EnterpriseRequest
from enterprises.requests.services import advance
from tests.browser.conftest import PHONE
from tests.world import WEST, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> World:
    return build_world()


def test_a_request_goes_from_the_door_to_the_office_and_back(visit: Any, county: World) -> None:
    phone = visit(county.guide, PHONE)
    phone.open("/")
    phone.click("nav a:has-text('企业') >> visible=true")
    phone.click(f"a:has-text('{WEST}纺织有限公司')")
    phone.click("nav a:has-text('联系与诉求')")
    phone.click("a:has-text('登记诉求')")
    phone.type("[name=title]", "一线工人难招")
    phone.page.select_option("[name=category]", "labour")
    phone.page.select_option("[name=source]", "instructor")
    assert phone.violations() == []
    phone.click("button:has-text('保存')")
    expect(phone.page.locator(".alert-success")).to_contain_text("已登记")
    assert phone.clicks <= 5

    office = visit(county.west_officer)
    office.open("/")
    office.click("a:has-text('受理企业诉求')")
    office.click("a.btn-primary:has-text('受理')")
    office.click("button:has-text('保存')")
    office.click("a.btn-primary:has-text('交办')")
    office.type("[name=unit]", "县人社局")
    assert office.violations() == []
    office.click("button:has-text('保存')")
    assert office.clicks <= 5
    row = EnterpriseRequest.objects.get()
    assert (row.state, row.due_on) == ("assigned", today() + timedelta(days=15))
    assert office.violations() == []

    for act, says in (("handle", {"result": "专场招聘"}), ("answer", {"answer": "招到 12 人"})):
        advance(actor=None, request=row, act=f"request.{act}", on=today(), **says)
    phone.open("/messages")
    phone.click("a:has-text('请回访企业确认答复')")
    phone.click("a.btn-primary:has-text('企业确认')")
    phone.click("label:has-text('满意') >> nth=0")
    phone.click("button:has-text('保存')")
    row.refresh_from_db()
    assert (row.state, row.satisfaction) == ("confirmed", "satisfied")
    assert phone.violations() == []
