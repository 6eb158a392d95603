"""Bulk actions: the same filter run again by the server, a preview with the count, then the work.

Two posts: the first shows what would be done to how many rows, the second does it, at once for a
few rows and as a job for many.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render

from core import jobs
from core.forms import WordsField
from core.text import key_of

if TYPE_CHECKING:
    from core.listing.page import ListPage

JOB_KIND = "core.list_bulk"
DIRECT_LIMIT = 200  # above the largest page, so that a job always means the whole filter
SAMPLE = 10


class ReasonForm(forms.Form):
    """What every bulk action asks; actions with more questions extend it."""

    reason = WordsField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2}))


@dataclass(frozen=True)
class BulkRequest:
    """What an action works on: rows within the actor's scope, and the cleaned answers."""

    actor: Any
    rows: QuerySet[Any]
    data: dict[str, Any]


@dataclass(frozen=True)
class BulkAction:
    """`run` does the work in one service call and returns the sentence for the receipt."""

    key: str
    label: str
    permission: str
    run: Callable[[BulkRequest], str]
    form_class: type[forms.Form] = ReasonForm
    undo: str = ""  # one sentence: whether and how it can be undone


def respond(page: "ListPage", request: HttpRequest) -> HttpResponse:
    """Preview on the first post, work on the confirmed one."""
    action = _action(page, request)
    rows = selected_rows(page, request)
    count = rows.count()
    if not count:
        messages.warning(request, "请先勾选要处理的记录。")
        return HttpResponseRedirect(request.get_full_path())
    confirmed = "confirm" in request.POST
    form = form_of(action, request.user, request.POST if confirmed else None)
    moved = confirmed and request.POST.get("expected") != str(count)
    if not confirmed or moved or not form.is_valid():
        return _preview(page, request, action, form, rows, count, moved=moved)
    if count > DIRECT_LIMIT:
        return _start_job(request, action, count)
    try:
        sentence = action.run(BulkRequest(request.user, rows, form.cleaned_data))
    except ValidationError as problem:
        _refuse(form, problem)
        return _preview(page, request, action, form, rows, count, moved=False)
    messages.success(request, sentence)
    return HttpResponseRedirect(request.get_full_path())


def _refuse(form: forms.Form, problem: ValidationError) -> None:
    """What the service refuses, at its field or above the form."""
    errors = getattr(problem, "error_dict", {NON_FIELD_ERRORS: problem})
    for name, error in errors.items():
        form.add_error(name if name in form.fields else None, error)


def form_of(action: BulkAction, user: Any, data: QueryDict | None) -> forms.Form:
    """The action's form; one with a method `limit_to` offers only what the user may see."""
    form = action.form_class(data)
    if limit := getattr(form, "limit_to", None):
        limit(user)
    return form


def _start_job(request: HttpRequest, action: BulkAction, count: int) -> HttpResponse:
    job = jobs.submit(
        JOB_KIND,
        owner=cast(Any, request.user),
        params={
            "address": request.get_full_path(),
            "action": action.key,
            "answers": request.POST.urlencode(),
        },
        idempotency_key=f"{action.key} {request.POST.get('once', '')[:40]}",
        title=f"{action.label}（{count:,} 条）",
    )
    return redirect("core:job_detail", job.pk)


def _action(page: "ListPage", request: HttpRequest) -> BulkAction:
    for action in page.bulk_actions:
        if action.key == request.POST.get("action"):
            if not page.user.has_perm(action.permission):
                raise PermissionDenied
            return action
    raise Http404


def selected_rows(page: "ListPage", request: HttpRequest) -> QuerySet[Any]:
    """The ticked rows, or all rows of the filter; one row outside the scope refuses them all."""
    if request.POST.get("all"):
        return page.narrowed(request.GET)
    keys = {key_of(one) for one in request.POST.getlist("pk")}
    try:
        rows = page.get_queryset().filter(pk__in=keys)
        complete = rows.count() == len(keys)
    except (ValueError, ValidationError):
        complete = False
    if not complete:
        raise Http404
    return rows


def _preview(
    page: "ListPage",
    request: HttpRequest,
    action: BulkAction,
    form: forms.Form,
    rows: QuerySet[Any],
    count: int,
    *,
    moved: bool,
) -> HttpResponse:
    context = {
        "page": page,
        "action": action,
        "form": form,
        "count": count,
        "moved": moved,
        "sample": list(rows.order_by("pk")[:SAMPLE]),
        "keys": [] if request.POST.get("all") else request.POST.getlist("pk"),
        "back": request.get_full_path(),
        "as_job": count > DIRECT_LIMIT,
        "once": uuid.uuid4().hex,
    }
    return render(request, "generic/bulk.html", context)
