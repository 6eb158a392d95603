"""Journeys of a branch secretary: the first sign-in to a record, a meeting noted on the phone."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import expect

from activities.models import Activity, ActivityKind
from core import drafts
from core.models import Draft
from tests.activities.meeting import make_branch
from tests.browser.conftest import DESK, PHONE
from tests.builders import PASSWORD
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path / "media"
    if not ActivityKind.objects.exists():
        call_command("migrate", verbosity=0)
    world = build_world()
    make_branch(world.own_branch)
    return world


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_meeting_is_recorded_in_ten_taps_and_in_four_when_all_came(
    visit: Any, county: World, size: dict[str, int], tmp_path: Path
) -> None:
    phone = visit(county.secretary, size)
    phone.open("/")
    phone.click("nav a[href='/meetings/new']:visible")
    phone.click("label.chip-box:has-text('主题党日')")
    phone.type("[name=title]", "重温入党誓词")
    phone.click("button:has-text('提交')")
    expect(phone.page.locator(".alert-success")).to_contain_text("已提交")
    assert phone.clicks <= 4
    assert (Activity.objects.get().came, Activity.objects.get().state) == (8, "submitted")

    phone.clicks = 0
    phone.open("/")
    phone.click("nav a[href='/meetings/new']:visible")
    phone.click("label.chip-box:has-text('支部党员大会')")
    phone.type("[name=title]", "讨论转正")
    phone.type("[name=held_from]", "00:01")
    phone.type("[name=held_to]", "00:31")
    for place, reason in ((1, "travel"), (2, "ill")):
        phone.click(phone.page.locator(".seat .who").nth(place))
        phone.clicks += 1
        phone.page.locator(".seat select").nth(place).select_option(reason)
    expect(phone.page.locator("[data-quorum]")).to_contain_text("应到7人，实到5人，已达过半数")
    out = BytesIO()
    Image.linear_gradient("L").resize((3000, 2000)).save(out, "JPEG")
    (tmp_path / "现场.jpg").write_bytes(out.getvalue())
    phone.clicks += 1  # the picker, then the picture
    phone.choose_file("#pictures", tmp_path / "现场.jpg")
    phone.page.wait_for_selector(".photos img")
    assert phone.violations() == []
    phone.click("button:has-text('提交')")
    expect(phone.page.locator(".alert-success")).to_contain_text("已提交")
    assert phone.clicks <= 10
    meeting = Activity.objects.latest("pk")
    assert (meeting.came, meeting.voters_came, meeting.photos.get().width) == (6, 5, 1600)
    assert phone.violations() == []


def another_window_saves(phone: Any) -> None:
    """What was typed here is neither saved over the other draft nor lost."""
    other = Draft.objects.get()
    drafts.save(
        other.owner,
        other.form_key,
        other.target_id,
        payload={**other.payload, "content": ["另一窗口写的"]},
        version=other.version,
    )
    phone.type("[name=content]", "这个窗口写的")
    expect(phone.page.locator("[data-kept]")).to_contain_text("刷新后按“取回”可以取回")
    phone.open("/meetings/new")
    expect(phone.page.locator("[name=content]")).to_have_value("另一窗口写的")
    phone.page.click("button:has-text('取回')")
    expect(phone.page.locator("[name=content]")).to_have_value("这个窗口写的")


def test_the_first_sign_in_leads_to_the_record_in_four_clicks(visit: Any, county: World) -> None:
    county.secretary.must_change_password = True
    county.secretary.save()
    phone = visit(None, PHONE)
    phone.open("/login")
    phone.type("[name=username]", county.secretary.username)
    phone.type("[name=password]", PASSWORD)
    phone.click("button[type=submit]")
    fresh = "Qingshan-lvshui-7"
    for name, text in (("old", PASSWORD), ("new", fresh), ("again", fresh)):
        if phone.page.locator(f"[name={name}]").count():  # who was forced here has just typed it
            phone.type(f"[name={name}]", text)
    phone.click("main button[type=submit]")
    phone.page.wait_for_url(phone.address + "/")
    phone.click("main p:has-text('主题党日未记') a")
    expect(phone.page.locator("label.chip-box:has-text('主题党日') input")).to_be_checked()
    assert phone.clicks <= 4

    phone.type("[name=title]", "写到一半的议题")
    expect(phone.page.locator("[data-kept]")).to_contain_text("草稿已存")
    phone.page.route("**/drafts/**", lambda route: route.abort())
    phone.type("[name=content]", "在山里写的内容")
    expect(phone.page.locator("[data-kept]")).to_contain_text("内容保存在本机")
    phone.page.context.set_offline(True)
    phone.page.click("button:has-text('提交')")
    expect(phone.page.locator("[data-kept]")).to_contain_text("联网后再提交")
    phone.page.context.set_offline(False)
    phone.open("/")
    phone.open("/meetings/new")
    phone.page.click("button:has-text('取回')")
    expect(phone.page.locator("[name=content]")).to_have_value("在山里写的内容")
    expect(phone.page.locator("[name=title]")).to_have_value("写到一半的议题")
    phone.page.unroute("**/drafts/**")
    phone.type("[name=guests]", "镇党委组织委员")
    expect(phone.page.locator("[data-kept]")).to_contain_text("草稿已存")
    phone.open("/meetings/new")
    expect(phone.page.locator("[name=content]")).to_have_value("在山里写的内容")
    another_window_saves(phone)
    assert not Activity.objects.exists()
