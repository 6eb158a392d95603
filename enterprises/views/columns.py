"""Step 2 of an import: what each column means, and what is wrong with the file as a whole."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.identifiers import Verdict, check_registration_number, check_uscc
from core.permissions import require
from enterprises.census import intake, uploads
from enterprises.census.columns import CENSUS
from enterprises.census.uploads import ColumnView
from enterprises.forms import HeaderForm
from enterprises.models import BatchState, CensusBatch
from enterprises.views.imports import PERMISSION, batches, find, page_of
from enterprises.views.steps import Step, job_context, step_of

LOOKED_AT = 200  # rows in which a damaged code column shows itself
DAMAGED = {Verdict.SCIENTIFIC, Verdict.LOST_DIGITS}
CODES = {"uscc": check_uscc, "registration_number": check_registration_number}


def blockers(batch: CensusBatch, views: Sequence[ColumnView]) -> list[str]:
    """What the clerk should mend before going on, one sentence each."""
    fields = [view.field for view in views]
    found = []
    if "name" not in fields:
        found.append("没有一列对应“企业名称”。请在下面指出哪一列是企业名称，否则不能继续。")
    if not set(CODES) & set(fields):
        found.append("没有一列对应统一社会信用代码或注册号，只能按名称比对，结果都要逐家核对。")
    repeated = sorted({one for one in fields if one in CENSUS and fields.count(one) > 1})
    found += [
        f"有 {fields.count(field)} 列都对应“{CENSUS[field].header}”，请只保留一列。"
        for field in repeated
    ]
    return found + _damaged(batch, views)


def _damaged(batch: CensusBatch, views: Sequence[ColumnView]) -> list[str]:
    """Code columns that a spreadsheet program turned into numbers."""
    columns = [view for view in views if view.field in CODES]
    if not columns:
        return []
    table = intake.tables_of(batch, intake.workbook_of(batch))[0]
    cells = [row.cells for row, _ in zip(table.rows(), range(LOOKED_AT), strict=False)]
    found = []
    for view in columns:
        check = CODES[view.field]
        count = sum(check(row[view.place].strip()) in DAMAGED for row in cells)
        if count:
            found.append(
                f"“{view.label}”列被存成了数字：前 {len(cells)} 行里有 {count} 行末几位已丢失，"
                "无法恢复。请从原系统重新导出，并把该列设为文本；继续导入的话，这些行会列为错误。"
            )
    return found


def twin_of(request: HttpRequest, batch: CensusBatch) -> CensusBatch | None:
    """The batch in which the very same file was written before."""
    same = batches(request).filter(sha256=batch.sha256, state=BatchState.APPLIED)
    twin: CensusBatch | None = same.exclude(pk=batch.pk).first()
    return twin


@require_http_methods(["GET", "POST"])
@require(PERMISSION)
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 2: what each column of the file means."""
    batch, user = find(request, pk), request.user
    if batch.state == BatchState.RECEIVED or job_context(batch, request)["running"]:
        return redirect("enterprises:import_batch", batch.pk)
    if step_of(batch) in {Step.ENDED, Step.RECEIPT}:
        return redirect("enterprises:import_batch", batch.pk)
    if request.method == "POST":
        try:
            uploads.confirm_mapping(
                actor=user,  # type: ignore[arg-type]  # signed in: the middleware saw to it
                batch=batch,
                fields=request.POST.getlist("field"),
                remember="remember" in request.POST,
            )
        except ValidationError as problem:
            messages.error(request, "".join(problem.messages))
        else:
            return redirect("enterprises:import_batch", batch.pk)
    views = uploads.column_views(batch)
    chosen = request.POST.getlist("field") if request.method == "POST" else []
    if len(chosen) == len(views):
        views = [view._replace(field=chosen[view.place]) for view in views]
    context = page_of(
        batch,
        Step.COLUMNS,
        columns=views,
        blockers=blockers(batch, views),
        twin=twin_of(request, batch),
        choices=uploads.field_choices(),
        head=uploads.head_of(batch),
        header_form=HeaderForm(batch),
        again=batch.state != BatchState.PARSED,
    )
    return render(request, "enterprises/import_columns.html", context)


@require_POST
@require(PERMISSION)
def import_header(request: HttpRequest, pk: int) -> HttpResponse:
    """Another sheet or header row, pointed at by the clerk."""
    batch = find(request, pk)
    form = HeaderForm(batch, request.POST)
    if not form.is_valid():
        messages.error(request, "请填写表头所在的工作表和行号。")
        return redirect("enterprises:import_columns", batch.pk)
    try:
        uploads.choose_header(
            actor=request.user,  # type: ignore[arg-type]
            batch=batch,
            sheet=int(form.cleaned_data["sheet"]),
            header_row=form.cleaned_data["header_row"],
            depth=form.cleaned_data["depth"],
        )
    except (ValidationError, ValueError) as problem:
        said = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
        messages.error(request, "".join(said))
    return redirect("enterprises:import_columns", batch.pk)
