"""Running a job to its end and turning every way it can go wrong into a true state."""

import logging
import time
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import Error, InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from psycopg2 import errorcodes

from core.errors import DISK_IS_FULL
from core.jobs import ending, lease
from core.jobs.crash import crash_point
from core.jobs.errors import Cancelled, JobFailed, LostLease
from core.jobs.heartbeat import Heartbeat
from core.jobs.registry import Kind, kind_of
from core.jobs.run import JobRun
from core.models import Job, JobState
from core.request import Origin, acting_as

WAIT = 0.5  # seconds between two looks at a job that another process runs
logger = logging.getLogger(__name__)

UNKNOWN_KIND = JobFailed("系统不认识这类任务，可能刚升级过，请重新发起。", "E-JOB-04")
EXHAUSTED = JobFailed(
    "任务多次中断，已停止。可点“重试”从中断处继续；仍不成功请联系系统管理员。", "E-JOB-02"
)
TOO_LONG = JobFailed("任务运行时间超过上限，已停止。请拆分后重试。", "E-JOB-03")
DISK_FULL = JobFailed("服务器磁盘空间不足，任务没有完成。请联系系统管理员清理后重试。", "E-IO-01")
FILE_TROUBLE = JobFailed(
    "读写文件出错，任务没有完成。请重试；仍不成功请联系系统管理员。", "E-IO-02"
)
OUR_MISTAKE = "程序出错，任务没有完成，数据未受影响。请联系系统管理员，并告知任务编号 {}。"


def run(job_id: UUID) -> None:
    """Run the job unless it has ended or somebody else holds it; safe to call many times."""
    job = lease.claim(job_id)
    if job is None:
        _fail_exhausted(job_id)
        return
    crash_point("after_claim")
    with acting_as(Origin(request_id=f"job-{job.pk}")):
        try:
            _run_held(job)
        except LostLease:
            logger.warning("job %s attempt %s: another run holds it", job.pk, job.attempt)
        except (OperationalError, InterfaceError) as problem:
            _postpone(job, problem)
        except BaseException as stop:  # the process is told to end: the next one goes on at once
            _postpone(job, stop)
            raise
    crash_point("after_finish")


def run_now(job: Job) -> Job:
    """Run the job in this process, or wait for the process that runs it; returns it ended."""
    while True:
        run(job.pk)
        job.refresh_from_db()
        if job.is_final:
            return job
        time.sleep(WAIT)


def _run_held(job: Job) -> None:
    kind = kind_of(job.kind)
    if kind is None:
        _fail(job, UNKNOWN_KIND)
        return
    try:
        _carry_out(kind, JobRun(job, kind))
    except Cancelled:
        ending.end(job, JobState.CANCELLED)
    except (LostLease, OperationalError, InterfaceError):
        raise
    except Exception as problem:
        _fail(job, _explain(job, problem))


def _carry_out(kind: Kind, this_run: JobRun) -> None:
    """Whatever way it ends, no half file is left when the job is said to have ended."""
    try:
        with Heartbeat(this_run):
            kind.run(this_run)
            if not this_run.is_over:
                this_run.finish()
    finally:
        this_run.clean_up()


def _explain(job: Job, problem: Exception) -> JobFailed:
    """The sentence for the clerk; what is our mistake goes to the log as well."""
    if isinstance(problem, JobFailed):
        return problem
    logger.error("job %s (%s) failed", job.pk, job.kind, exc_info=problem)
    if isinstance(problem, SoftTimeLimitExceeded):
        return TOO_LONG
    if isinstance(problem, OSError):
        return DISK_FULL if problem.errno in DISK_IS_FULL else FILE_TROUBLE
    return JobFailed(OUR_MISTAKE.format(str(job.pk)[:8]), "E-JOB-01")


def _fail(job: Job, failure: JobFailed) -> None:
    ending.end(job, JobState.FAILED, error_code=failure.code, message=failure.message)


@transaction.atomic
def _fail_exhausted(job_id: UUID) -> None:
    """End a job whose runs have died as often as its kind allows."""
    dead = Job.objects.claimable().filter(pk=job_id, attempt__gte=F("max_attempts"))
    for job in dead.select_for_update(skip_locked=True):
        dead.update(state=JobState.RUNNING)
        _fail(job, EXHAUSTED)


def _postpone(job: Job, problem: BaseException) -> None:
    """The database went away, was full, or let another go first: another run will continue."""
    logger.warning("job %s attempt %s interrupted: %s", job.pk, job.attempt, problem)
    code = getattr(problem.__cause__, "pgcode", None)
    if not connection.in_atomic_block:
        connection.close()
    try:
        if code == errorcodes.DISK_FULL:
            _fail(job, DISK_FULL)
        else:
            lease.give_back(job, patiently=code == errorcodes.LOCK_NOT_AVAILABLE)
    except Error:
        logger.warning("job %s: its lease has to run out", job.pk)
