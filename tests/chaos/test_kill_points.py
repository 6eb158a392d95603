"""A worker dies by SIGKILL at every point of a job: the next one ends it, exactly once."""

import signal

import pytest

from tests.chaos.checker import judge
from tests.chaos.site import PATIENCE, Site
from tests.core.waiting import until

PROGRESS = "SELECT done FROM core_job WHERE id = %s"
POINTS = [
    ("toy.import", "after_claim"),
    ("toy.import", "chunk:3"),
    ("toy.import", "before_finish"),
    ("toy.import", "after_finish"),
    ("toy.export", "chunk"),
    ("toy.export", "after_finish"),
]


@pytest.mark.parametrize(("kind", "point"), POINTS)
def test_a_worker_killed_at_a_point_loses_and_doubles_nothing(
    site: Site, kind: str, point: str
) -> None:
    doomed = site.worker("doomed", extra={"CRASH_AT": point})
    job = site.submit(kind)
    assert doomed.wait(60) == -signal.SIGKILL
    site.processes.pop("doomed")
    site.worker()
    site.until_ended(job)
    verdict = judge(site)
    assert (verdict.jobs, verdict.lost, verdict.doubled) == (1, 0, 0)
    assert verdict.max_attempts == (1 if point == "after_finish" else 2)


def test_a_worker_told_to_stop_hands_its_job_back(site: Site) -> None:
    """A new release: no waiting for the lease of the old program."""
    old = site.worker("old", pool="prefork")
    job = site.submit(rows=5000)
    until(lambda: site.value(PROGRESS, job) >= 100, "progress", PATIENCE)
    old.terminate()
    assert old.wait(PATIENCE) == 0
    site.processes.pop("old")
    assert site.state(job) == "queued"
    site.worker("new")
    site.until_ended(job)
    verdict = judge(site)
    assert (verdict.lost, verdict.doubled, verdict.max_attempts) == (0, 0, 2)
