"""What a person may do to a job: stop it, start it again."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from core import audit
from core.jobs.registry import kind_of
from core.jobs.submit import ring_on_commit
from core.models import Job, JobState

ATTEMPTS = 5


@transaction.atomic
def cancel(*, actor: AbstractBaseUser, job: Job) -> bool:
    """Ask the job to stop; one that has not begun is over at once. False if it had ended."""
    jobs = Job.objects.filter(pk=job.pk)
    changed = jobs.filter(state=JobState.QUEUED, attempt=0).update(
        state=JobState.CANCELLED, cancel_requested=True, finished_at=Now()
    ) or jobs.filter(state__in=[JobState.QUEUED, JobState.RUNNING], cancel_requested=False).update(
        cancel_requested=True
    )
    if changed:
        audit.record(actor=actor, verb="job.cancel", target=job, scope_path=job.scope_path)
    return bool(changed)


@transaction.atomic
def retry(*, actor: AbstractBaseUser, job: Job) -> bool:
    """Put an ended or interrupted job back in the queue; it continues at its last checkpoint."""
    kind = kind_of(job.kind)
    stopped = Q(state__in=[JobState.FAILED, JobState.CANCELLED])
    interrupted = Q(state=JobState.RUNNING, lease_until__lt=Now())
    changed = Job.objects.filter(stopped | interrupted, pk=job.pk).update(
        state=JobState.QUEUED,
        max_attempts=F("attempt") + (kind.attempts if kind else ATTEMPTS),
        lease_until=None,
        pushed_at=None,
        cancel_requested=False,
        error_code="",
        message="",
        finished_at=None,
    )
    if changed:
        audit.record(actor=actor, verb="job.retry", target=job, scope_path=job.scope_path)
        ring_on_commit(job)
    return bool(changed)
