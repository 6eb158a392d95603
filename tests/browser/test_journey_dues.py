"""Journeys of dues in clicks: a secretary on the phone, a year pasted from a spreadsheet."""

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from core.dates import today
from members.models import DuesRecord
from tests.browser.conftest import PHONE
from tests.builders import make_organization
from tests.members.paying import make_payer, month, pay
from tests.world import EAST, PARK, World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_secretary_takes_in_the_dues_of_two_on_the_phone(
    visit: Any, transactional_db: None
) -> None:
    world: World = build_world()
    for name in ("甲", "乙"):
        make_payer(world.own_branch, f"{PARK}{name}")
    phone = visit(world.secretary, PHONE)
    phone.open("/dues/")
    for name in ("甲", "乙"):
        phone.click(phone.page.get_by_label(f"{PARK}{name}足额交纳"))
    phone.click("button:has-text('保存')")
    expect(phone.page.locator(".alert-success")).to_contain_text("已登记2项")
    assert phone.clicks == 3
    assert phone.violations() == []
    assert set(DuesRecord.objects.values_list("paid", flat=True)) == {Decimal(50)}


def test_cells_pasted_from_a_spreadsheet_fill_right_and_down(
    visit: Any, transactional_db: None
) -> None:
    world: World = build_world()
    branch = make_organization(f"{EAST}新党支部", parent=world.east_committee)
    first, second = (make_payer(branch, f"{EAST}{name}") for name in "甲乙")
    pay(branch, first, {month(): "50"})
    desk = visit(world.east_officer)
    year = today().year - 1
    desk.open(f"/dues/{branch.pk}?year={year}")
    box = desk.page.locator(f"#p-{first.pk}-{year}-02")
    desk.click(box)
    box.evaluate(
        """(box) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "50\\t51\\r\\n52\\t53\\r\\n");
            const paste = { clipboardData, bubbles: true, cancelable: true };
            box.dispatchEvent(new ClipboardEvent("paste", paste));
        }"""
    )
    expect(desk.page.locator(f"#p-{second.pk}-{year}-03")).to_have_value("53")
    assert not DuesRecord.objects.filter(month__year=year).exists()
    desk.click("button:has-text('保存')")
    expect(desk.page.locator(".alert-success")).to_contain_text("已登记4项")
    assert desk.violations() == []
    paid = DuesRecord.objects.filter(month__year=year).order_by("member", "month")
    assert [int(one.paid) for one in paid] == [50, 51, 52, 53]
