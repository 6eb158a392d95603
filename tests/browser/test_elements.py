"""The small custom elements: menu, keys, unsaved input, double press, upload, toasts."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from core.models import Job, JobState
from tests.browser.conftest import PHONE, Visitor
from tests.ui.conftest import write_messages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(visit: Any, clerk: User, demo_pages: None) -> Visitor:
    visitor: Visitor = visit(clerk)
    return visitor


def test_the_menu_stays_folded_on_the_next_page(desk: Visitor) -> None:
    desk.open("/demo/")
    desk.click(".menu-toggle button")
    desk.open("/demo/form")
    assert "menu-closed" in (desk.page.locator("html").get_attribute("class") or "")
    expect(desk.page.locator(".menu-toggle button")).to_have_attribute("aria-expanded", "false")


def test_keys_reach_search_new_and_rows(desk: Visitor, clerk: User) -> None:
    write_messages(clerk, 3)
    desk.open("/demo/")
    desk.press("j")
    desk.press("j")
    expect(desk.page.locator("tr.here")).to_contain_text("通知0001")
    desk.press("/")
    expect(desk.page.locator("[data-hotkey=search]").first).to_be_focused()


def test_keys_are_silent_while_typing(desk: Visitor, clerk: User) -> None:
    write_messages(clerk, 3)
    desk.open("/demo/")
    desk.page.locator("#list-q").press_sequentially("j?n")
    assert desk.page.locator("tr.here").count() == 0
    assert desk.page.locator("dialog").count() == 0
    assert desk.page.locator("#list-q").input_value() == "j?n"


def test_a_question_mark_lists_the_keys(desk: Visitor) -> None:
    desk.open("/demo/")
    desk.press("?")
    expect(desk.page.locator("dialog.keys")).to_be_visible()
    assert desk.violations() == []
    desk.click("text=关闭")
    expect(desk.page.locator("dialog.keys")).to_have_count(0)


def test_leaving_with_unsaved_input_asks_first(desk: Visitor) -> None:
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    desk.page.on("dialog", answer)
    desk.open("/demo/form")
    desk.page.locator("[name=name]").press_sequentially("青山纺织")
    desk.open("/demo/")
    assert asked == ["beforeunload"]


def test_errors_are_summed_up_and_lead_to_their_fields(desk: Visitor) -> None:
    desk.open("/demo/form")
    desk.page.locator("[name=name]").fill("青山纺织")
    desk.press("Control+s")
    expect(desk.page.locator(".errors-box")).to_be_focused()
    desk.click(".errors-box a:has-text('成立日期')")
    expect(desk.page.locator("[name=since]")).to_be_focused()


def test_escape_closes_a_drop_down(desk: Visitor) -> None:
    desk.open("/demo/")
    desk.click(".topbar details summary")
    expect(desk.page.locator(".topbar .panel")).to_be_visible()
    desk.press("Escape")
    expect(desk.page.locator(".topbar .panel")).to_be_hidden()


def test_a_failed_part_says_so_with_the_number_to_quote(desk: Visitor, clerk: User) -> None:
    write_messages(clerk, 3)
    desk.open("/demo/")
    clerk.grants.update(role="audit_administrator")
    desk.page.locator("thead a").first.click()
    toast = desk.page.locator(".toast-line.error")
    expect(toast).to_contain_text("您没有进行这项操作的权限。（编号 ")


def test_a_file_above_the_limit_is_refused_before_sending(desk: Visitor, tmp_path: Path) -> None:
    heavy = tmp_path / "名册.csv"
    heavy.write_bytes(b"x" * 2_000)
    desk.open("/demo/gallery")
    desk.choose_file("ui-upload [type=file]", heavy)
    desk.click("ui-upload button[type=submit]")
    expect(desk.page.locator(".toast-line.error")).to_contain_text("超过上限")


def test_an_upload_shows_a_bar_and_follows_the_answer(desk: Visitor, tmp_path: Path) -> None:
    small = tmp_path / "名册.csv"
    small.write_bytes(b"x" * 500)
    desk.open("/demo/gallery")
    desk.choose_file("ui-upload [type=file]", small)
    expect(desk.page.locator(".chosen")).to_have_text("名册.csv（0.0 MB）")
    desk.click("ui-upload button[type=submit]")
    expect(desk.page.locator("h1")).to_have_text("消息名册")


def test_a_file_that_is_refused_is_answered_on_the_page(desk: Visitor, tmp_path: Path) -> None:
    wrong = tmp_path / "名册.csv"
    wrong.write_bytes(b"PK")
    desk.open("/demo/gallery")
    desk.choose_file("ui-upload [type=file]", wrong)
    desk.click("ui-upload button[type=submit]")
    expect(desk.page.locator("h1")).to_have_text("文件不能读取")


def test_an_idle_session_is_announced_and_kept_on_request(desk: Visitor) -> None:
    desk.page.clock.install()
    desk.open("/demo/")
    desk.page.wait_for_load_state("networkidle")
    desk.page.clock.run_for(27 * 60_000)
    assert desk.page.locator("ui-idle dialog").count() == 0
    desk.page.clock.run_for(2 * 60_000)
    expect(desk.page.locator("ui-idle dialog")).to_contain_text("约 2 分钟后将自动退出")
    desk.click("text=继续使用")
    expect(desk.page.locator("ui-idle dialog")).to_have_count(0)


def test_a_job_bar_follows_its_job_to_the_end(desk: Visitor, clerk: User) -> None:
    job = Job.objects.create(kind="k", title="读取名册", owner=clerk, idempotency_key="1", total=9)
    desk.page.clock.install()
    desk.open(f"/jobs/{job.pk}")
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=4, stage="正在读取")
    desk.page.clock.run_for(2_100)
    expect(desk.page.locator(".job")).to_contain_text("正在读取 4/9")
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, done=9, message="共 9 行")
    desk.page.clock.run_for(2_100)
    expect(desk.page.locator(".job")).to_contain_text("共 9 行")
    expect(desk.page.locator("ui-jobbar")).to_have_count(0)


def test_the_phone_bar_opens_the_whole_menu(visit: Any, clerk: User, demo_pages: None) -> None:
    phone = visit(clerk, PHONE)
    phone.open("/demo/")
    phone.click(".bottombar summary")
    expect(phone.page.locator(".bottombar .all")).to_contain_text("任务")
    assert phone.violations() == []
