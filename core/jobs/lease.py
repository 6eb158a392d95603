"""Holding a job: the attempt number is the fencing token, the database's clock the only clock."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from core.jobs.errors import Cancelled, LostLease
from core.models import Job, JobState

_CLAIM = """
UPDATE core_job
SET state = 'running', attempt = attempt + 1, message = '',
    lease_until = clock_timestamp() + %(lease)s * interval '1 second',
    started_at = coalesce(started_at, clock_timestamp())
WHERE id = %(id)s AND state IN ('queued', 'running') AND attempt < max_attempts
  AND (lease_until IS NULL OR lease_until < clock_timestamp())
RETURNING *
"""


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def claim(job_id: UUID) -> Job | None:
    """Take the job if it is open and nobody holds it; one of any number of callers succeeds."""
    taken = list(Job.objects.raw(_CLAIM, {"id": job_id, "lease": settings.JOB_LEASE_SECONDS}))
    return taken[0] if taken else None


def held(job: Job) -> QuerySet[Job]:
    """The job's row as long as this run is the one that holds it."""
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)


def write(job: Job, **values: Any) -> None:
    """Write to the row and renew the lease; raises Cancelled or LostLease, nothing written."""
    renewed = {"lease_until": Now() + lease(), **values}
    if not held(job).filter(cancel_requested=False).update(**renewed):
        raise Cancelled if held(job).exists() else LostLease


def close(job: Job, state: JobState, **values: Any) -> None:
    """Write the end of the job; raises LostLease when it is no longer ours to end."""
    if not held(job).update(state=state, lease_until=None, finished_at=Now(), **values):
        raise LostLease


def give_back(job: Job, *, patiently: bool) -> None:
    """Let the next run begin at once; waiting for another's lock is no failed attempt."""
    held(job).update(
        state=JobState.QUEUED,
        lease_until=None,
        pushed_at=None,
        max_attempts=F("max_attempts") + int(patiently),
    )
