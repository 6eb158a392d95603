"""Bringing back an earlier value that the history of an object shows."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core import history, readable
from core.listing import ReasonForm
from core.models import AuditEntry


@require_http_methods(["GET", "HEAD", "POST"])
def history_restore(request: HttpRequest, pk: int, side: str, name: str) -> HttpResponse:
    user: Any = request.user
    entry = AuditEntry.objects.filter(pk=pk).first()
    known = history.restorable(entry.target_type) if entry else None
    target = known.find(user, entry.target_id) if entry and known else None
    if entry is None or known is None or target is None or not _says(entry, side, name):
        raise Http404
    if not user.has_perm(known.permission):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    try:
        history.refuse_unless_restorable(entry, target, side, name)
        if form.is_valid():
            given = form.cleaned_data["reason"]
            history.restore(
                actor=user, entry=entry, target=target, side=side, name=name, reason=given
            )
            messages.success(request, f"已恢复“{readable.label(entry.target_type, name)}”。")
            return redirect(target.get_absolute_url())
    except ValidationError as problem:
        form = form if form.is_bound else ReasonForm({"reason": ""})
        form.errors.clear()
        form.add_error(None, problem.messages)
    return render(request, "generic/confirm.html", _context(entry, target, side, name, form))


def _says(entry: AuditEntry, side: str, name: str) -> bool:
    return side in history.SIDES and name in (getattr(entry, side) or {})


def _context(
    entry: AuditEntry, target: Any, side: str, name: str, form: ReasonForm
) -> dict[str, Any]:
    model = entry.target_type
    old = readable.shown(model, name, (getattr(entry, side) or {})[name])
    now = readable.shown(model, name, readable.logged(getattr(target, name, None)))
    word = readable.label(model, name)
    return {
        "title": f"恢复{word}",
        "crumbs": [(str(target), target.get_absolute_url())],
        "sentence": f"把“{target}”的{word}由“{_or_empty(now)}”恢复为“{_or_empty(old)}”。",
        "undo": "恢复也记入变更记录，可以再改回来。",
        "form": form,
        "cancel_url": target.get_absolute_url(),
        "submit_label": "恢复",
    }


def _or_empty(value: Any) -> Any:
    return "空" if value in (None, "") else value
