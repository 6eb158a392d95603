"""A worker dies by SIGKILL at every point of a job: the next one ends it, exactly once."""

import signal

import pytest

from tests.chaos.checker import judge
from tests.chaos.site import Site

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
