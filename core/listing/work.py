"""What a list does as a job: the address is opened anew with the rights its owner has now."""

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.urls import resolve

from core import audit, jobs
from core.jobs import JobFailed, JobRun
from core.listing import bulk, export

if TYPE_CHECKING:
    from core.listing.page import ListPage

NO_RIGHT = JobFailed("您当前的身份已没有这项权限，任务没有执行。", "E-SCOPE-01")


def register_kinds() -> None:
    jobs.register(bulk.JOB_KIND, "批量办理", "short", run=run_bulk)
    jobs.register(export.JOB_KIND, "导出列表", "export", run=run_export)
    audit.register_verb(export.VERB, "导出列表")


def page_for(owner: Any, address: str) -> "ListPage":
    """The list page behind an address, as its owner would open it now."""
    parts = urlsplit(address)
    match = resolve(parts.path)
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = parts.path
    request.user = owner
    request.GET = QueryDict(parts.query)
    page: ListPage = cast(Any, match.func).view_class()
    page.setup(request, *match.args, **match.kwargs)
    if not owner.is_active or not owner.has_perm(page.permission):
        raise NO_RIGHT
    return page


def run_bulk(run: JobRun) -> None:
    """All rows of the filter in one transaction with the end of the job: once or not at all."""
    page = page_for(run.job.owner, run.params["address"])
    action = next(a for a in page.bulk_actions if a.key == run.params["action"])
    if not page.user.has_perm(action.permission):
        raise NO_RIGHT
    form = bulk.form_of(action, page.user, QueryDict(run.params["answers"]))
    if not form.is_valid():
        raise JobFailed("填写的内容已失效，请重新办理。", "E-LIST-01")
    with transaction.atomic():
        rows = page.narrowed(page.request.GET)
        sentence = action.run(bulk.BulkRequest(page.user, rows, form.cleaned_data))
        run.finish(message=sentence)


def run_export(run: JobRun) -> None:
    """The list as its owner may see it now, as a workbook that only the owner can fetch."""
    page = page_for(run.job.owner, run.params["address"])
    if not page.user.has_perm(page.export_permission):
        raise NO_RIGHT
    book = run.workfile(".xlsx")
    purpose = export.Purpose(run.params.get("purpose", ""))
    number = export.write(page, page.narrowed(page.request.GET), book, purpose, run)
    run.finish(
        {"rows": number}, message=f"共 {number:,} 条。", file=book, name=export.name_of(page)
    )
