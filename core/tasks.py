"""What Celery may be asked to do: run a job, look for unheard ones, seal the log."""

from uuid import UUID

from celery import shared_task

from core import chain
from core.jobs import bell, runner, sweeper
from core.outward import delivery


@shared_task(name=bell.TASK)
def run_job(job_id: str) -> None:
    runner.run(UUID(job_id))


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    sweeper.submit_nightly()
    delivery.submit_due()
    sweeper.sweep()


@shared_task(name="core.seal_log")
def seal_log() -> None:
    chain.seal()
