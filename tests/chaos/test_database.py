"""PostgreSQL crashes, restarts, fills up or says no under a running job."""

import os
import resource
import signal

import psycopg2

from tests.chaos.checker import judge
from tests.chaos.site import PATIENCE, Site
from tests.core.waiting import until

BUSY = "SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()"
PROGRESS = "SELECT done FROM core_job WHERE id = %s"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
CRAMPED = 24 * 1024 * 1024  # bytes of one file: more than a WAL segment, less than the toy needs


def answers(site: Site) -> bool:
    try:
        return bool(site.value("SELECT true"))
    except psycopg2.OperationalError:
        return False


def until_done(site: Site, job: str, rows: int) -> None:
    until(lambda: site.value(PROGRESS, job) >= rows, f"{rows} rows", PATIENCE)


def kill_busy_backend(site: Site) -> None:
    until(lambda: site.query(BUSY), "a back end at work", PATIENCE)
    for (pid,) in site.query(BUSY):
        os.kill(pid, signal.SIGKILL)


def test_a_killed_back_end_throws_everybody_out_and_the_import_goes_on(site: Site) -> None:
    site.worker()
    job = site.submit(rows=1500)
    for rows in (100, 300):
        until_done(site, job, rows)
        kill_busy_backend(site)
        until(lambda: answers(site), "recovery", PATIENCE)
    site.until_ended(job)
    verdict = judge(site)
    assert (verdict.lost, verdict.doubled) == (0, 0)
    assert verdict.max_attempts > 1


def test_a_database_stopped_dead_finds_the_import_where_it_was(site: Site) -> None:
    site.worker()
    job = site.submit(rows=1000)
    until_done(site, job, 200)
    os.kill(site.postmaster(), signal.SIGQUIT)
    until(lambda: not site.postgres.is_running(), "PostgreSQL to end", PATIENCE)
    site.postgres.start()
    site.until_ended(job)
    verdict = judge(site)
    assert (verdict.lost, verdict.doubled) == (0, 0)
    assert site.get(f"/toy/{job}")["label"] == "已完成"


def test_the_victim_of_a_deadlock_is_run_again(site: Site) -> None:
    site.worker("one")
    first = site.submit("toy.locks", rows=1, gate="between")
    site.until_reached(first)
    site.worker("two")
    second = site.submit("toy.locks", rows=2)
    until(lambda: site.value(WAITING), "the second job to wait for the first", PATIENCE)
    site.open_gate(first)
    site.until_ended(first, second)
    assert {site.state(first), site.state(second)} == {"done"}
    assert judge(site).max_attempts == 2


def test_a_full_database_disk_loses_nothing_and_the_job_can_be_repeated(site: Site) -> None:
    site.worker()
    kept = site.submit(rows=100)
    site.until_ended(kept)
    unlimited = resource.prlimit(site.postmaster(), resource.RLIMIT_FSIZE, (CRAMPED, -1))
    job = site.submit("toy.fill", rows=20_000)
    site.until_ended(job)
    assert site.state(job) == "failed"
    assert "数据未受影响" in site.get(f"/toy/{job}")["sentence"]
    assert site.value("SELECT count(*) FROM toy_row WHERE job = %s", job) == 0
    resource.prlimit(site.postmaster(), resource.RLIMIT_FSIZE, unlimited)
    assert site.post(f"/toy/{job}/retry")["changed"]
    site.until_ended(job)
    assert site.value("SELECT count(*) FROM toy_row WHERE job = %s", job) == 20_000
    assert site.value("SELECT count(*) FROM toy_row WHERE job = %s", kept) == 100
