"""Cases of development: opened by an application, moved, corrected, stopped, kept up to date."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from core import audit
from core.dates import today
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.codes import JobClass
from members.development import editions
from members.development.editions import Editions
from members.development.progress import progress
from members.models import DevelopmentCase, PartyMember, Person, Stage
from members.services import persons
from members.services.memberships import require_home
from members.services.persons import Actor
from members.standing import FINAL
from organizations.models import PartyOrganization

VERBS = {
    "development.open": "登记入党申请人",
    "development.change": "修改发展档案",
    "development.move": "转移发展档案",
    "development.stop": "终止发展",
    "development.step": "登记发展步骤",
    "development.correct": "更正发展步骤",
    "development.helpers": "调整培养联系人和入党介绍人",
    "development.rules": "新增发展党员规定",
    "development.plan": "下达发展党员计划",
}
FACTS = ("recommender", "recommended_on", "is_backbone", "cultivation", "remark")
AT = {"members_case_once": "person"}
# 管理和业务骨干: said of the case, or told by the post (I14).
BACKBONE = Q(is_backbone=True) | Q(
    person__job_class__in=[JobClass.OWNER, JobClass.SENIOR_MANAGER, JobClass.MANAGER]
)


@dataclass(frozen=True)
class Application:
    """Who applies where and when; `person` may hold facts of somebody not yet registered."""

    organization: PartyOrganization
    applied_on: date
    person: Person | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    case: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def open_case(*, actor: Actor, given: Application) -> DevelopmentCase:
    """Begin somebody's way with the application; a member or a second case is refused."""
    from members.development.steps import record_step  # which keeps the case up to date

    require_day(given.applied_on, Reach.FACT, "applied_on")
    require_home(given.organization, given.applied_on)
    person = given.person or _new_person(given)
    member = PartyMember.objects.filter(person=person).first()
    if member is not None and member.standing not in FINAL and not _on_probation(member):
        raise ValidationError({"person": f"{person} 已是党员。"})
    case = DevelopmentCase(
        person=person, organization=given.organization, stage=Stage.APPLICANT, **given.case
    )
    clean_at(case, AT)
    case.save()
    log(actor, "development.open", case, after=facts_of(case))
    try:
        record_step(actor=actor, case=case, code="application", done_on=given.applied_on)
    except ValidationError as problem:
        raise _at_application(problem) from None
    return case


def _on_probation(member: PartyMember) -> bool:
    """Somebody on the roster as probationary whose steps are entered afterwards."""
    return member.category == "probationary"


def _new_person(given: Application) -> Person:
    number = given.facts.get("citizen_id") or ""
    person = persons.taken_up(number, given.facts["name"])
    for name, value in given.facts.items():
        if value or not person.pk:
            setattr(person, name, value)
    if not person.pk:
        person.home_organization = given.organization
    persons.complete(person)
    persons.require_valid(person)
    person.save()
    return person


def _at_application(problem: ValidationError) -> ValidationError:
    """The form of an application calls the day of the step `applied_on`."""
    found = problem.update_error_dict({})
    return ValidationError(
        {("applied_on" if name == "done_on" else name): errors for name, errors in found.items()}
    )


@transaction.atomic
def change_case(
    *, actor: Actor, case: DevelopmentCase, reason: str = "", **facts: Any
) -> DevelopmentCase:
    """Correct what is said of the case; steps have services of their own."""
    case = locked(case)
    before = facts_of(case)
    for name in facts:
        if name not in FACTS:
            raise ValueError(name)
        setattr(case, name, facts[name])
    clean_at(case, AT)
    case.save(update_fields=list(facts))
    was, now = audit.difference(before, facts_of(case))
    if now:
        log(actor, "development.change", case, before=was, after=now, reason=reason)
    return case


@transaction.atomic
def move_case(
    *, actor: Actor, case: DevelopmentCase, organization: PartyOrganization, reason: str
) -> DevelopmentCase:
    """Another branch goes on with it; the time of cultivation so far counts."""
    case = locked(case)
    require_open(case)
    if case.member_id:
        raise ValidationError({"organization": "已是预备党员，请办理组织关系转接。"})
    require_home(organization, today())
    before = {"organization": str(case.organization)}
    case.organization = organization
    case.save(update_fields=["organization"])
    person = case.person
    person.home_organization = organization
    person.save(update_fields=["home_organization"])
    after = {"organization": str(organization)}
    log(actor, "development.move", case, before=before, after=after, reason=reason)
    return case


@transaction.atomic
def stop_case(*, actor: Actor, case: DevelopmentCase, on: date, reason: str) -> DevelopmentCase:
    """The person withdraws or is no longer suitable; the record stays."""
    case = locked(case)
    require_open(case)
    require_day(on, Reach.FACT, "on")
    if case.member_id:
        raise ValidationError("已接收为预备党员，应由支部大会讨论取消资格。")
    last = max(step.done_on for step in case.steps.all())
    if on < last:
        raise ValidationError({"on": f"不能早于最后一步的日期 {last}。"})
    case.closed_on, case.close_reason = on, reason
    clean_at(case, AT)
    case.save(update_fields=["closed_on", "close_reason"])
    log(actor, "development.stop", case, after={"closed_on": on}, reason=reason)
    return case


def refresh(case: DevelopmentCase, known: Editions) -> None:
    """Write what follows from the steps into the case, for lists and reminders."""
    _derive(case, known, today())
    case.save(update_fields=list(DERIVED))


DERIVED = ("stage", "accepted_on", "confirmed_on", "next_code", "next_from", "next_by")


def _derive(case: DevelopmentCase, known: Editions, day: date) -> None:
    found = progress(list(case.steps.all()), known.on(day))
    case.stage = found.stage
    case.accepted_on, case.confirmed_on = found.accepted_on, found.confirmed_on
    case.next_code = found.step.code if found.step else ""
    case.next_from = found.earliest
    case.next_by = found.due.by if found.due else None


def refresh_all(known: Editions | None = None) -> int:
    """Every open case by the edition of today; when a new edition begins, and each night."""
    known = known or editions.load()
    cases = list(DevelopmentCase.objects.open().prefetch_related("steps"))
    for case in cases:
        _derive(case, known, today())
    DevelopmentCase.objects.bulk_update(cases, DERIVED, batch_size=1000)
    return len(cases)


def locked(case: DevelopmentCase) -> DevelopmentCase:
    rows = DevelopmentCase.objects.select_for_update(of=("self",))
    found: DevelopmentCase = rows.select_related("person", "organization").get(pk=case.pk)
    return found


def require_open(case: DevelopmentCase) -> None:
    if case.closed_on:
        raise ValidationError(f"这份档案已于 {case.closed_on} 结束，不能再办理。")


def facts_of(case: DevelopmentCase) -> dict[str, Any]:
    return {name: getattr(case, name) for name in FACTS}


def log(actor: Actor, verb: str, case: DevelopmentCase, **facts: Any) -> None:
    audit.record(actor=actor, verb=verb, target=case, scope_path=case.organization.path, **facts)
