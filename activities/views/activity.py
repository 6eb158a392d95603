"""One meeting: its record, its way, its versions; the acts of the reviewer; print and Word."""

from io import BytesIO
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.facts import differences
from activities.forms import ReasonForm
from activities.likeness import remarks_of
from activities.models import Activity, ActivityState, ActivityVersion
from activities.paper import word_name, write_word
from activities.record_card import cards_of
from activities.services import reviewing
from activities.services.appraising import is_appraisal
from activities.states import ACTS, RECORD, RECORDABLE, REVIEW, TONES, VIEW
from activities.views.common import LIST, find, stepped
from core.audit import history_of
from core.dates import today
from core.permissions import require
from organizations.views.common import accepted, form_page

DECIDING = {"activity.accept", "activity.lock"}


@require_safe
@require(VIEW)
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = find(request, pk)
    may_record = user.has_perm(RECORD) and row.state in RECORDABLE
    open_acts = [
        {"label": act.label, "url": reverse(f"activities:{_route(act.name)}", args=[pk])}
        for act in ACTS.leaving(row.state)
        if act.name in DECIDING and user.has_perm(REVIEW)
    ]
    context = {
        **_shown(row),
        "steps": row.steps.select_related("actor"),
        "changes": _changes(list(row.versions.select_related("actor"))),
        "tone": TONES[row.state],
        "may_record": may_record,
        "may_notify": user.has_perm(RECORD) and row.state == ActivityState.PLANNED,
        "may_cancel": user.has_perm(RECORD)
        and row.state in {ActivityState.PLANNED, ActivityState.NOTIFIED},
        "may_hold": user.has_perm(RECORD)
        and row.state in {ActivityState.PLANNED, ActivityState.NOTIFIED}
        and (row.planned_on is None or row.planned_on <= today()),
        "may_return": user.has_perm(REVIEW) and row.state == ActivityState.SUBMITTED,
        "may_finish": user.has_perm(RECORD),
        "may_appraise": user.has_perm(RECORD) and is_appraisal(row),
        "acts": open_acts,
        "remarks": remarks_of(row) if user.has_perm(RECORD) else (),
        "history": history_of(row, user=user),
    }
    return render(request, "activities/activity.html", context)


@require_safe
@require(VIEW)
def activity_print(request: HttpRequest, pk: int) -> HttpResponse:
    row = find(request, pk)
    context = _shown(row) | {"crumbs": [LIST, (row.title, row.get_absolute_url())]}
    return render(request, "activities/print.html", context)


@require_safe
@require(VIEW)
def activity_word(request: HttpRequest, pk: int) -> FileResponse:
    (card,) = cards_of([find(request, pk)])
    target = BytesIO()
    write_word([card], target, large=True)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=word_name(card))


@require_http_methods(["GET", "HEAD", "POST"])
@require(REVIEW)
def activity_return(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = find(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: reviewing.return_record(actor=user, activity=row, reason=form.reason)
    ):
        messages.success(request, "已退回。")
        return redirect(row)
    crumbs = [LIST, (row.title, row.get_absolute_url())]
    return form_page(request, "退回会议记录", form, row.get_absolute_url(), crumbs)


@require_POST
@require(REVIEW)
def activity_accept(request: HttpRequest, pk: int) -> HttpResponse:
    return stepped(request, pk, reviewing.accept, "已通过。")


@require_POST
@require(REVIEW)
def activity_lock(request: HttpRequest, pk: int) -> HttpResponse:
    return stepped(request, pk, reviewing.lock, "已锁定。")


def _shown(row: Activity) -> dict[str, Any]:
    (card,) = cards_of([row])
    return {"crumbs": [LIST], **vars(card)}


def _changes(versions: list[ActivityVersion]) -> list[dict[str, Any]]:
    """Each version after the first with what it changed, the newest first."""
    return [
        {"version": after, "rows": differences(before.facts, after.facts)}
        for before, after in pairwise(versions)
    ][::-1]


def _route(act: str) -> str:
    return f"activity_{act.partition('.')[2]}"
