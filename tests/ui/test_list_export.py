"""Export: the filter and columns on screen, at once or as a job, logged, never without right."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from accounts.models import User
from core.jobs import files, run_now
from core.listing import export
from core.models import AuditEntry, Job, JobState
from tests.ui.conftest import write_messages


def grid(content: Any) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(content).worksheets[0].iter_rows(values_only=True))


def download(browser: Client, query: str = "") -> list[tuple[Any, ...]]:
    response: Any = browser.post(f"/demo/{query}", {"do": "export"})
    assert response.status_code == 200
    return grid(BytesIO(b"".join(response.streaming_content)))


def test_the_sheet_has_the_filter_and_the_columns_of_the_screen(
    browser: Client, clerk: User
) -> None:
    write_messages(clerk, 9)
    sheet = download(browser, "?kind=action&col=title&col=number&sort=title")
    header = next(place for place, row in enumerate(sheet) if row[0] == "标题")
    assert sheet[header] == ("标题", "编号")
    assert [row[0] for row in sheet[header + 1 : header + 4]] == [
        "通知0000",
        "通知0003",
        "通知0006",
    ]
    assert isinstance(sheet[header + 1][1], int)


def test_the_sheet_says_who_when_and_under_which_conditions(browser: Client, clerk: User) -> None:
    write_messages(clerk, 3)
    text = str(download(browser, "?kind=action"))
    assert "消息名册" in text
    assert "导出人：周敏" in text
    assert "类别：待我办" in text


def test_a_formula_typed_as_text_stays_text(browser: Client, clerk: User) -> None:
    write_messages(clerk, 1, "=1+1")
    assert "=1+10000" in str(download(browser, "?col=title"))


def test_every_export_is_logged_with_rows_and_columns(browser: Client, clerk: User) -> None:
    write_messages(clerk, 3)
    download(browser, "?col=title")
    entry = AuditEntry.objects.get(verb="list.export")
    assert entry.actor_id == clerk.pk
    told: Any = entry.after
    assert (told["rows"], told["columns"]) == (3, ["标题"])


def test_the_file_is_named_after_list_and_day(browser: Client, clerk: User) -> None:
    write_messages(clerk, 1)
    response = browser.post("/demo/", {"do": "export"})
    assert "filename*=utf-8''%E6%B6%88%E6%81%AF%E5%90%8D%E5%86%8C_" in str(
        response.headers["Content-Disposition"]
    )


def test_without_the_right_there_is_neither_button_nor_file(browser: Client, clerk: User) -> None:
    write_messages(clerk, 1)
    clerk.grants.update(role="branch_secretary")
    assert 'value="export"' not in browser.get("/demo/").content.decode()
    assert browser.post("/demo/", {"do": "export"}).status_code == 403


class TestLongLists:
    @pytest.fixture
    def job(
        self, browser: Client, clerk: User, settings: Any, tmp_path: Any, monkeypatch: Any
    ) -> Job:
        settings.MEDIA_ROOT = tmp_path
        monkeypatch.setattr(export, "DIRECT_LIMIT", 4)
        write_messages(clerk, 5)
        browser.post("/demo/?col=title&sort=title", {"do": "export"})
        return Job.objects.get()

    def test_a_long_list_is_made_by_a_job(self, job: Job) -> None:
        done = run_now(job)
        assert (done.state, done.message) == (JobState.DONE, "共 5 条。")
        assert done.result_name.startswith("消息名册_")
        assert "通知0004" in str(grid(files.path_of(done.result_file)))

    def test_the_job_asks_for_the_right_again(self, job: Job, clerk: User) -> None:
        clerk.grants.update(role="branch_secretary")
        assert run_now(job).state == JobState.FAILED
