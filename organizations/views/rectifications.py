"""What is put right: listed from a check or a rating, reported done, verified or returned."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import ReasonForm
from core.permissions import require
from organizations.models import Rectification, RectificationState, SiteCheck
from organizations.services import rectifications as services
from organizations.services.ratings import is_superior
from organizations.site_facts import CHANGE, RATE
from organizations.views import ratings
from organizations.views.common import VIEW, accepted, form_page
from organizations.views.rating_lists import RECTIFICATION_TONES
from organizations.views.site_forms import DoneForm, RectifyForm, VerifyForm

LIST = ("整改", "/sites/rectifications/")
METHODS = ["GET", "HEAD", "POST"]


def _find(request: HttpRequest, pk: int) -> Rectification:
    user: Any = request.user
    rows = Rectification.objects.visible_to(user).select_related(
        "organization",
        "criterion__scheme",
        "check_record__site",
        "rating",
        "done_by",
        "verified_by",
    )
    found: Rectification = get_object_or_404(rows, pk=pk)
    return found


def _find_below(request: HttpRequest, pk: int) -> Rectification:
    row = _find(request, pk)
    if not is_superior(request.user, row.organization):
        raise PermissionDenied
    return row


def _page(row: Rectification) -> str:
    return reverse("organizations:rectification", args=[row.pk])


@require_safe
@require(VIEW)
def rectification(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _find(request, pk)
    context = {
        "title": str(row),
        "row": row,
        "state_tone": RECTIFICATION_TONES[row.state],
        "is_late": row.state == RectificationState.OPEN and row.due_on < today(),
        "crumbs": [LIST],
        "groups": [_facts(row)],
        "actions": _actions(user, row),
        "history": audit.history_of(row),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/rectification.html", context)


def _facts(row: Rectification) -> FactGroup:
    source = row.rating or row.check_record
    return FactGroup(
        "整改情况",
        (
            Fact("党组织", row.organization),
            Fact("未达标准", row.criterion),
            Fact("来源", source),
            Fact("责任人", row.responsible),
            Fact("立项日期", row.opened_on),
            Fact("整改期限", row.due_on),
            Fact("问题", row.problem, wide=True),
            Fact("完成日期", row.done_on),
            Fact("报送人", row.done_by),
            Fact("整改情况和依据", row.evidence, wide=True),
            Fact("核验日期", row.verified_on),
            Fact("核验人", row.verified_by),
            Fact("退回原因", row.return_reason, wide=True),
        ),
    )


def _actions(user: Any, row: Rectification) -> list[dict[str, str]]:
    routes: list[tuple[str, str]] = []
    if row.state == RectificationState.OPEN and user.has_perm(RATE):
        routes.append(("报送整改", "rectification_report"))
    superior = user.has_perm(CHANGE) and is_superior(user, row.organization)
    if row.state == RectificationState.DONE and superior:
        routes += [("退回", "rectification_return"), ("核验销号", "rectification_verify")]
    found = [
        {"label": label, "url": reverse(f"organizations:{route}", args=[row.pk])}
        for label, route in routes
    ]
    if found:
        found[-1]["css"] = "btn-primary"
    return found


@require_http_methods(METHODS)
@require(CHANGE)
def check_rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """List what a check of a site found wanting."""
    user: Any = request.user
    checks = SiteCheck.objects.visible_to(user).select_related(
        "site__organization", "site__area__committee"
    )
    check = get_object_or_404(checks, pk=pk)
    return _rectify(request, check, reverse("organizations:site", args=[check.site_id]))


@require_http_methods(METHODS)
@require(CHANGE)
def rating_rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """List what a rating found wanting."""
    rating = ratings.find(request, pk)
    return _rectify(request, rating, ratings.page_of(rating))


def _rectify(request: HttpRequest, source: services.Source, back: str) -> HttpResponse:
    listed = set(source.rectifications.values_list("criterion", flat=True))
    missed = [one for one in services.missed(source) if one.pk not in listed]
    form = RectifyForm(missed, request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: services.open_rectifications(
            actor=request.user,  # type: ignore[arg-type]
            source=source,
            **form.cleaned_data,
        ),
    ):
        messages.success(request, f"已将 {len(form.cleaned_data['criteria'])} 项列入整改。")
        return redirect(back)
    return form_page(request, f"列入整改：{source}", form, back, [LIST])


@require_http_methods(METHODS)
@require(RATE)
def rectification_report(request: HttpRequest, pk: int) -> HttpResponse:
    row = _find(request, pk)
    form = DoneForm(request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: services.report_done(actor=request.user, row=row, **form.cleaned_data),
    ):
        messages.success(request, "已报送，等待核验。")
        return redirect("organizations:rectification", pk)
    return form_page(request, f"报送整改：{row}", form, _page(row), [LIST])


@require_http_methods(METHODS)
@require(CHANGE)
def rectification_verify(request: HttpRequest, pk: int) -> HttpResponse:
    row = _find_below(request, pk)
    form = VerifyForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.verify(actor=request.user, row=row, **form.cleaned_data)
    ):
        messages.success(request, "已核验销号。")
        return redirect("organizations:rectification", pk)
    return form_page(request, f"核验：{row}", form, _page(row), [LIST])


@require_http_methods(METHODS)
@require(CHANGE)
def rectification_return(request: HttpRequest, pk: int) -> HttpResponse:
    row = _find_below(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: services.return_rectification(actor=request.user, row=row, **form.cleaned_data),
    ):
        messages.success(request, "已退回。")
        return redirect("organizations:rectification", pk)
    return form_page(request, f"退回：{row}", form, _page(row), [LIST])
