"""The import centre and the first two steps of an import: upload, meaning of the columns."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.permissions import require
from enterprises.census import uploads
from enterprises.forms import HeaderForm, UploadForm
from enterprises.models import BatchState, CensusBatch, CensusRound
from enterprises.views.steps import STEPS, Step, job_context, step_of, steps

PERMISSION = "enterprises.census"
PER_PAGE = 20
TONES = {
    BatchState.APPLIED: "ok",
    BatchState.FAILED: "broken",
    BatchState.RECONCILED: "attention",
    BatchState.DECIDED: "attention",
    BatchState.PARSED: "attention",
    BatchState.RECEIVED: "running",
    BatchState.STAGED: "running",
}


def batches(request: HttpRequest) -> Any:
    user: Any = request.user
    return (
        CensusBatch.objects.visible_to(user)
        .select_related("round__county__committee", "area__committee", "created_by", "applied_by")
        .order_by("-pk")
    )


def find(request: HttpRequest, pk: int) -> CensusBatch:
    """The batch within the user's scope; a neighbour's is a 404."""
    batch: CensusBatch = get_object_or_404(batches(request), pk=pk)
    return batch


def page_of(batch: CensusBatch, step: Step, **extra: Any) -> dict[str, Any]:
    """What every page of the wizard shows around its own content."""
    return {
        "batch": batch,
        "title": f"{batch.get_source_display()}名单：{batch.original_name}",
        "steps": steps(batch, step),
        "tone": TONES.get(BatchState(batch.state), "none"),
        "as_of": f"普查时点 {batch.round.reference_date:%Y-%m-%d}",
        **extra,
    }


@require_safe
@require(PERMISSION)
def batch_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(batches(request), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(batch, TONES.get(BatchState(batch.state), "none")) for batch in page]
    return render(request, "enterprises/batch_list.html", {"page": page, "rows": rows})


@require_safe
@require(PERMISSION)
def round_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    rounds = CensusRound.objects.visible_to(user).select_related("county")
    found = [
        (census_round, batches(request).filter(round=census_round)[:PER_PAGE])
        for census_round in rounds[:PER_PAGE]
    ]
    return render(request, "enterprises/round_list.html", {"rounds": found})


@require_http_methods(["GET", "POST"])
@require(PERMISSION)
def batch_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = UploadForm(user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = uploads.start_batch(
            actor=user,
            content=form.cleaned_data["file"],
            name=form.cleaned_data["file"].name,
            census_round=form.census_round(),
            source=form.cleaned_data["source"],
            area=form.cleaned_data["area"],
            is_partial=form.cleaned_data["is_partial"],
        )
        return redirect("enterprises:import_batch", batch.pk)
    context = {
        "form": form,
        "steps": [(label, index == 0, False, "") for index, label in enumerate(STEPS.values())],
        "recent": batches(request)[:3],
        "limit": form.limit,
    }
    return render(request, "enterprises/batch_new.html", context)


@require_safe
@require(PERMISSION)
def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the batch stands: its running job, else the step that waits for the clerk."""
    batch = find(request, pk)
    job = job_context(batch, request)
    step = step_of(batch)
    if job["running"]:
        return render(request, "enterprises/batch_running.html", page_of(batch, step, **job))
    if step is Step.ENDED:
        return render(request, "enterprises/batch_ended.html", page_of(batch, step, **job))
    return redirect(f"enterprises:import_{step.value}", batch.pk)


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
    context = page_of(
        batch,
        Step.COLUMNS,
        columns=[
            view._replace(field=chosen[view.place]) if len(chosen) == len(views) else view
            for view in views
        ],
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


@require_POST
@require(PERMISSION)
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    batch = find(request, pk)
    try:
        uploads.cancel_batch(actor=request.user, batch=batch)  # type: ignore[arg-type]
    except ValidationError as problem:
        messages.error(request, "".join(problem.messages))
    else:
        messages.success(request, "已取消这次导入，系统内数据未发生任何变化。")
    return redirect("enterprises:import_batch", batch.pk)
