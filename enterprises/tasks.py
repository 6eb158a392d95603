"""The census as jobs: load by id, call the stage, tell the clerk; done twice is done once."""

from datetime import timedelta
from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from core import jobs
from core.dates import today
from core.models import Job
from core.spreadsheets.errors import FileError
from enterprises.census import intake, pipeline
from enterprises.census.apply import NotApplicableError, apply_batch
from enterprises.census.undo import undo_batch
from enterprises.census.uploads import APPLY, PREPARE, READ, UNDO
from enterprises.models import Bucket, CensusBatch
from enterprises.periods import mirror_arrivals

QUEUE = "import"
MIRROR = "enterprises.mirror"
TIDY = "census.tidy"
KEPT_DAYS = 30  # for which the error workbook of an ended batch needs no second reading
PERMISSION = "enterprises.census"


def register_jobs() -> None:
    """Called from AppConfig.ready."""
    for key, label, run in (
        (READ, "读取名单", read_batch),
        (PREPARE, "核对名单", prepare_batch),
        (APPLY, "写入名册", write_batch),
        (UNDO, "撤销批次", take_back_batch),
    ):
        jobs.register(key, label, QUEUE, run=run, permission=PERMISSION, url=url_of_job)
    jobs.register(MIRROR, "更新企业当前状态", "short", run=mirror, nightly=True)
    jobs.register(TIDY, "清理导入的中间文件", "short", run=tidy, nightly=True)


def url_of(batch: CensusBatch) -> str:
    """The batch's page; empty while no page is mounted."""
    try:
        return reverse("enterprises:import_batch", args=[batch.pk])
    except NoReverseMatch:
        return ""


def url_of_job(job: Job) -> str:
    batch = CensusBatch.objects.filter(pk=job.params.get("batch")).first()
    return url_of(batch) if batch else ""


def _batch_of(run: jobs.JobRun) -> CensusBatch:
    batches = CensusBatch.objects.select_related("round__county__committee")
    batch: CensusBatch = batches.get(pk=run.params["batch"])
    return batch


def _progress(run: jobs.JobRun, done: int, total: int | None, stage: str) -> None:
    run.progress(done, total, stage=stage)


def read_batch(run: jobs.JobRun) -> None:
    """Parse the file in the child; a file that cannot be used ends batch and job with one word."""
    batch = _batch_of(run)
    try:
        pipeline.read(batch, partial(_progress, run))
    except FileError as problem:
        _fail(run, batch, problem)
    run.finish({"batch": batch.pk}, message="请核对各列的含义")


def prepare_batch(run: jobs.JobRun) -> None:
    """Stage and reconcile; what a killed attempt staged is kept."""
    batch = _batch_of(run)
    try:
        pipeline.prepare(batch, partial(_staged, run, batch))
    except FileError as problem:
        _fail(run, batch, problem)
    counts = batch.buckets
    run.finish(
        {"batch": batch.pk},
        message=f"新增 {counts[Bucket.NEW]}，有变化 {counts[Bucket.CHANGED]}，"
        f"错误 {counts[Bucket.ERROR]}",
    )


def _staged(run: jobs.JobRun, batch: CensusBatch, done: int, total: int | None, stage: str) -> None:
    run.checkpoint["staged"] = done
    run.progress(done, total, stage=stage)


def write_batch(run: jobs.JobRun) -> None:
    """Apply in one transaction that also ends the job."""
    batch = _batch_of(run)
    run.progress(0, None, stage="写入")
    with transaction.atomic():
        try:
            batch = apply_batch(actor=_owner(run), batch=batch)
        except NotApplicableError as problem:
            raise jobs.JobFailed("".join(problem.messages)) from problem
        receipt = batch.receipt
        run.finish(
            {"batch": batch.pk},
            message=f"新增 {receipt['created']} 家，更新 {receipt['changed']} 家",
        )


def take_back_batch(run: jobs.JobRun) -> None:
    batch = _batch_of(run)
    run.progress(0, None, stage="撤销")
    with transaction.atomic():
        try:
            batch = undo_batch(actor=_owner(run), batch=batch, reason=run.params.get("reason", ""))
        except NotApplicableError as problem:
            raise jobs.JobFailed("".join(problem.messages)) from problem
        receipt = batch.undo_receipt
        run.finish(
            {"batch": batch.pk},
            message=f"恢复 {receipt['reversed']} 家，保留 {receipt['kept']} 家",
        )


def tidy(run: jobs.JobRun) -> None:
    """Remove what the reading of long finished files left on disk; the files themselves stay."""
    long_ago = timezone.now() - timedelta(days=KEPT_DAYS)
    ended = CensusBatch.objects.exclude(state__in=intake.UNFINISHED).filter(created_at__lt=long_ago)
    for batch in ended.iterator():
        intake.forget_reading(batch)


def mirror(run: jobs.JobRun) -> None:
    """Let what was entered ahead of time show from its first day on."""
    run.finish({"enterprises": mirror_arrivals(today())})


def _owner(run: jobs.JobRun) -> AbstractBaseUser | None:
    return run.job.owner


def _fail(run: jobs.JobRun, batch: CensusBatch, problem: FileError) -> None:
    with transaction.atomic():
        pipeline.fail(batch, problem)
        run.confirm()
    raise jobs.JobFailed(f"{problem.sentence}{problem.remedy}", problem.code) from problem
