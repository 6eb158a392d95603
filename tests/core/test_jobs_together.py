"""Several processes at one job, and a bell that is heard, not heard, or rung too often."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.db import connection, transaction
from django.db.models.functions import Now
from redis import Redis

from accounts.models import User
from core import jobs
from core.jobs import bell, heartbeat, registry, runner, sweeper
from core.models import Job, JobState, Message
from core.tasks import run_job, sweep_jobs
from tests.core.cast import person
from tests.core.waiting import until

LONG_AGO = timedelta(hours=1)
Declare = Callable[..., None]


@pytest.fixture(autouse=True)
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    monkeypatch.setattr(registry, "_kinds", {})

    def toy(run: Callable[[jobs.JobRun], None] = lambda run: None, **options: Any) -> None:
        jobs.register("test.toy", "试验任务", "short", run=run, **options)

    toy()
    return toy


@pytest.fixture
def wang() -> User:
    return person("wang", "王经办")


@pytest.fixture
def queue() -> Iterator[Redis]:
    """The Redis that the workers listen to, without messages of earlier tests."""
    with current_app.connection_for_write() as broker:
        redis: Redis = broker.default_channel.client
        redis.delete("short")
        yield redis
        redis.delete("short")


@pytest.fixture
def redis_away() -> Iterator[None]:
    before = current_app.conf.broker_write_url
    current_app.conf.broker_write_url = "redis+socket:///nowhere/redis.sock"
    yield
    current_app.conf.broker_write_url = before


def submitted(owner: User | None, key: str = "once", **options: Any) -> Job:
    return jobs.submit("test.toy", owner=owner, idempotency_key=key, **options)


def in_threads(count: int, act: Callable[[], object]) -> list[Any]:
    """Results of `act`, begun by `count` threads at the same moment."""
    start = threading.Barrier(count)

    def one(_: int) -> object:
        try:
            start.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.django_db(transaction=True)
def test_thirty_clicks_at_once_make_one_job(wang: User) -> None:
    keys = in_threads(30, lambda: submitted(wang, bell_rings=False).pk)
    assert len(set(keys)) == 1
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_message_ten_times_at_once_is_one_run(declare: Declare, wang: User) -> None:
    runs = []
    declare(lambda run: runs.append(run.job.attempt))
    job = submitted(wang, bell_rings=False)
    in_threads(10, lambda: runner.run(job.pk))
    assert runs == [1]
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_after_the_commit_and_names_nothing_but_the_id(
    wang: User, queue: Redis
) -> None:
    with transaction.atomic():
        job = submitted(wang, params={"name": "怀安机械"}, title="导入 怀安机械")
        assert queue.llen("short") == 0
    (message,) = queue.lrange("short", 0, -1)
    body = json.loads(base64.b64decode(json.loads(message)["body"]))
    assert body[:2] == [[str(job.pk)], {}]
    job.refresh_from_db()
    assert job.pushed_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_rolled_back_rings_no_bell(wang: User, queue: Redis) -> None:
    with transaction.atomic():
        submitted(wang)
        transaction.set_rollback(True)
    assert (queue.llen("short"), Job.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_without_redis_the_job_is_kept_and_the_sweeper_rings_later(
    wang: User, queue: Redis, redis_away: None
) -> None:
    job = submitted(wang)
    job.refresh_from_db()
    assert (job.state, job.pushed_at) == (JobState.QUEUED, None)
    assert sweeper.sweep() == 0
    current_app.conf.broker_write_url = current_app.conf.broker_url
    assert sweeper.sweep() == 1
    assert queue.llen("short") == 1


@pytest.mark.django_db
def test_a_lost_bell_is_noted_so_that_the_page_can_say_so(wang: User, redis_away: None) -> None:
    job = submitted(wang)
    Job.objects.update(pushed_at=Now() - LONG_AGO)
    assert not bell.ring([(job.pk, job.queue)])
    job.refresh_from_db()
    assert job.pushed_at is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"pushed_at": None}, 1),
        ({"pushed_at": Now()}, 0),
        ({"pushed_at": Now() - timedelta(seconds=4)}, 1),
        ({"pushed_at": Now() - timedelta(seconds=4), "created_at": Now() - LONG_AGO}, 0),
        ({"pushed_at": Now() - LONG_AGO, "created_at": Now() - timedelta(days=400)}, 1),
        ({"state": "running", "lease_until": Now() + LONG_AGO, "pushed_at": None}, 0),
        ({"state": "running", "lease_until": Now() - timedelta(seconds=1), "pushed_at": None}, 1),
        ({"state": "done", "pushed_at": None}, 0),
        ({"state": "failed", "pushed_at": None}, 0),
    ],
)
def test_the_sweeper_rings_for_whatever_waits_unheard(
    wang: User, queue: Redis, fields: dict[str, Any], found: int
) -> None:
    submitted(wang)
    Job.objects.update(**fields)
    assert sweeper.sweep() == found == queue.llen("short")


@pytest.mark.django_db
def test_the_task_is_one_for_all_kinds(wang: User) -> None:
    job = submitted(wang)
    run_job(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.django_db
def test_nightly_work_is_submitted_once_a_day_even_when_late(
    declare: Declare, queue: Redis
) -> None:
    declare(nightly=True)
    jobs.register("test.morning", "早晨", "short", run=lambda run: None, nightly=True, hour=7)
    seen = []
    for moment in ("2026-11-21 17:59Z", "2026-11-21 18:01Z", "2026-11-22 15:00Z"):
        with time_machine.travel(moment, tick=False):
            sweep_jobs()
        seen.append(sorted(Job.objects.values_list("kind", flat=True)))
    assert seen == [[], ["test.toy"], ["test.morning", "test.toy"]]
    assert {job.idempotency_key for job in Job.objects.all()} == {"nightly 2026-11-22"}


@pytest.mark.django_db(transaction=True)
def test_inside_one_long_transaction_the_heartbeat_shows_progress_and_keeps_the_lease(
    declare: Declare, wang: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "TICK", 0.01)
    seen: list[tuple[int, bool]] = []

    def apply(run: jobs.JobRun) -> None:
        with transaction.atomic():
            Job.objects.filter(pk=run.job.pk).exists()
            run.tell(7, 9, stage="写入")
            until(lambda: not run.told, "heartbeat")
            until(lambda: Job.objects.get(pk=run.job.pk).done == 7, "progress")
            seen.append((Job.objects.get(pk=run.job.pk).done, connection.in_atomic_block))

    declare(apply)
    assert jobs.run_now(submitted(wang, bell_rings=False)).state == JobState.DONE
    assert seen == [(7, True)]


@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_can_be_cancelled_and_leaves_nothing(
    declare: Declare, wang: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "TICK", 0.01)

    def apply(run: jobs.JobRun) -> None:
        with transaction.atomic():
            person("half done")
            in_threads(1, lambda: jobs.cancel(actor=wang, job=run.job))
            run.tell(1, 9)
            until(lambda: run.cancel_seen, "cancel")
            run.tell(2, 9)

    declare(apply)
    job = jobs.run_now(submitted(wang, bell_rings=False))
    assert job.state == JobState.CANCELLED
    assert not User.objects.filter(username="half done").exists()


@pytest.mark.django_db(transaction=True)
def test_a_command_waits_for_a_job_that_another_process_runs(
    declare: Declare, wang: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "WAIT", 0.01)
    begun, go_on = threading.Event(), threading.Event()

    def slow(run: jobs.JobRun) -> None:
        begun.set()
        assert go_on.wait(20)

    declare(slow)
    job = submitted(wang, bell_rings=False)

    def elsewhere() -> None:
        runner.run(job.pk)
        connection.close()

    worker = threading.Thread(target=elsewhere)
    worker.start()
    assert begun.wait(20)
    monkeypatch.setattr(runner, "run", _then(runner.run, go_on.set))
    ended = jobs.run_now(job)
    worker.join()
    assert (ended.state, ended.attempt) == (JobState.DONE, 1)


def _then(first: Callable[..., None], second: Callable[[], None]) -> Callable[..., None]:
    def both(*args: Any) -> None:
        first(*args)
        second()

    return both


@pytest.mark.django_db(transaction=True)
def test_waiting_for_another_import_costs_no_attempt(declare: Declare, wang: User) -> None:
    locked, go_on = threading.Event(), threading.Event()

    def other_import() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7)")
            locked.set()
            assert go_on.wait(20)
        connection.close()

    def needs_the_same_lock(run: jobs.JobRun) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1ms'")
            cursor.execute("SELECT pg_advisory_xact_lock(7)")

    declare(needs_the_same_lock, attempts=1)
    other = threading.Thread(target=other_import)
    other.start()
    assert locked.wait(20)
    job = submitted(wang, bell_rings=False)
    runner.run(job.pk)
    runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.max_attempts) == (JobState.QUEUED, 2, 3)
    go_on.set()
    other.join()
    assert jobs.run_now(job).state == JobState.DONE
