"""However a job ends, its state is true and its owner can read why."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from accounts.models import User
from core import jobs
from core.jobs import runner, sweeper
from core.management.commands.sweep_jobs import once
from core.models import AuditEntry, Job, JobState, Message
from tests.core.toys import counted, hold, submitted

pytestmark = pytest.mark.django_db


def test_a_refusal_reaches_the_clerk_in_its_own_words(wang: User, kind: Callable[..., str]) -> None:
    def refuse(run: jobs.JobRun) -> None:
        raise jobs.JobFailed("文件有密码，请另存为无密码的文件后重新上传。", "E-FILE-02")

    kind(refuse)
    job = jobs.run_now(submitted(wang))
    assert (job.state, job.error_code) == (JobState.FAILED, "E-FILE-02")
    assert "另存为无密码" in Message.objects.get(recipient=wang).body


def test_a_mistake_of_ours_ends_the_job_without_showing_its_text(
    wang: User, kind: Callable[..., str]
) -> None:
    def mistaken(run: jobs.JobRun) -> None:
        raise KeyError("internal detail")

    kind(mistaken)
    job = jobs.run_now(submitted(wang))
    assert (job.state, job.error_code) == (JobState.FAILED, "E-JOB-01")
    assert str(job.pk)[:8] in job.message
    assert "internal" not in job.message


def test_a_full_disk_is_named(wang: User, kind: Callable[..., str]) -> None:
    def fill(run: jobs.JobRun) -> None:
        with Path("/dev/full").open("w") as full:
            full.write("x")

    kind(fill)
    job = jobs.run_now(submitted(wang))
    assert job.error_code == "E-IO-01"
    assert "磁盘空间不足" in job.message


def test_a_full_disk_of_the_database_is_named_too(wang: User, kind: Callable[..., str]) -> None:
    def fill(run: jobs.JobRun) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DO $$BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END$$")

    kind(fill)
    assert jobs.run_now(submitted(wang)).error_code == "E-IO-01"


def test_a_job_whose_runs_keep_dying_fails_after_its_attempts(
    wang: User, kind: Callable[..., str]
) -> None:
    kind(counted, attempts=2)
    job = submitted(wang)
    hold(job, attempt=2, expired=True)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "E-JOB-02")
    assert "重试" in job.message


def test_a_new_checkpoint_gives_a_job_its_attempts_back(
    wang: User, kind: Callable[..., str]
) -> None:
    def one_chunk(run: jobs.JobRun) -> None:
        run.checkpoint["step"] = 1
        run.progress(1)

    kind(one_chunk, attempts=3)
    job = submitted(wang)
    hold(job, attempt=2, expired=True)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.attempt, job.max_attempts) == (3, 6)


def test_a_database_that_goes_away_postpones_the_job(wang: User, kind: Callable[..., str]) -> None:
    def interrupted(run: jobs.JobRun) -> None:
        if run.job.attempt == 1:
            raise OperationalError("server closed the connection unexpectedly")
        counted(run)

    kind(interrupted)
    job = submitted(wang)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.lease_until) == (JobState.QUEUED, None)
    assert jobs.run_now(job).state == JobState.DONE


def test_a_worker_told_to_stop_hands_its_job_back(wang: User, kind: Callable[..., str]) -> None:
    def stopped(run: jobs.JobRun) -> None:
        raise SystemExit

    kind(stopped)
    job = submitted(wang)
    with pytest.raises(SystemExit):
        runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.lease_until) == (JobState.QUEUED, None)


def test_a_worker_whose_clock_is_years_ahead_does_not_take_a_held_job(
    wang: User, kind: Callable[..., str]
) -> None:
    kind(counted)
    job = submitted(wang)
    hold(job, attempt=1, expired=False)
    with time_machine.travel("2036-01-01"):
        runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.RUNNING, 1)


def test_a_sweep_survives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    assert once(tidy=True)

    def away() -> int:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(sweeper, "sweep", away)
    assert not once(tidy=True)


def test_a_queued_job_is_cancelled_at_once(wang: User, kind: Callable[..., str]) -> None:
    kind(counted)
    job = submitted(wang)
    assert jobs.cancel(actor=wang, job=job)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.CANCELLED, 0)
    assert AuditEntry.objects.get().verb == "job.cancel"


def test_a_running_job_stops_at_its_next_chunk(wang: User, kind: Callable[..., str]) -> None:
    def stopped(run: jobs.JobRun) -> None:
        assert jobs.cancel(actor=wang, job=run.job)
        counted(run)

    kind(stopped)
    job = jobs.run_now(submitted(wang))
    assert (job.state, job.done) == (JobState.CANCELLED, 0)


def test_what_has_ended_cannot_be_cancelled(wang: User, kind: Callable[..., str]) -> None:
    kind(counted)
    job = jobs.run_now(submitted(wang))
    assert not jobs.cancel(actor=wang, job=job)
    assert not AuditEntry.objects.exists()


def test_retry_puts_a_failed_job_back_with_all_its_attempts(
    wang: User, kind: Callable[..., str]
) -> None:
    def second_time_lucky(run: jobs.JobRun) -> None:
        if run.job.attempt == 1:
            raise jobs.JobFailed("没有成功。")
        counted(run)

    kind(second_time_lucky)
    job = jobs.run_now(submitted(wang))
    assert jobs.retry(actor=wang, job=job)
    assert not jobs.retry(actor=wang, job=job)
    job.refresh_from_db()
    assert (job.state, job.max_attempts, job.error_code) == (JobState.QUEUED, 6, "")
    assert jobs.run_now(job).state == JobState.DONE
    assert Message.objects.filter(recipient=wang).count() == 2


def test_a_result_file_is_private_and_whole(
    wang: User, kind: Callable[..., str], settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path

    def write(run: jobs.JobRun) -> None:
        abandoned, part = run.workfile(".xlsx"), run.workfile(".xlsx")
        abandoned.write_bytes(b"half")
        part.write_bytes(b"whole")
        run.finish({}, file=part, name="台账.xlsx")

    kind(write)
    job = jobs.run_now(submitted(wang))
    kept = tmp_path / job.result_file
    assert (kept.read_bytes(), kept.suffix) == (b"whole", ".xlsx")
    assert kept.stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "results").iterdir()] == [kept.name]


def test_tidying_forgets_results_older_than_a_week(
    wang: User, kind: Callable[..., str], settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    kind(counted)
    job = jobs.run_now(submitted(wang))
    old = tmp_path / "results" / "old.xlsx"
    old.parent.mkdir()
    old.touch()
    os.utime(old, (0, 0))
    Job.objects.filter(pk=job.pk).update(
        result_file="results/old.xlsx", finished_at=Now() - timedelta(days=8)
    )
    assert sweeper.tidy() == 1
    job.refresh_from_db()
    assert (job.result_file, old.exists()) == ("", False)
