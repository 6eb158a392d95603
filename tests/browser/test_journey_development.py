"""The journey of an applicant: registered on the secretary's phone, admitted by the committee."""

from typing import Any

import pytest
from playwright.sync_api import expect

from members.models import DevelopmentCase, PartyMember
from tests.browser.conftest import PHONE
from tests.members.developing import DAYS, applied, walk
from tests.world import PARK, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> World:
    return build_world()


def test_an_applicant_is_registered_and_spoken_to_on_a_phone(visit: Any, county: World) -> None:
    phone = visit(county.secretary, PHONE)
    phone.open("/develop/")
    assert phone.violations() == []
    phone.click("a:has-text('登记入党申请人')")
    phone.type("[name=organization]", f"{county.own_branch.name}（{county.own_branch.code}）")
    phone.type("[name=name]", f"{PARK}申")
    phone.type("[name=born_on]", "1999-05-01")
    assert phone.violations() == []
    phone.page.keyboard.press("Escape")
    phone.click("button:has-text('保存')")
    expect(phone.page.locator(".alert-success")).to_contain_text("已登记入党申请人")
    assert phone.violations() == []
    phone.click("a.btn-primary:has-text('登记党组织派人谈话')")
    phone.click("button:has-text('保存')")
    expect(phone.page.locator(".alert-success")).to_contain_text("已登记党组织派人谈话")
    assert phone.clicks <= 4
    case = DevelopmentCase.objects.get()
    assert list(case.steps.values_list("code", flat=True)) == ["application", "first_talk"]


def test_the_committee_admits_from_the_board(visit: Any, county: World) -> None:
    walk(applied(county.own_branch, f"{PARK}申"), "talk")
    office = visit(county.park_officer)
    office.open("/develop/")
    office.click(f"a:has-text('{PARK}申')")
    office.click("a.btn-primary:has-text('登记上级党委审批')")
    office.page.fill("[name=done_on]", str(DAYS["approval"]))
    office.type("[name=document]", "园党〔2022〕3号")
    assert office.violations() == []
    office.click("button:has-text('保存')")
    expect(office.page.locator("h1")).to_contain_text("预备党员")
    assert office.violations() == []
    assert office.clicks <= 3
    assert PartyMember.objects.filter(accepted_on=DAYS["meeting"], category="probationary").exists()
