"""The shelf of ledgers: look at one as it will be printed, generate it, hand it out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core import audit
from core.dates import today
from core.permissions import require
from reports.forms import LedgerForm, ReissueForm, units_in_scope
from reports.ledgers import LEDGER, LEDGERS, Ledger
from reports.ledgers import issues as editions
from reports.ledgers.workbook import preview
from reports.models import LedgerIssue

VIEW, MAKE, EXPORT = "reports.view", "reports.ledger", "reports.export"
SHOWN = 30


def _ledger(user: Any, key: str) -> Ledger:
    """Some ledgers ask for more than the right to see ledgers."""
    if key not in LEDGER:
        raise Http404
    if not user.has_perm(LEDGER[key].permission):
        raise PermissionDenied
    return LEDGER[key]


def _open(user: Any) -> list[Ledger]:
    return [ledger for ledger in LEDGERS if user.has_perm(ledger.permission)]


def _issues(request: HttpRequest) -> Any:
    """Editions the user may see; who cannot make ledgers sees those handed out."""
    user: Any = request.user
    found = LedgerIssue.objects.visible_to(user).select_related("area", "issued_by", "locked_by")
    found = found.filter(key__in=[ledger.key for ledger in _open(user)])
    return found if user.has_perm(MAKE) else found.exclude(locked_at=None)


@require_safe
@require(VIEW)
def shelf(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    recent = list(_issues(request)[:SHOWN])
    latest: dict[str, LedgerIssue] = {}
    for issue in recent:
        latest.setdefault(issue.key, issue)
    return render(
        request,
        "reports/ledger_list.html",
        {
            "title": "台账中心",
            "ledgers": [(ledger, latest.get(ledger.key)) for ledger in _open(user)],
            "issues": [(issue, LEDGER[issue.key].title) for issue in recent],
            "units": units_in_scope(user),
            "today": today(),
            "may_make": user.has_perm(MAKE),
        },
    )


@require_safe
@require(VIEW)
def show(request: HttpRequest, key: str) -> HttpResponse:
    """The ledger as it would be printed now."""
    user: Any = request.user
    ledger = _ledger(user, key)
    first = units_in_scope(user).first()
    given = {"area": first.code if first else "", "ledger": key, "as_of": f"{today()}"} | {
        name: value for name, value in request.GET.items() if value
    }
    form = LedgerForm(given, user=user)
    context: dict[str, Any] = {"title": ledger.title, "ledger": ledger, "form": form}
    if form.is_valid():
        area, as_of = form.cleaned_data["area"], form.cleaned_data["as_of"]
        try:
            unit = editions.unit_of(area, as_of)
        except ValidationError as problem:
            form.add_error("area", problem)
        else:
            context |= {"preview": preview(ledger, unit, as_of), "area": area, "as_of": as_of}
            context["issued"] = _issues(request).filter(key=key, area=area, as_of=as_of)
            context["may_make"] = user.has_perm(MAKE)
    return render(request, "reports/ledger.html", context)


@require_POST
@require(MAKE)
def generate(request: HttpRequest, key: str) -> HttpResponse:
    user: Any = request.user
    ledger = _ledger(user, key)
    given = request.POST.copy()
    given["ledger"] = key
    form = LedgerForm(given, user=user)
    again = ReissueForm(request.POST)
    if not (form.is_valid() and again.is_valid()):
        raise Http404
    area, as_of = form.cleaned_data["area"], form.cleaned_data["as_of"]
    reason = again.cleaned_data["reason"].strip()
    if not reason and editions.needs_reason(ledger, area, as_of):
        messages.error(request, "这一期已经发布过，再出一版须写明更正说明")
        return redirect(f"{request.path.removesuffix('/generate')}?area={area.code}&as_of={as_of}")
    job = editions.request_issue(actor=user, ledger=ledger, area=area, as_of=as_of, reason=reason)
    return redirect("core:job_detail", job.pk)


def _issue(request: HttpRequest, pk: int) -> LedgerIssue:
    found: LedgerIssue = get_object_or_404(_issues(request), pk=pk)
    return found


@require_safe
@require(VIEW)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = _issue(request, pk)
    ledger = _ledger(user, found.key)
    return render(
        request,
        "reports/ledger_issue.html",
        {
            "title": f"{found.area}{ledger.title}",
            "issue": found,
            "ledger": ledger,
            "may_lock": user.has_perm(MAKE) and not found.is_locked,
            "may_fetch": user.has_perm(EXPORT),
        },
    )


@require_safe
@require(EXPORT)
def fetch(request: HttpRequest, pk: int) -> FileResponse:
    """The workbook itself; every download is in the log."""
    user: Any = request.user
    found = _issue(request, pk)
    try:
        opened = editions.path_of(found).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    audit.record(
        actor=user,
        verb=editions.FETCH,
        target=found,
        after={"rows": found.row_count, "sha256": found.sha256},
        scope_path=found.area.committee.path,
    )
    return FileResponse(opened, as_attachment=True, filename=found.file_name)


@require_POST
@require(MAKE)
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    try:
        editions.lock(actor=user, issue=_issue(request, pk))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, "已锁定发布；如需更正，请重新生成新的一版")
    return redirect("reports:ledger_issue", pk)
