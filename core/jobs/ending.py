"""The end of a job and the message about it, in one transaction."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from core.jobs import lease
from core.jobs.registry import kind_of
from core.models import Job, JobState, MessageKind
from core.notices import notify

_TITLES = {JobState.DONE: "{}：已完成", JobState.FAILED: "{}：未完成"}


def url_of(job: Job) -> str:
    """Where the message about the job leads."""
    return outcome_url(job) or reverse("core:job_detail", args=[job.pk])


def outcome_url(job: Job) -> str:
    """The page of what a finished job made; empty where its own page says it all."""
    kind = kind_of(job.kind)
    return kind.url(job) if kind and kind.url and job.state == JobState.DONE else ""


@transaction.atomic
def end(job: Job, state: JobState, **values: Any) -> None:
    """Close the job that this run holds and tell its owner; raises LostLease."""
    lease.close(job, state, **values)
    for name, value in {"state": state, **values}.items():
        setattr(job, name, value)
    tell_owner(job)


def tell_owner(job: Job) -> None:
    title = _TITLES.get(JobState(job.state))
    if job.owner is None or title is None:
        return
    notify(
        [job.owner],
        kind=MessageKind.SYSTEM,
        title=title.format(job.title),
        body=job.message,
        url=url_of(job),
        key=f"job {job.pk} {job.attempt}",
    )
