"""One term of an instructor on screen: the card before a visit, and its result on the same page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core import drafts
from core.dates import today
from core.permissions import require
from core.reveal import masked
from enterprises.models import RequestSource
from enterprises.requests.services import receive
from members.guidance import guidance_on
from members.instructor_forms import EndForm, PaymentForm, RenewForm, SettleForm, VisitForm
from members.models import FirmPayment, InstructorAssignment
from members.services import instructors
from members.services import visits as services
from members.services.instructors import CHANGE
from members.services.visits import VISIT
from members.views.assignments import VIEW
from members.views.instructors import LIST
from members.visit_card import card_of
from organizations.views.common import accepted, form_page

ACT = ["GET", "HEAD", "POST"]
DRAFT = "instructor-visit"


def _find(request: HttpRequest, pk: int) -> InstructorAssignment:
    user: Any = request.user
    rows = InstructorAssignment.objects.visible_to(user).select_related(
        "instructor__person",
        "sender",
        "enterprise__reporting_area__committee",
        "enterprise__county__committee",
    )
    day = today()
    found: InstructorAssignment = get_object_or_404(
        rows.with_rhythm(day, guidance_on(day).visit_months), pk=pk
    )
    return found


@require_http_methods(ACT)
@require(VIEW)
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """The card; whoever records visits gets the form with what he typed before."""
    user: Any = request.user
    row = _find(request, pk)
    may_record = user.has_perm(VISIT)
    draft = drafts.load(user, DRAFT, str(pk)) if may_record else None
    form = VisitForm(request.POST or None, initial=_typed(draft)) if may_record else None
    if request.method == "POST" and not may_record:
        raise PermissionDenied
    if form is not None and form.is_valid() and accepted(form, lambda: _record(user, row, form)):
        drafts.discard(user, DRAFT, str(pk))
        messages.success(request, f"已登记 {form.cleaned_data['visited_on']} 的工作记录。")
        return redirect(row)
    return render(request, "members/assignment.html", _context(user, row, form, draft))


def _context(user: Any, row: Any, form: VisitForm | None, draft: Any) -> dict[str, Any]:
    day = today()
    is_over = row.valid_to is not None and row.valid_to <= day
    return {
        "title": str(row.enterprise),
        "crumbs": [LIST, (str(row.instructor), row.instructor.get_absolute_url())],
        "row": row,
        "is_over": is_over,
        "phone": masked(user, row.enterprise, "phone"),
        "card": card_of(row, user, day),
        "payments": row.payments.all(),
        "form": form,
        "draft": draft,
        "may_change": user.has_perm(CHANGE),
        "may_renew": user.has_perm(CHANGE) and row.valid_to is not None and not row.end_reason,
        "as_of": f"数据截至 {day}",
    }


def _typed(draft: Any) -> dict[str, Any]:
    """What a draft holds, as initial values of the form."""
    if draft is None:
        return {}
    kept = draft.payload.items()
    return {name: values if name == "work" else values[0] for name, values in kept if values}


def _record(user: Any, row: InstructorAssignment, form: VisitForm) -> None:
    """The visit, and the request that the enterprise raised, in one transaction."""
    data = form.cleaned_data
    with transaction.atomic():
        raised = None
        if data["request_title"]:
            raised = receive(
                actor=user,
                enterprise=row.enterprise,
                source=RequestSource.INSTRUCTOR,
                category=data["request_category"] or "other",
                title=data["request_title"],
                received_on=data["visited_on"],
                raised_by=data["met"],
            )
        services.record_visit(actor=user, assignment=row, request=raised, **form.facts)


@require_http_methods(ACT)
@require(CHANGE)
def assignment_renew(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _find(request, pk)
    form = RenewForm(request.POST or None)
    made: list[InstructorAssignment] = []
    if form.is_valid() and accepted(
        form,
        lambda: made.append(instructors.renew(actor=user, assignment=row, **form.cleaned_data)),
    ):
        messages.success(request, f"已续派，自 {made[0].valid_from} 起。")
        return redirect(made[0])
    return _act_page(request, "续派", row, form)


@require_http_methods(ACT)
@require(CHANGE)
def assignment_end(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _find(request, pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: instructors.relieve(actor=user, assignment=row, **form.cleaned_data)
    ):
        messages.success(request, f"已免去，自 {form.cleaned_data['on']} 起不再派驻。")
        return redirect(row)
    return _act_page(request, "免去指导员", row, form)


@require_http_methods(ACT)
@require(CHANGE)
def payment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Whatever the firm paid its instructor is noted as a violation."""
    user: Any = request.user
    row = _find(request, pk)
    form = PaymentForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.record_payment(actor=user, assignment=row, **form.cleaned_data)
    ):
        messages.success(request, "已登记兼职取酬问题。")
        return redirect(row)
    return _act_page(request, "登记兼职取酬", row, form)


@require_http_methods(ACT)
@require(CHANGE)
def payment_settle(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    payments = FirmPayment.objects.visible_to(user)
    payment = get_object_or_404(payments, pk=pk)
    row = _find(request, payment.assignment_id)
    form = SettleForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.settle_payment(actor=user, payment=payment, **form.cleaned_data)
    ):
        messages.success(request, "已登记处理结果。")
        return redirect(row)
    return _act_page(request, "处理兼职取酬", row, form)


def _act_page(request: HttpRequest, act: str, row: InstructorAssignment, form: Any) -> HttpResponse:
    url = row.get_absolute_url()
    return form_page(request, f"{act}：{row.enterprise}", form, url, [LIST, (str(row), url)])
