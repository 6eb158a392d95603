"""Redis restarted empty, away or frozen: jobs wait, say so, and go on by themselves."""

import os
import signal
import time

from tests.chaos.checker import judge
from tests.chaos.site import PATIENCE, Site
from tests.core.waiting import until

BELL_AWAY = "排队中（任务通道暂不可用，恢复后自动继续）"
REQUEST_LIMIT = 3.0  # seconds that a request may take while Redis is frozen


def waiting_messages(site: Site) -> int:
    with site.redis() as connection:
        return int(connection.llen("import"))


def test_fifty_queued_jobs_survive_a_redis_that_comes_back_empty(site: Site) -> None:
    jobs = [site.submit(rows=20) for _ in range(50)]
    site.wipe_valkey()
    site.valkey.start()
    site.worker()
    site.until_ended(*jobs)
    verdict = judge(site)
    assert (verdict.jobs, verdict.lost, verdict.doubled) == (50, 0, 0)


def test_without_the_sweeper_the_same_loss_is_final(site: Site) -> None:
    """Negative control: the message was the only trace of the job in Redis."""
    site.kill("sweeper")
    site.submit(rows=20)
    site.wipe_valkey()
    site.valkey.start()
    site.worker()
    later = site.submit(rows=20)
    site.until_ended(later)
    assert judge(site).lost == 1


def test_while_redis_is_away_the_site_works_and_says_what_is_so(site: Site) -> None:
    site.wipe_valkey()
    job = site.submit(rows=20)
    assert site.get(f"/toy/{job}")["sentence"] == BELL_AWAY
    site.valkey.start()
    site.worker()
    site.until_ended(job)
    assert site.get(f"/toy/{job}")["label"] == "已完成"


def test_a_frozen_redis_holds_a_request_two_seconds_at_most(site: Site) -> None:
    frozen = site.valkey_pid()
    os.kill(frozen, signal.SIGSTOP)
    try:
        began = time.monotonic()
        job = site.submit(rows=20)
        took = time.monotonic() - began
    finally:
        os.kill(frozen, signal.SIGCONT)
    assert took < REQUEST_LIMIT
    site.worker()
    site.until_ended(job)


def test_the_same_message_ten_times_is_one_run(site: Site) -> None:
    job = site.submit(rows=20)
    with site.redis() as connection:
        (message,) = connection.lrange("import", 0, -1)
        for _ in range(10):
            connection.rpush("import", message)
    site.worker(pool="prefork")
    site.until_ended(job)
    until(lambda: waiting_messages(site) == 0, "all messages to be taken", PATIENCE)
    verdict = judge(site)
    assert (verdict.lost, verdict.doubled, verdict.max_attempts) == (0, 0, 1)


def test_nothing_but_ids_and_states_reaches_redis_and_the_logs(site: Site) -> None:
    site.submit(rows=20, key="怀安机械有限公司")
    with site.redis() as connection:
        kept = b"".join(connection.lrange("import", 0, -1))
    said = site.said("web") + site.said("sweeper")
    assert "怀安机械" not in said
    assert "怀安机械" not in kept.decode("unicode_escape")
