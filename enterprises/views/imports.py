"""The import centre and the first step of an import: upload, and where a batch stands."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.dates import today
from core.permissions import require
from core.upload import display_name
from enterprises.census import uploads
from enterprises.census.rounds import round_totals
from enterprises.forms import NO_SPACE, UploadForm
from enterprises.models import BatchState, CensusBatch, CensusRound, Enterprise
from enterprises.views.steps import STEPS, Step, ahead_of, job_context, step_of, steps

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
    """Each round with its lists, what each source saw and missed, and what is still open."""
    user: Any = request.user
    rounds = CensusRound.objects.visible_to(user).select_related("county")[:PER_PAGE]
    found = [
        (
            census_round,
            round_totals(census_round),
            list(batches(request).filter(round=census_round)),
        )
        for census_round in rounds
    ]
    unclaimed = Enterprise.objects.visible_to(user).unclaimed()
    waiting = unclaimed.aggregate(count=Count("pk"), since=Min("unclaimed_since"))
    since = waiting["since"]
    context = {
        "rounds": found,
        "unclaimed": waiting["count"],
        "waited": (today() - since).days if since else None,
    }
    return render(request, "enterprises/round_list.html", context)


@require_http_methods(["GET", "POST"])
@require(PERMISSION)
def batch_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = UploadForm(user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        batch = uploads.start_batch(
            actor=user,
            content=file,
            name=display_name(file.name),
            census_round=form.census_round(),
            source=form.cleaned_data["source"],
            area=form.cleaned_data["area"],
            is_partial=form.cleaned_data["is_partial"],
        )
        return redirect("enterprises:import_batch", batch.pk)
    status = 507 if form.has_error("file", code=NO_SPACE) else 200
    context = {
        "form": form,
        "steps": [(label, index == 0, False, "") for index, label in enumerate(STEPS.values())],
        "recent": batches(request)[:3],
        "limit": form.limit,
    }
    return render(request, "enterprises/batch_new.html", context, status=status)


@require_safe
@require(PERMISSION)
def import_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the batch stands: its running job, else the step that waits for the clerk."""
    batch = find(request, pk)
    job = job_context(batch, request)
    step = step_of(batch)
    if job["running"]:
        context = page_of(batch, step, ahead=ahead_of(batch), **job)
        return render(request, "enterprises/batch_running.html", context)
    if step is Step.ENDED:
        return render(request, "enterprises/batch_ended.html", page_of(batch, step, **job))
    return redirect(f"enterprises:import_{step.value}", batch.pk)


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
