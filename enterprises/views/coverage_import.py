"""Importing existing coverage: upload, look at what would be written, write, take back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.dates import today
from core.jobs import submit
from core.jobs.page import JobFace
from core.models import Job
from core.permissions import require
from core.text import key_of
from enterprises.coverage_import import batches, deciding
from enterprises.coverage_import.forms import CoverageUploadForm, county_of
from enterprises.coverage_import.registration import PERMISSION, READ
from enterprises.coverage_import.template import blank_sheet
from enterprises.models import CoverageBatch, CoverageRow

State, Outcome = CoverageBatch.State, CoverageRow.Outcome
PER_PAGE = 50
LENGTH = 60  # of a search text
TONES = {
    State.RECEIVED: "running",
    State.PLANNED: "attention",
    State.APPLIED: "ok",
    State.FAILED: "broken",
}
OUTCOME_TONES = {
    Outcome.LINK: "ok",
    Outcome.CONFLICT: "attention",
    Outcome.NOT_FOUND: "attention",
    Outcome.ERROR: "broken",
}


def _batches(request: HttpRequest) -> Any:
    user: Any = request.user
    return CoverageBatch.objects.visible_to(user).select_related("county", "created_by")


def _find(request: HttpRequest, pk: int) -> CoverageBatch:
    batch: CoverageBatch = get_object_or_404(_batches(request), pk=pk)
    return batch


@require_http_methods(["GET", "POST"])
@require(PERMISSION)
def upload(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = CoverageUploadForm(user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        unit, file = form.cleaned_data["unit"], form.cleaned_data["file"]
        county = county_of(unit)
        assert county is not None
        batch = batches.receive(
            actor=user,
            content=file,
            name=file.name,
            county=county,
            as_of=form.cleaned_data["as_of"],
            committee=unit.committee,
        )
        _submit(user, READ, batch)
        return redirect("enterprises:coverage_batch", batch.pk)
    page = Paginator(_batches(request), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(batch, TONES.get(State(batch.state), "none")) for batch in page]
    context = {"title": "导入覆盖情况", "form": form, "page": page, "rows": rows}
    return render(request, "enterprises/coverage_upload.html", context)


def _submit(user: Any, kind: str, batch: CoverageBatch, **params: Any) -> Job:
    """One job of a kind for a batch, however often the button is pressed."""
    attempt = Job.objects.filter(
        kind=kind, target_type=batch._meta.label_lower, target_id=str(batch.pk), state="failed"
    ).count()
    return submit(
        kind,
        owner=user,
        params={"batch": batch.pk, **params},
        idempotency_key=f"{batch.pk}-{attempt}",
        title=str(batch),
        scope_path=batch.scope_path,
        target=batch,
    )


@require_safe
@require(PERMISSION)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _find(request, pk)
    job = _latest_job(batch)
    outcome = request.GET.get("outcome", "")
    text = request.GET.get("q", "")[:LENGTH]
    found = deciding.narrowed(_chosen(batch, outcome), text).order_by("id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "enterprises/coverage_batch.html",
        {
            "title": batch.original_name,
            "batch": batch,
            "tone": TONES.get(State(batch.state), "none"),
            "job": job,
            "face": JobFace(job) if job else None,
            "is_running": job is not None and not job.is_final,
            "outcomes": _outcomes(batch, outcome),
            "outcome": outcome,
            "text": text,
            "may_decide": batch.state == State.PLANNED and outcome == Outcome.CONFLICT,
            "wanted": deciding.will_form(batch) if batch.state == State.PLANNED else {},
            "page": page,
            "rows": [(row, OUTCOME_TONES.get(Outcome(row.outcome), "none")) for row in page],
            "receipt": batch.receipt,
            "undo": batch.undo_receipt,
            "undone": [
                (_REVERSED.get(kind, kind), number)
                for kind, number in batch.undo_receipt.get("reversed", {}).items()
            ],
        },
    )


def _chosen(batch: CoverageBatch, outcome: str) -> QuerySet[CoverageRow]:
    rows = batch.rows.select_related("enterprise", "organization")
    return rows.filter(outcome=outcome) if outcome in Outcome.values else rows


_REVERSED = {
    "links": "条覆盖关系",
    "organizations": "个党组织",
    "ended": "条恢复的覆盖关系",
    "years": "条年度记录",
}


def _latest_job(batch: CoverageBatch) -> Any:
    jobs = Job.objects.with_health().filter(
        target_type=batch._meta.label_lower, target_id=str(batch.pk)
    )
    return jobs.order_by("-created_at").first()


def _outcomes(batch: CoverageBatch, chosen: str) -> list[dict[str, Any]]:
    """The counters above the rows, each a filter."""
    every = {"label": "全部", "count": batch.counts.get("rows", 0), "url": "?"}
    return [
        every | {"current": not chosen},
        *(
            {
                "label": outcome.label,
                "count": batch.counts.get(outcome.value, 0),
                "url": f"?outcome={outcome.value}",
                "current": outcome == chosen,
            }
            for outcome in Outcome
        ),
    ]


@require_POST
@require(PERMISSION)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of the page one by one, or with `all` every row that the filter leaves."""
    batch, user, text = _find(request, pk), request.user, request.POST.get("q", "")[:LENGTH]
    shown = deciding.narrowed(deciding.conflicts(batch), text)
    actor: Any = user
    try:
        if whole := request.POST.get("all"):
            changed = deciding.decide(
                actor=actor, batch=batch, rows=shown, takes_file=whole == "file"
            )
        else:
            changed = sum(
                deciding.decide(
                    actor=actor,
                    batch=batch,
                    rows=shown.filter(pk__in=_rows_with(request, word)),
                    takes_file=word == "file",
                )
                for word in ("file", "keep")
            )
    except ValidationError as problem:
        messages.info(request, problem.messages[0])
    else:
        messages.success(request, f"已改判 {changed} 行。" if changed else "没有改动。")
    query = urlencode({"outcome": Outcome.CONFLICT, **({"q": text} if text else {})})
    return redirect(f"{reverse('enterprises:coverage_batch', args=[pk])}?{query}")


def _rows_with(request: HttpRequest, word: str) -> list[int]:
    """The rows of the page for which the clerk chose the file, or the register."""
    return [
        key
        for name, value in request.POST.items()
        if value == word and name.startswith("row-") and (key := key_of(name[4:]))
    ]


@require_POST
@require(PERMISSION)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _find(request, pk)
    if batch.state != State.PLANNED:
        messages.info(request, "这份表不在待写入状态")
    else:
        _submit(request.user, batches.APPLY, batch)
    return redirect("enterprises:coverage_batch", pk)


@require_POST
@require(PERMISSION)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _find(request, pk)
    if batch.state != State.APPLIED:
        messages.info(request, "这份表没有写入，或已经撤销")
    else:
        _submit(request.user, batches.TAKE_BACK, batch)
    return redirect("enterprises:coverage_batch", pk)


@require_safe
@require(PERMISSION)
def template(request: HttpRequest) -> FileResponse:
    """The short sheet to fill in: blank, or with the enterprises and what covers them today."""
    user: Any = request.user
    filled = "filled" in request.GET
    name = f"覆盖关系简表{'(带现有数据)' if filled else ''}_{today():%Y%m%d}.xlsx"
    return FileResponse(blank_sheet(user if filled else None), as_attachment=True, filename=name)
