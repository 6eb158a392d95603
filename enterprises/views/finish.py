"""The last steps of an import: what will be written, the receipt, undo."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.permissions import require
from core.text import typed
from enterprises.census import totals, uploads
from enterprises.census.columns import CENSUS, label_of
from enterprises.census.reconcile import register_mark
from enterprises.census.shortness import make_supplementary, shortness
from enterprises.census.undo import undo_batch
from enterprises.models import BatchState, CensusBatch, Enterprise, RegisterChange
from enterprises.views.imports import PERMISSION, find, page_of
from enterprises.views.steps import Step, job_context, step_of

SHOWN_CHANGES = 50
_NAMES = {field.attname: str(field.verbose_name) for field in Enterprise._meta.concrete_fields}
TRIED_AT_MOST = 50_000  # rows of a batch whose undo is tried while the clerk waits


@require_http_methods(["GET", "POST"])
@require(PERMISSION)
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 4: one sentence about what will happen, then the write."""
    batch = find(request, pk)
    if job_context(batch, request)["running"] or step_of(batch) not in {Step.REVIEW, Step.CONFIRM}:
        return redirect("enterprises:import_batch", batch.pk)
    if request.method == "POST":
        return _settle(request, batch)
    context = page_of(
        batch,
        Step.CONFIRM,
        moved=batch.register_mark != register_mark(batch),
        summary=totals.summary(batch),
        short=shortness(batch),
        counts=batch.counts,
        others=others(batch.counts),
    )
    return render(request, "enterprises/import_confirm.html", context)


def _settle(request: HttpRequest, batch: CensusBatch) -> HttpResponse:
    """Have the batch written, or let a short list be a supplementary one."""
    actor: Any = request.user
    try:
        if "supplementary" in request.POST:
            make_supplementary(actor=actor, batch=batch)
            messages.success(request, "已改为补充名单，未列入的企业不受影响。")
            return redirect("enterprises:import_confirm", batch.pk)
        uploads.request_apply(actor=actor, batch=batch, is_whole="whole" in request.POST)
    except ValidationError as problem:
        messages.error(request, "".join(problem.messages))
        return redirect("enterprises:import_confirm", batch.pk)
    return redirect("enterprises:import_batch", batch.pk)


def others(counts: dict[str, Any]) -> int:
    """Physical rows of the file that are no data: titles, header, blank rows, footers."""
    return sum(counts.get(kind, 0) for kind in ("above", "header", "blank", "ignored", "unused"))


@require_safe
@require(PERMISSION)
def import_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 5: proof of what was written, and the way back."""
    batch = find(request, pk)
    if job_context(batch, request)["running"] or step_of(batch) is not Step.RECEIPT:
        return redirect("enterprises:import_batch", batch.pk)
    context = page_of(
        batch,
        Step.RECEIPT,
        receipt=batch.receipt,
        undo=batch.undo_receipt,
        counts=batch.counts,
        others=others(batch.counts),
        can_undo=batch.state == BatchState.APPLIED,
        changes=change_lines(batch),
        limit=settings.UPLOAD_MAX_BYTES,
    )
    return render(request, "enterprises/import_receipt.html", context)


def change_lines(batch: CensusBatch) -> list[tuple[Enterprise, RegisterChange, str]]:
    """The first enterprises that the batch wrote, with what it changed of each in words."""
    kinds = (RegisterChange.What.CREATED, RegisterChange.What.CHANGED)
    changes = list(
        RegisterChange.objects.filter(batch=batch, what__in=kinds).order_by("pk")[:SHOWN_CHANGES]
    )
    enterprises = Enterprise.objects.in_bulk([change.enterprise_id for change in changes])
    return [
        (enterprises[change.enterprise_id], change, "、".join(_labels(change)))
        for change in changes
        if change.enterprise_id in enterprises
    ]


def _labels(change: RegisterChange) -> list[str]:
    """The changed facts by name; what is derived from them goes without saying."""
    return [
        label_of(column) if column in CENSUS else _NAMES[column]
        for column in change.after or {}
        if column in _NAMES and column != "name_key"
    ]


@require_http_methods(["GET", "POST"])
@require(PERMISSION)
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking the batch back would reverse, keep and leave, then the order to do it."""
    batch = find(request, pk)
    if job_context(batch, request)["running"] or batch.state != BatchState.APPLIED:
        return redirect("enterprises:import_batch", batch.pk)
    if request.method == "POST":
        try:
            uploads.request_undo(
                actor=request.user,  # type: ignore[arg-type]
                batch=batch,
                reason=typed(request.POST.get("reason", ""), 200),
            )
        except ValidationError as problem:
            messages.error(request, "".join(problem.messages))
        else:
            return redirect("enterprises:import_batch", batch.pk)
    context = page_of(batch, Step.RECEIPT, undo=preview_of_undo(batch))
    return render(request, "enterprises/import_undo.html", context)


def preview_of_undo(batch: CensusBatch) -> dict[str, Any] | None:
    """The receipt that an undo would have now; None where trying it would take too long."""
    if batch.counts.get("staged", 0) > TRIED_AT_MOST:
        return None
    with transaction.atomic():
        receipt: dict[str, Any] = undo_batch(actor=None, batch=batch).undo_receipt
        transaction.set_rollback(True)
    return receipt
