"""A worker that freezes, loses its job and wakes up again changes nothing any more."""

import os
import signal

from tests.chaos.checker import Verdict, judge
from tests.chaos.site import PATIENCE, Site
from tests.core.waiting import until

LEASES_OUT = "SELECT lease_until < clock_timestamp() FROM core_job WHERE id = %s"


def freeze_and_wake(site: Site, **environment: str) -> Verdict:
    """Freeze the first run inside a chunk, let another end the job, wake the first one up."""
    sleeper = site.worker("sleeper", extra=environment)
    job = site.submit(rows=200, gate="chunk 100")
    site.until_reached(job)
    os.kill(sleeper.pid, signal.SIGSTOP)
    site.open_gate(job)
    until(lambda: site.value(LEASES_OUT, job), "the lease to run out", PATIENCE)
    site.worker("second", extra=environment)
    site.until_ended(job)
    site.kill("second")
    os.kill(sleeper.pid, signal.SIGCONT)
    after = site.submit(rows=20)  # the sleeper has ended its old job before it takes this one
    site.until_ended(after)
    return judge(site)


def test_a_frozen_worker_wakes_up_to_find_its_job_taken(site: Site) -> None:
    verdict = freeze_and_wake(site)
    assert (verdict.lost, verdict.doubled, verdict.max_attempts) == (0, 0, 2)
    assert "another run holds it" in site.said("sleeper")


def test_without_fencing_the_same_writes_rows_twice(site: Site) -> None:
    """Negative control."""
    assert freeze_and_wake(site, CHAOS_WITHOUT="fencing").doubled > 0
