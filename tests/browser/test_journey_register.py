"""Everyday journeys in the register: the unbuilt firms of a park, and all of it without script."""

from typing import Any

import pytest
from playwright.sync_api import expect

from core.dates import today
from enterprises.models import Enterprise, EnterpriseYear
from tests.builders import make_enterprise
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> World:
    world = build_world()
    for index, staff in enumerate((60, 80, 20)):
        firm = make_enterprise(f"北湖机械{index}厂", county=world.county, area=world.park)
        EnterpriseYear.objects.create(
            enterprise=firm,
            reference_date=today(),
            employee_count=staff,
            member_count=5,
            full_member_count=5,
        )
    return world


def test_unbuilt_firms_above_fifty_staff_are_kept_and_exported(visit: Any, county: World) -> None:
    desk = visit(county.park_officer)
    desk.open("/")
    desk.click(".menu a:has-text('企业库')")
    desk.click("#list-tabs a:has-text('应建未建')")
    desk.type("[name=staff_min]", "50")
    desk.press("Enter")
    expect(desk.page.locator(".toolbar .total")).to_have_text("共 2 条")
    desk.click("summary:has-text('视图')")
    desk.type("#view-name", "五十人以上应建未建")
    desk.click("text=保存为视图")
    expect(desk.page.locator("#list-tabs [aria-current]")).to_have_text("五十人以上应建未建")
    with desk.page.expect_download() as download:
        desk.click("button:has-text('导出')")
    assert download.value.suggested_filename.startswith("企业名册")
    assert desk.clicks <= 7


def test_sign_in_search_edit_and_export_work_without_script(visit: Any, county: World) -> None:
    county.clerk.set_password("Qingsong-2026")
    county.clerk.must_change_password = False
    county.clerk.save()
    plain = visit(script=False)
    plain.open("/")
    plain.type("[name=username]", county.clerk.username)
    plain.type("[name=password]", "Qingsong-2026")
    plain.click("button[type=submit]")
    expect(plain.page.locator("h1")).to_have_text("工作台")
    plain.type(".topbar [name=q]", "西河纺织")
    plain.press("Enter")
    plain.click("a:has-text('西河纺织有限公司')")
    plain.click("a:has-text('编辑')")
    plain.type("[name=legal_representative]", "李卫东")
    plain.type("[name=reason]", "法定代表人变更")
    plain.click("main button[type=submit]")
    expect(plain.page.locator(".alert-success")).to_be_visible()
    assert Enterprise.objects.get(pk=county.uncovered.pk).legal_representative == "李卫东"
    plain.open("/enterprises/?area=" + str(county.park.pk))
    with plain.page.expect_download() as download:
        plain.click("button:has-text('导出')")
    assert download.value.suggested_filename.startswith("企业名册")
