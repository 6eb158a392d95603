"""The owner sees a true state in Chinese; nobody else sees the job at all."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from accounts.models import User
from core import jobs
from core.jobs import registry
from core.jobs.page import JobFace
from core.models import AuditEntry, Job, JobState, Message
from tests.core.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    jobs.register("test.toy", "试验任务", "short", run=lambda run: None)


@pytest.fixture
def wang() -> User:
    return person("wang", "王经办")


@pytest.fixture
def signed_in(client: Client, wang: User) -> Client:
    client.force_login(wang, backend="django.contrib.auth.backends.ModelBackend")
    return client


def job_of(owner: User | None, **fields: object) -> Job:
    job = Job.objects.create(
        kind="test.toy", title="导入名录", owner=owner, idempotency_key=f"{Job.objects.count()}"
    )
    Job.objects.filter(pk=job.pk).update(**fields)
    return job


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"pushed_at": Now()}, "排队中"),
        ({}, "排队中（任务通道暂不可用，恢复后自动继续）"),
        (
            {
                "state": "running",
                "lease_until": Now() + timedelta(seconds=60),
                "stage": "读取",
                "done": 8000,
                "total": 20000,
                "stage_at": Now() - timedelta(seconds=40),
            },
            "读取 8,000/20,000，每秒 ",
        ),
        (
            {
                "state": "running",
                "lease_until": Now() + timedelta(seconds=60),
                "cancel_requested": True,
            },
            "正在取消",
        ),
        ({"state": "running", "lease_until": Now() - timedelta(seconds=1)}, "任务中断"),
        ({"state": "failed", "message": "文件有密码。"}, "文件有密码。"),
        ({"state": "done", "message": "共 332 行"}, "共 332 行"),
    ],
)
def test_the_page_says_what_is_true(
    signed_in: Client, wang: User, fields: dict[str, object], sentence: str
) -> None:
    job = job_of(wang, **fields)
    assert sentence in page(signed_in, f"/jobs/{job.pk}")
    assert sentence in page(signed_in, "/jobs/")


@pytest.mark.parametrize(
    ("seconds", "done", "pace"),
    [
        (40, 8000, "每秒 200 条，约剩 1 分钟"),
        (10, 19_000, "每秒 1,900 条，约剩 1 秒"),
        (7200, 10_000, "每秒 1 条，约剩 2.0 小时"),
        (2, 8000, ""),
        (40, 0, ""),
        (40, 20_000, ""),
    ],
)
def test_speed_and_remaining_time_are_told_once_they_mean_something(
    seconds: int, done: int, pace: str
) -> None:
    began = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
    job: Any = Job(state=JobState.RUNNING, stage="读取", done=done, total=20_000, stage_at=began)
    job.now, job.interrupted = began + timedelta(seconds=seconds), False
    assert JobFace(job).sentence == "，".join(filter(None, [f"读取 {done:,}/20,000", pace]))


def test_the_bar_asks_on_while_the_job_is_open_and_stops_after(
    signed_in: Client, wang: User
) -> None:
    assert signed_in.get(f"/jobs/{job_of(wang).pk}/bar").status_code == 200
    assert signed_in.get(f"/jobs/{job_of(wang, state='done').pk}/bar").status_code == 286


@pytest.mark.parametrize("what", ["", "/bar", "/result"])
def test_another_users_job_does_not_exist(signed_in: Client, what: str) -> None:
    foreign = job_of(person("li"), state="done", result_file="results/x", result_name="x")
    assert signed_in.get(f"/jobs/{foreign.pk}{what}").status_code == 404
    assert "导入名录" not in page(signed_in, "/jobs/")


@pytest.mark.parametrize("what", ["cancel", "retry"])
def test_another_users_job_cannot_be_touched(signed_in: Client, what: str) -> None:
    foreign = job_of(person("li"), state="failed")
    assert signed_in.post(f"/jobs/{foreign.pk}/{what}").status_code == 404
    assert not AuditEntry.objects.exists()


def test_cancel_and_retry_by_the_buttons(signed_in: Client, wang: User) -> None:
    job = job_of(wang)
    assert "取消任务" in page(signed_in, f"/jobs/{job.pk}")
    signed_in.post(f"/jobs/{job.pk}/cancel")
    assert "重试" in page(signed_in, f"/jobs/{job.pk}")
    signed_in.post(f"/jobs/{job.pk}/retry")
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        "job.cancel",
        "job.retry",
    ]


def test_pressing_a_button_too_late_is_explained(signed_in: Client, wang: User) -> None:
    job = job_of(wang, state="done")
    answer = signed_in.post(f"/jobs/{job.pk}/cancel", follow=True)
    assert "任务已经结束" in answer.content.decode()
    answer = signed_in.post(f"/jobs/{job.pk}/retry", follow=True)
    assert "无需重试" in answer.content.decode()


def result_of(owner: User, folder: Path, **fields: object) -> Job:
    (folder / "results").mkdir()
    (folder / "results" / "a.xlsx").write_bytes(b"sheet")
    return job_of(
        owner, state="done", result_file="results/a.xlsx", result_name="台账.xlsx", **fields
    )


def test_the_owner_fetches_the_result_under_its_own_name(
    signed_in: Client, wang: User, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    answer = signed_in.get(f"/jobs/{result_of(wang, tmp_path).pk}/result")
    assert answer.getvalue() == b"sheet"
    assert "%E5%8F%B0%E8%B4%A6.xlsx" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"


def test_who_lost_the_right_or_the_scope_no_longer_fetches_the_result(
    signed_in: Client, wang: User, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    job = result_of(wang, tmp_path, scope_path="/county/park/")
    assert signed_in.get(f"/jobs/{job.pk}/result").status_code == 404
    Job.objects.filter(pk=job.pk).update(scope_path="")
    assert signed_in.get(f"/jobs/{job.pk}/result").getvalue() == b"sheet"
    jobs.register("test.toy", "试验", "short", run=lambda run: None, permission="reports.export")
    assert signed_in.get(f"/jobs/{job.pk}/result").status_code == 404


def test_an_expired_result_is_explained(signed_in: Client, wang: User) -> None:
    job = job_of(wang, state="done", result_name="台账.xlsx")
    assert "已到期删除" in page(signed_in, f"/jobs/{job.pk}")
    assert signed_in.get(f"/jobs/{job.pk}/result").status_code == 404


def test_a_result_that_is_gone_from_the_disk_is_not_an_error(
    signed_in: Client, wang: User, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    job = job_of(wang, state="done", result_file="results/gone.xlsx", result_name="台账.xlsx")
    assert signed_in.get(f"/jobs/{job.pk}/result").status_code == 404


def test_the_job_leads_to_what_it_made(signed_in: Client, wang: User) -> None:
    jobs.register("test.toy", "试验", "short", run=lambda run: None, url=lambda job: "/imports/7")
    job = jobs.run_now(job_of(wang))
    assert 'href="/imports/7"' in page(signed_in, f"/jobs/{job.pk}")
    message = Message.objects.get(recipient=wang)
    assert signed_in.get(f"/messages/{message.pk}").headers["Location"] == "/imports/7"


def test_a_job_that_made_no_page_of_its_own_leads_to_itself(signed_in: Client, wang: User) -> None:
    jobs.register("test.toy", "试验", "short", run=lambda run: None, url=lambda job: "")
    job = jobs.run_now(job_of(wang))
    assert "查看结果" not in page(signed_in, f"/jobs/{job.pk}")
    assert Message.objects.get(recipient=wang).url == f"/jobs/{job.pk}"


def test_the_list_is_narrowed_by_state(signed_in: Client, wang: User) -> None:
    done, failed = job_of(wang, state="done"), job_of(wang, state="failed")
    shown = page(signed_in, "/jobs/?state=failed")
    assert str(failed.pk) in shown
    assert str(done.pk) not in shown


def test_the_list_costs_the_same_for_two_jobs_and_for_twenty(signed_in: Client, wang: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(signed_in, "/jobs/")
        return len(captured)

    job_of(wang), job_of(wang)
    page(signed_in, "/jobs/")  # the first page of a session also writes the session
    with_two = queries()
    for _ in range(18):
        job_of(wang)
    assert queries() == with_two
