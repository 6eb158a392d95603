"""Large sheets are tried and written by jobs; the rows wait as the draft of their owner."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from core import jobs
from core.jobs import JobFailed, JobRun
from core.models import Job
from organizations import importing
from organizations.sheets import Sheet, sheet

TRY, WRITE = "sheets.try", "sheets.write"


def register() -> None:
    """Called from AppConfig.ready."""
    jobs.register(TRY, "核对表格", "import", run=_try, url=_preview)
    jobs.register(WRITE, "写入表格", "import", run=_write, url=_list)


def submit(kind: str, wanted: Sheet, owner: Any) -> Job:
    words = {TRY: "核对", WRITE: "写入"}
    return jobs.submit(
        kind, owner=owner, params={"sheet": wanted.key}, title=f"{words[kind]}{wanted.title}"
    )


def _sheet_of(job: Job) -> Sheet:
    wanted = sheet(job.params["sheet"])
    owner: Any = job.owner
    if wanted is None or not owner.has_perm(wanted.permission):
        raise JobFailed("没有导入这类表格的权限。")
    return wanted


def _kept(run: JobRun, wanted: Sheet) -> importing.Kept:
    found = importing.kept(wanted.key, run.job.owner)
    if found is None:
        raise JobFailed("上传的表格已经处理或清除，请重新上传。")
    return found


def _try(run: JobRun) -> None:
    wanted = _sheet_of(run.job)
    rows = _kept(run, wanted).rows
    run.tell(0, len(rows), stage="核对")
    outcome = importing.run(wanted, run.job.owner, rows, write=False)
    with transaction.atomic():
        importing.keep(wanted.key, run.job.owner, rows, outcome)
        run.finish({"rows": len(rows)}, message=outcome.said)


def _write(run: JobRun) -> None:
    wanted = _sheet_of(run.job)
    rows = _kept(run, wanted).rows
    run.tell(0, len(rows), stage="写入")
    with transaction.atomic():
        outcome = importing.run(wanted, run.job.owner, rows, write=True)
        importing.forget(wanted.key, run.job.owner)
        run.finish({"rows": len(rows)}, message=outcome.said)


def _preview(job: Job) -> str:
    return reverse("organizations:sheet_preview", args=[job.params["sheet"]])


def _list(job: Job) -> str:
    wanted = sheet(job.params["sheet"])
    return reverse(wanted.list_route) if wanted else ""
