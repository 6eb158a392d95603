"""A job runs once and continues where it stopped."""

import uuid
from collections.abc import Callable

import pytest
from django.db import transaction

from accounts.models import User
from core import jobs
from core.jobs import runner
from core.models import Job, JobState, Message
from tests.core.cast import person
from tests.core.toys import counted, hold, submitted

pytestmark = pytest.mark.django_db


def test_a_job_runs_to_its_end_and_its_owner_is_told(wang: User, kind: Callable[..., str]) -> None:
    kind(counted)
    job = jobs.run_now(submitted(wang, title="导入名录"))
    assert (job.state, job.done, job.total) == (JobState.DONE, 5, 5)
    assert job.result == {"steps": 5}
    message = Message.objects.get(recipient=wang)
    assert (message.title, message.body) == ("导入名录：已完成", "共 5 步")
    assert message.url == f"/jobs/{job.pk}"


def test_the_same_key_gives_the_same_job(wang: User, kind: Callable[..., str]) -> None:
    kind(counted)
    assert submitted(wang).pk == submitted(wang).pk
    assert submitted(None).pk == submitted(None).pk
    assert submitted(person("li")).pk != submitted(wang).pk


def test_a_job_without_key_is_new_each_time(wang: User, kind: Callable[..., str]) -> None:
    kind(counted)
    assert submitted(wang, key="").pk != submitted(wang, key="").pk


def test_an_unregistered_kind_cannot_be_submitted(wang: User) -> None:
    with pytest.raises(ValueError, match="not registered"):
        jobs.submit("test.nothing", owner=wang)


def test_a_kind_this_version_does_not_know_fails_with_a_reason(wang: User) -> None:
    job = Job.objects.create(kind="test.renamed", title="旧任务", owner=wang)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "E-JOB-04")
    assert "系统不认识这类任务" in job.message


def test_an_ended_job_is_not_run_again_by_a_late_message(
    wang: User, kind: Callable[..., str]
) -> None:
    runs: list[int] = []
    kind(lambda run: runs.append(run.job.attempt))
    job = submitted(wang)
    for _ in range(10):
        runner.run(job.pk)
    assert runs == [1]
    assert Message.objects.count() == 1


def test_a_message_about_a_job_that_is_gone_does_nothing() -> None:
    runner.run(uuid.uuid4())


def test_a_held_job_is_left_alone(wang: User, kind: Callable[..., str]) -> None:
    kind(counted)
    job = submitted(wang)
    hold(job, attempt=1, expired=False)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.done) == (JobState.RUNNING, 1, 0)


def test_after_the_lease_the_next_run_continues_at_the_checkpoint(
    wang: User, kind: Callable[..., str]
) -> None:
    seen: list[int] = []

    def noting(run: jobs.JobRun) -> None:
        seen.append(run.checkpoint["step"])
        counted(run)

    kind(noting)
    job = submitted(wang)
    hold(job, attempt=1, expired=True)
    Job.objects.filter(pk=job.pk).update(checkpoint={"step": 3})
    runner.run(job.pk)
    job.refresh_from_db()
    assert seen == [3]
    assert (job.state, job.attempt) == (JobState.DONE, 2)


def test_a_run_that_lost_its_job_writes_nothing_more(wang: User, kind: Callable[..., str]) -> None:
    def frozen(run: jobs.JobRun) -> None:
        Job.objects.filter(pk=run.job.pk).update(attempt=2)
        run.progress(4, 5)

    kind(frozen)
    job = submitted(wang)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.done) == (JobState.RUNNING, 2, 0)
    assert not Message.objects.exists()


def test_what_a_run_commits_under_confirm_is_undone_when_the_job_is_lost(
    wang: User, kind: Callable[..., str]
) -> None:
    def frozen(run: jobs.JobRun) -> None:
        Job.objects.filter(pk=run.job.pk).update(attempt=2)
        with transaction.atomic():
            person("too late")
            run.confirm()

    kind(frozen)
    runner.run(submitted(wang).pk)
    assert not User.objects.filter(username="too late").exists()


def test_a_run_that_lost_its_job_cannot_end_it(wang: User, kind: Callable[..., str]) -> None:
    def frozen(run: jobs.JobRun) -> None:
        Job.objects.filter(pk=run.job.pk).update(state=JobState.QUEUED)

    kind(frozen)
    job = submitted(wang)
    runner.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
