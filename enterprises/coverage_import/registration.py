"""What the product must know of coverage imports: verbs of the log and kinds of job."""

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse

from core import audit, jobs
from core.jobs import JobFailed, JobRun
from core.models import Job
from enterprises.coverage_import import applying, batches, deciding, undoing
from enterprises.models import CoverageBatch

PERMISSION = "enterprises.coverage"
READ = "coverage_import.read"
State = CoverageBatch.State


def register() -> None:
    """Called once when the apps are ready."""
    for verb, label in (
        (applying.FORM, "成立党组织"),
        (applying.LINK, "建立覆盖关系"),
        (applying.END, "终止覆盖关系"),
        (undoing.UNDO, "撤销导入"),
        (deciding.DECIDE, "判断不一致的覆盖关系"),
        (batches.APPLY, "写入覆盖情况"),
        (batches.TAKE_BACK, "撤销覆盖情况导入"),
    ):
        audit.register_verb(verb, label)
    for kind, label, run in (
        (READ, "读取覆盖情况表", _read),
        (batches.APPLY, "写入覆盖情况", _apply),
        (batches.TAKE_BACK, "撤销覆盖情况导入", _undo),
    ):
        jobs.register(kind, label, "import", run=run, permission=PERMISSION, url=_page)


def _page(job: Job) -> str:
    return reverse("enterprises:coverage_batch", args=[job.params["batch"]])


def _batch(run: JobRun) -> CoverageBatch:
    batch: CoverageBatch = CoverageBatch.objects.select_related("county__committee").get(
        pk=run.params["batch"]
    )
    return batch


def _read(run: JobRun) -> None:
    batch = _batch(run)
    if batch.state != State.RECEIVED:
        return
    batches.read(batch, lambda rows: run.progress(rows, stage="读取", message=f"已读 {rows} 行"))
    if batch.state == State.FAILED:
        raise JobFailed(batch.error, "E-COV-01")
    run.finish(batch.counts, message=f"共 {batch.counts['rows']} 行，请核对后写入")


def _apply(run: JobRun) -> None:
    """A second run finds the batch written and has nothing to do."""
    batch = _batch(run)
    if batch.state != State.PLANNED:
        return
    batch = batches.apply(actor=_actor(run), batch=batch)
    if batch.state != State.APPLIED:
        raise JobFailed(batches.MOVED, "E-COV-02")
    receipt = batch.receipt
    run.finish(message=f"新建党组织 {receipt['organizations']} 个、覆盖关系 {receipt['links']} 条")


def _undo(run: JobRun) -> None:
    batch = _batch(run)
    if batch.state != State.APPLIED:
        return
    receipt = batches.undo(actor=_actor(run), batch=batch).undo_receipt
    left = receipt["kept_count"] + receipt["impossible_count"]
    run.finish(message=f"已撤销，{left} 处保留" if left else "已全部撤销")


def _actor(run: JobRun) -> AbstractBaseUser | None:
    return run.job.owner
