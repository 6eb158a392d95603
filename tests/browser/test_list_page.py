"""A list in the browser: live search, input methods, ticking, sorting, paging, no script at all."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.conftest import PHONE, Visitor
from tests.ui.conftest import write_messages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(visit: Any, clerk: User, demo_pages: None) -> Visitor:
    write_messages(clerk, 130)
    visitor: Visitor = visit(clerk)
    visitor.open("/demo/")
    return visitor


def test_the_first_screen_shows_fifteen_rows(desk: Visitor) -> None:
    rows = desk.page.evaluate(
        "() => [...document.querySelectorAll('.grid-table tbody tr')]"
        ".filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert rows >= 15


def test_the_head_row_stays_in_sight(desk: Visitor) -> None:
    desk.page.mouse.wheel(0, 900)
    desk.page.wait_for_function("() => scrollY > 300")
    top = desk.page.evaluate(
        "() => document.querySelector('.grid-table th').getBoundingClientRect().top"
    )
    bar = desk.page.evaluate(
        "() => document.querySelector('.topbar').getBoundingClientRect().bottom"
    )
    assert abs(top - bar) <= 1


def test_typing_narrows_the_list_and_the_address(desk: Visitor) -> None:
    desk.type("#list-q", "0007")
    expect(desk.page.locator(".toolbar .total")).to_have_text("共 1 条")
    expect(desk.page).to_have_url(re.compile(r"\?q=0007$"))
    desk.page.go_back()
    expect(desk.page.locator(".toolbar .total")).to_have_text("共 130 条")


def test_an_input_method_neither_searches_nor_sends_while_composing(desk: Visitor) -> None:
    answers: list[str] = []
    desk.page.on("request", lambda request: answers.append(request.url))
    desk.page.wait_for_load_state("networkidle")
    answers.clear()
    desk.page.evaluate(
        """() => {
          const box = document.querySelector('#list-q');
          box.focus();
          box.dispatchEvent(new CompositionEvent('compositionstart'));
          box.value = 'tong zhi';
          box.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
          const enter = {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true};
          window.sent = box.dispatchEvent(new KeyboardEvent('keydown', enter));
        }"""
    )
    assert desk.page.evaluate("() => window.sent") is False
    desk.page.wait_for_timeout(500)
    assert answers == []
    desk.page.evaluate(
        """() => {
          const box = document.querySelector('#list-q');
          box.value = '通知0003';
          box.dispatchEvent(new CompositionEvent('compositionend'));
        }"""
    )
    expect(desk.page.locator(".toolbar .total")).to_have_text("共 1 条")


def test_tabs_fill_in_their_counts(desk: Visitor) -> None:
    expect(desk.page.locator("#list-tabs .n").first).to_have_text("130")


def test_shift_ticks_a_range_by_mouse_and_by_keyboard(desk: Visitor) -> None:
    boxes = desk.page.locator("[name=pk]")
    boxes.nth(1).click()
    boxes.nth(12).click(modifiers=["Shift"])
    expect(desk.page.locator("[data-picked]")).to_have_text("12")
    boxes.nth(14).focus()
    desk.page.keyboard.press("Shift+Space")
    expect(desk.page.locator("[data-picked]")).to_have_text("14")
    boxes.nth(1).click(modifiers=["Shift"])
    expect(desk.page.locator("[data-when-picked]").first).to_be_hidden()


def test_ticking_the_head_ticks_the_page(desk: Visitor) -> None:
    desk.click("[data-pick-all]")
    expect(desk.page.locator("[data-picked]")).to_have_text("50")
    desk.click("[name=pk] >> nth=0")
    expect(desk.page.locator("[data-picked]")).to_have_text("49")
    desk.click("[name=all]")
    expect(desk.page.locator("[data-picked]")).to_have_text("130")


def test_three_clicks_and_a_reason_act_on_a_whole_filter(desk: Visitor) -> None:
    desk.click("[name=all]")
    desk.click("text=标为已读")
    desk.type("[name=reason]", "会上传达")
    desk.click("text=确定")
    expect(desk.page.locator(".alert")).to_have_text("已标记 130 条。")
    assert desk.clicks == 3


def test_a_view_is_saved_in_three_clicks(desk: Visitor) -> None:
    desk.page.locator("[name=kind]").select_option("action")
    expect(desk.page.locator(".toolbar .total")).to_have_text("共 44 条")
    desk.click("summary:has-text('视图')")
    desk.type("#view-name", "待我办的")
    desk.click("text=保存为视图")
    expect(desk.page.locator("#list-tabs [aria-current]")).to_have_text("待我办的")


def test_columns_are_chosen_in_place(desk: Visitor) -> None:
    desk.click("summary:has-text('列')")
    desk.click(".colgrid [value=created_at]")
    desk.click("text=应用")
    expect(desk.page.locator("th", has_text=re.compile(r"^\s*时间"))).to_have_count(0)


def test_an_export_starts_with_one_click(desk: Visitor) -> None:
    with desk.page.expect_download() as download:
        desk.click("text=导出")
    assert download.value.suggested_filename.startswith("消息名册_")


def test_the_list_works_without_script(visit: Any, clerk: User, demo_pages: None) -> None:
    write_messages(clerk, 130)
    plain = visit(clerk, script=False)
    plain.open("/demo/")
    plain.type("#list-q", "0007")
    plain.page.locator("#list-filters button[type=submit]").click()
    assert "通知0007" in plain.text()
    plain.open("/demo/?kind=action")
    plain.page.locator("[name=all]").check()
    plain.page.locator("button[value=bulk]").click()
    plain.type("[name=reason]", "会上传达")
    plain.page.locator("button[name=confirm]").click()
    assert "已标记 44 条。" in plain.text()


def test_a_phone_shows_cards_and_nothing_to_scroll_sideways(
    visit: Any, clerk: User, demo_pages: None
) -> None:
    write_messages(clerk, 3)
    phone = visit(clerk, PHONE)
    phone.open("/demo/")
    assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    expect(phone.page.locator(".bottombar")).to_be_visible()
    expect(phone.page.locator(".menu")).to_be_hidden()
