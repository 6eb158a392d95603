"""Waking the workers through Redis; a bell that nobody hears costs seconds, never work."""

import logging
from uuid import UUID

from celery import current_app
from django.db.models.functions import Now

from core.models import Job, JobState

TASK = "core.run_job"
logger = logging.getLogger(__name__)
# A Redis that is away or frozen must not hold a web request: one try of two seconds at most.
_IMPATIENT = {"socket_timeout": 2, "socket_connect_timeout": 2, "max_retries": 0}


def ring(jobs: list[tuple[UUID, str]]) -> bool:
    """Wake a worker for each (id, queue) and note the time; False when Redis does not answer."""
    if not jobs:
        return True
    ids = [job_id for job_id, _ in jobs]
    open_jobs = Job.objects.filter(pk__in=ids, state__in=[JobState.QUEUED, JobState.RUNNING])
    try:
        with current_app.connection_for_write(transport_options=_IMPATIENT) as connection:
            for job_id, queue in jobs:
                current_app.send_task(
                    TASK, args=[str(job_id)], queue=queue, connection=connection, retry=False
                )
    except Exception as problem:  # each driver and transport raises errors of its own
        logger.warning("bell not heard: %s", problem)
        open_jobs.filter(pushed_at__isnull=False).update(pushed_at=None)
        return False
    open_jobs.update(pushed_at=Now())
    return True
