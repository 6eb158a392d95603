"""A toy job and the states that tests put it into."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from core import jobs
from core.models import Job, JobState

Handler = Callable[[jobs.JobRun], None]
LONG_AGO = timedelta(hours=1)


def counted(run: jobs.JobRun) -> None:
    """Five chunks, each with its checkpoint."""
    for step in range(run.checkpoint.get("step", 0), 5):
        with transaction.atomic():
            run.checkpoint["step"] = step + 1
            run.progress(step + 1, 5, stage="计数")
    run.finish({"steps": 5}, message="共 5 步")


def submitted(owner: User | None, key: str = "once", **options: object) -> Job:
    return jobs.submit("test.toy", owner=owner, idempotency_key=key, **options)  # type: ignore[arg-type]


def hold(job: Job, *, attempt: int, expired: bool) -> None:
    lease = Now() - LONG_AGO if expired else Now() + LONG_AGO
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempt=attempt, lease_until=lease)
