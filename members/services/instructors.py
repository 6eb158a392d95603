"""Services of instructors: the register, sending them out, renewing and ending their terms."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model

from core import audit
from core.refusals import clean_at
from enterprises.models import Enterprise, OperatingStatus
from enterprises.periods import scope_path_of
from members.models import Employment, Instructor, InstructorAssignment, PartyMember, Person
from members.models.instructor import guiding
from organizations.models import PartyOrganization

Actor = AbstractBaseUser | None
CHANGE = "members.instructors"
FACTS = ("home_unit", "engagement", "level", "area", "sector")
AT = {
    "members_assignment_once": "enterprises",
    "members_assignment_rhythm": "visit_months",
}
CLOSED = (OperatingStatus.DEREGISTERED, OperatingStatus.RELOCATED)


def may_guide(person: Person) -> bool:
    """Whether the person is a full member today."""
    return PartyMember.objects.filter(guiding(), person=person).exists()


def require_full_member(person: Person) -> None:
    """Refuse whoever is not a full member, at the field `person`."""
    member = getattr(person, "party_member", None)
    if member is None:
        raise ValidationError({"person": f"{person}没有登记为党员，指导员应为正式党员。"})
    if not may_guide(person):
        words = f"{member.get_category_display()}，{member.get_standing_display()}"
        raise ValidationError({"person": f"{person}不是在册正式党员（{words}），不能担任指导员。"})


@transaction.atomic
def register_instructor(*, actor: Actor, person: Person, **facts: Any) -> Instructor:
    """Enter a full member into the register of instructors."""
    require_full_member(person)
    instructor = Instructor(person=person, **facts)
    instructor.full_clean()
    instructor.save()
    _log(actor, "instructor.register", instructor, after=_state(instructor, FACTS))
    return instructor


@transaction.atomic
def change_instructor(
    *, actor: Actor, instructor: Instructor, reason: str, **facts: Any
) -> Instructor:
    before = _state(instructor, FACTS)
    for name, value in facts.items():
        setattr(instructor, name, value)
    instructor.full_clean()
    instructor.save()
    was, now = audit.difference(before, _state(instructor, FACTS))
    if now:
        _log(actor, "instructor.change", instructor, before=was, after=now, reason=reason)
    return instructor


@transaction.atomic
def leave(*, actor: Actor, instructor: Instructor, on: date, reason: str) -> int:
    """The instructor serves no more; returns how many assignments end with that day."""
    instructor = Instructor.objects.select_for_update(of=("self",)).get(pk=instructor.pk)
    if instructor.left_on is not None:
        raise ValidationError({"on": f"已于 {instructor.left_on} 退出。"})
    open_terms = list(_with_places(instructor.assignments).exclude(valid_to__lte=on))
    for one in open_terms:
        if one.valid_from >= on:
            raise ValidationError({"on": f"“{one.enterprise}”的选派从 {one.valid_from} 开始。"})
        relieve(actor=actor, assignment=one, on=on, reason=reason)
    instructor.left_on, instructor.left_reason = on, reason
    instructor.full_clean()
    instructor.save()
    _log(actor, "instructor.leave", instructor, after={"left_on": on}, reason=reason)
    return len(open_terms)


@transaction.atomic
def assign(
    *,
    actor: Actor,
    instructor: Instructor,
    enterprises: Iterable[Enterprise],
    on: date,
    until: date | None = None,
    sender: PartyOrganization | None = None,
    reason: str = "",
    **facts: Any,
) -> list[InstructorAssignment]:
    """Send an instructor to enterprises; without a sender his own organization sends him.

    Raises ValidationError keyed by the fields instructor, enterprises, on, until.
    """
    person = _ready(instructor, on)
    firms = list(enterprises)
    _refuse_closed(firms)
    _refuse_employees(person, firms, on)
    made = []
    for firm in firms:
        row = InstructorAssignment(
            instructor=instructor,
            enterprise=firm,
            sender=sender or person.home_organization,
            valid_from=on,
            valid_to=until,
            **facts,
        )
        _check(row, firm)
        row.save()
        made.append(row)
    changes = [audit.Change(row, after=_term(row), scope_path=_path(row)) for row in made]
    audit.record_many(actor=actor, verb="instructor.assign", changes=changes, reason=reason)
    return made


def assign_each(
    *, actor: Actor, pairs: Mapping[Instructor, Sequence[Enterprise]], **terms: Any
) -> list[InstructorAssignment]:
    """Send several instructors at once, all or none."""
    with transaction.atomic():
        return [
            row
            for instructor, firms in pairs.items()
            for row in assign(actor=actor, instructor=instructor, enterprises=firms, **terms)
        ]


@transaction.atomic
def renew(
    *, actor: Actor, assignment: InstructorAssignment, until: date | None, document: str = ""
) -> InstructorAssignment:
    """A further term from the day on which the present one ends; its other facts go on."""
    old = _locked(assignment)
    if old.valid_to is None:
        raise ValidationError("长期选派没有到期日期，不需要续派。")
    if old.end_reason:
        raise ValidationError(f"已于 {old.valid_to} 免去，请重新选派。")
    _ready(old.instructor, old.valid_to)
    _refuse_closed([old.enterprise])
    row = InstructorAssignment(
        instructor=old.instructor,
        enterprise=old.enterprise,
        sender=old.sender,
        valid_from=old.valid_to,
        valid_to=until,
        document=document,
        allowance=old.allowance,
        visit_months=old.visit_months,
    )
    _check(row, old.enterprise)
    row.save()
    _log(actor, "instructor.renew", row, after=_term(row))
    return row


@transaction.atomic
def relieve(
    *, actor: Actor, assignment: InstructorAssignment, on: date, reason: str
) -> InstructorAssignment:
    """End a term before its time; from that day on the enterprise has this instructor no more."""
    row = _locked(assignment)
    if row.valid_to is not None and row.valid_to <= on:
        raise ValidationError({"on": f"已于 {row.valid_to} 到期。"})
    if on <= row.valid_from:
        raise ValidationError({"on": f"免去日期应晚于选派日期 {row.valid_from}。"})
    before = {"valid_to": row.valid_to}
    row.valid_to, row.end_reason = on, reason
    row.save()
    _log(actor, "instructor.relieve", row, before=before, after={"valid_to": on}, reason=reason)
    return row


@transaction.atomic
def change_term(
    *, actor: Actor, assignment: InstructorAssignment, reason: str, **facts: Any
) -> InstructorAssignment:
    """Put right what is recorded of a term: its end, document, allowance, rhythm of visits."""
    row = _locked(assignment)
    before = _term(row)
    for name, value in facts.items():
        setattr(row, name, value)
    _check(row, row.enterprise)
    row.save()
    was, now = audit.difference(before, _term(row))
    if now:
        _log(actor, "instructor.change", row, before=was, after=now, reason=reason)
    return row


def _ready(instructor: Instructor, on: date) -> Person:
    """The instructor's person, locked against a second sending at the same time."""
    locked = Instructor.objects.select_for_update(of=("self",)).select_related(
        "person__home_organization", "person__party_member"
    )
    present = locked.get(pk=instructor.pk)
    if present.left_on is not None and present.left_on <= on:
        raise ValidationError({"instructor": f"{present}已于 {present.left_on} 退出。"})
    try:
        require_full_member(present.person)
    except ValidationError as problem:
        raise ValidationError({"instructor": problem.messages}) from None
    person: Person = present.person
    _require_full_on(person, on)
    return person


def _require_full_on(person: Person, on: date) -> None:
    member = person.party_member
    since = member.confirmed_on or member.accepted_on
    if on < since:
        what = "转正" if member.confirmed_on else "入党"
        told = f"{person}于 {since} {what}，选派日期不能更早（指导员应为正式党员）。"
        raise ValidationError({"on": told})


def _refuse_closed(firms: Sequence[Enterprise]) -> None:
    closed = [firm for firm in firms if firm.operating_status in CLOSED]
    if closed:
        words = closed[0].get_operating_status_display()
        raise ValidationError({"enterprises": f"“{closed[0]}”已{words}，不再选派。"})


def _refuse_employees(person: Person, firms: Sequence[Enterprise], on: date) -> None:
    """Whoever is paid by a firm is not its instructor: 兼职不兼薪."""
    works = Employment.objects.as_of(on).filter(person=person, enterprise__in=firms)
    if job := works.select_related("enterprise").first():
        raise ValidationError(
            {"enterprises": f"{person}在“{job.enterprise}”任职，不能派驻本企业（兼职不兼薪）。"}
        )


def _check(row: InstructorAssignment, firm: Enterprise) -> None:
    """What the row's constraints refuse, in the words of the form and with the firm's name."""
    try:
        clean_at(row, AT)
    except ValidationError as problem:
        renamed: dict[str, Any] = {}
        for name, errors in problem.error_dict.items():
            field = {"valid_from": "on", "valid_to": "until", "enterprise": "enterprises"}
            said = [f"“{firm}”：{text}" for error in errors for text in error.messages]
            plain = name in (NON_FIELD_ERRORS, "enterprises")
            renamed[field.get(name, name)] = said if plain else errors
        raise ValidationError(renamed) from None


def _locked(assignment: InstructorAssignment) -> InstructorAssignment:
    rows = InstructorAssignment.objects.select_for_update(of=("self",))
    found: InstructorAssignment = _with_places(rows).get(pk=assignment.pk)
    return found


def _with_places(rows: Any) -> Any:
    return rows.select_related(
        "instructor__person",
        "sender",
        "enterprise__reporting_area__committee",
        "enterprise__county__committee",
    )


def _path(target: Model) -> str:
    if isinstance(target, InstructorAssignment):
        return scope_path_of(target.enterprise)
    assert isinstance(target, Instructor)
    return target.person.home_organization.path


def _state(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _term(row: InstructorAssignment) -> dict[str, Any]:
    names = ("valid_from", "valid_to", "sender", "document", "allowance", "visit_months")
    return _state(row, names)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Model) else value


def _log(actor: Actor, verb: str, target: Model, **facts: Any) -> None:
    audit.record(actor=actor, verb=verb, target=target, scope_path=_path(target), **facts)
