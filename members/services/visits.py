"""Services of an instructor's work: visits, yearly grades, and pay that he may not take."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.dates import today
from core.refusals import clean_at
from enterprises.periods import scope_path_of
from members.models import (
    FirmPayment,
    Instructor,
    InstructorAssessment,
    InstructorAssignment,
    InstructorVisit,
)
from members.services.instructors import Actor

VISIT = "members.visits"
VISIT_AT = {
    "members_visit_once": "visited_on",
    "members_visit_next": "next_on",
}
PAYMENT_AT = {
    "members_payment_amount": "amount",
    "members_payment_in_order": "found_on",
    "members_payment_settled": "outcome",
}


@transaction.atomic
def record_visit(
    *, actor: Actor, assignment: InstructorAssignment, visited_on: date, **facts: Any
) -> InstructorVisit:
    """One record of work, on a day within the term and not after today."""
    if visited_on > today():
        raise ValidationError({"visited_on": "走访日期不能晚于今天。"})
    if visited_on < assignment.valid_from:
        raise ValidationError({"visited_on": f"走访日期早于选派日期 {assignment.valid_from}。"})
    if assignment.valid_to is not None and visited_on >= assignment.valid_to:
        raise ValidationError({"visited_on": f"选派已于 {assignment.valid_to} 到期。"})
    visit = InstructorVisit(
        assignment=assignment,
        visited_on=visited_on,
        recorded_by_id=actor.pk if actor else None,
        **facts,
    )
    clean_at(visit, VISIT_AT)
    visit.save()
    said = {"visited_on": visited_on, "kind": visit.get_kind_display()}
    _log(actor, "instructor.visit", visit, assignment, after=said)
    return visit


@transaction.atomic
def assess(
    *, actor: Actor, instructor: Instructor, year: int, grade: str, assessed_on: date, **facts: Any
) -> InstructorAssessment:
    """The grade of a year; a pay not returned bars the two good grades."""
    if assessed_on > today():
        raise ValidationError({"assessed_on": "评定日期不能晚于今天。"})
    row = InstructorAssessment(
        instructor=instructor, year=year, grade=grade, assessed_on=assessed_on, **facts
    )
    clean_at(row, {"members_assessment_once": "year", "members_assessment_in_order": "assessed_on"})
    kept = FirmPayment.objects.filter(
        assignment__instructor=instructor, paid_on__year__lte=year, returned_on__isnull=True
    )
    good = (InstructorAssessment.Grade.EXCELLENT, InstructorAssessment.Grade.COMPETENT)
    if grade in good and kept.exists():
        raise ValidationError({"grade": "有未退还的兼职取酬，不能评为优秀或称职。"})
    row.save()
    audit.record(
        actor=actor,
        verb="instructor.assess",
        target=instructor,
        after={"年度": year, "等次": row.get_grade_display(), "评定日期": assessed_on},
        scope_path=instructor.person.home_organization.path,
    )
    return row


@transaction.atomic
def record_payment(*, actor: Actor, assignment: InstructorAssignment, **facts: Any) -> FirmPayment:
    """A violation of 兼职不兼薪: whatever the enterprise paid (R28)."""
    payment = FirmPayment(assignment=assignment, **facts)
    clean_at(payment, PAYMENT_AT)
    if payment.found_on > today():
        raise ValidationError({"found_on": "发现日期不能晚于今天。"})
    payment.save()
    _log(actor, "instructor.payment", payment, assignment, after={"金额": payment.amount})
    return payment


@transaction.atomic
def settle_payment(
    *, actor: Actor, payment: FirmPayment, returned_on: date, outcome: str
) -> FirmPayment:
    """The money went back, and what the committee decided."""
    payment.returned_on, payment.outcome = returned_on, outcome
    clean_at(payment, {**PAYMENT_AT, "members_payment_in_order": "returned_on"})
    payment.save()
    said = {"returned_on": returned_on, "outcome": outcome}
    _log(actor, "instructor.settle", payment, payment.assignment, after=said)
    return payment


def _log(
    actor: Actor, verb: str, target: Any, assignment: InstructorAssignment, **facts: Any
) -> None:
    path = scope_path_of(assignment.enterprise)
    audit.record(actor=actor, verb=verb, target=target, scope_path=path, **facts)
