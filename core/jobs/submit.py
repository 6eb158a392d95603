"""Writing a job down, in the transaction of the change that asks for it."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Now

from core.jobs import bell
from core.jobs.registry import kind_of
from core.models import Job


def submit(
    kind: str,
    *,
    owner: AbstractBaseUser | None,
    params: dict[str, Any] | None = None,
    idempotency_key: str = "",
    title: str = "",
    scope_path: str = "",
    target: Model | None = None,
    bell_rings: bool = True,
) -> Job:
    """The job for this key: a new one, or the one that an earlier click made.

    Without a key each call is a new job. `bell_rings=False` leaves the job to `run_now`.
    """
    registered = kind_of(kind)
    if registered is None:
        raise ValueError(f"kind {kind} is not registered")
    job, created = Job.objects.get_or_create(
        owner_id=owner.pk if owner else None,
        kind=kind,
        idempotency_key=idempotency_key or uuid.uuid4().hex,
        defaults={
            "queue": registered.queue,
            "identity": getattr(owner, "identity", ""),
            "title": (title or registered.label)[:200],
            "params": params or {},
            "scope_path": scope_path,
            "target_type": target._meta.label_lower if target else "",
            "target_id": str(target.pk) if target else "",
            "max_attempts": registered.attempts,
            "pushed_at": None if bell_rings else Now(),
        },
    )
    if created and bell_rings:
        ring_on_commit(job)
    return job


def ring_on_commit(job: Job) -> None:
    """Robust: a Redis that is away must not turn a committed change into an error."""
    transaction.on_commit(lambda: bell.ring([(job.pk, job.queue)]), robust=True)
