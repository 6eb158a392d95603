"""Steps of a case: recorded through their gates, corrected, and what follows from them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.codes import Category, ExitKind, Standing
from members.development import cases, editions
from members.development.approving import committee_of
from members.development.editions import Edition, Editions
from members.development.gates import Entry, faults, remarks
from members.development.progress import Steps
from members.models import (
    DevelopmentCase,
    DevelopmentHelper,
    DevelopmentStep,
    Membership,
    Outcome,
    PartyMember,
    StepRule,
)
from members.services import members as registry
from members.services.memberships import end_membership
from members.services.persons import Actor

AT = {
    "members_step_once": "done_on",
    "members_step_votes": "voters",
    "members_step_noes": "ayes",
    "members_step_majority": "ayes",
    "members_step_extension": "extension",
    "members_extended_once": "outcome",
    "members_step_shown": "shown_to",
}
FACTS = (
    "done_on",
    "outcome",
    "by",
    "document",
    "entitled",
    "voters",
    "ayes",
    "noes",
    "days",
    "hours",
    "extension",
    "shown_from",
    "shown_to",
    "excuse",
    "papers",
    "note",
)
# Steps from which a register entry followed: what they say stays.
DECIDED = frozenset({"meeting", "approval", "discussion", "confirmation"})


@transaction.atomic
def record_step(
    *,
    actor: Actor,
    case: DevelopmentCase,
    code: str,
    done_on: date,
    people: Sequence[PartyMember] = (),
    **facts: Any,
) -> DevelopmentStep:
    """Record a step; what the rules of its day do not allow is refused at its field."""
    case = cases.locked(case)
    cases.require_open(case)
    require_day(done_on, Reach.FACT, "done_on")
    known = editions.load()
    rule = rule_of(known, code, done_on)
    found = list(case.steps.all())
    step = DevelopmentStep(
        case=case,
        code=code,
        occurrence=1 + sum(one.code == code for one in found),
        done_on=done_on,
        recorded_by_id=actor.pk if actor else None,
        **facts,
    )
    if rule.by_committee:
        step.committee = committee_of(case.organization)
        if step.committee is None:
            raise ValidationError("上级没有具有审批权限的党委，请先核对党组织的隶属关系。")
    _require(Entry(rule, step, Steps(found), known.on(done_on), case.person.born_on, _full(people)))
    clean_at(step, AT)
    step.save()
    if people:
        _help(case, code, people)
    _follow(actor, case, Steps([*found, step]), step)
    cases.refresh(case, known)
    cases.log(actor, "development.step", case, after=told(step, rule))
    return step


@transaction.atomic
def correct_step(
    *, actor: Actor, step: DevelopmentStep, reason: str, **facts: Any
) -> DevelopmentStep:
    """Put right what was entered of a step; it must still pass its gates."""
    case = cases.locked(step.case)
    cases.require_open(case)
    step = DevelopmentStep.objects.select_for_update().get(pk=step.pk)
    before = facts_of(step)
    if step.code in DECIDED and case.member_id:
        kept = ("done_on", "outcome", "extension")
        if any(name in facts and facts[name] != before[name] for name in kept):
            raise ValidationError({"done_on": "已据此接收或转正，日期和结果不能再改。"})
    for name, value in facts.items():
        setattr(step, name, value)
    require_day(step.done_on, Reach.FACT, "done_on")
    known = editions.load()
    rule = rule_of(known, step.code, step.done_on)
    others = Steps(one for one in case.steps.all() if one.pk != step.pk)
    people = [helper.member for helper in case.helpers.filter(role=step.code)]
    edition = known.on(step.done_on)
    _require(Entry(rule, step, others, edition, case.person.born_on, _full(people)))
    clean_at(step, AT)
    step.save()
    cases.refresh(case, known)
    was, now = audit.difference(before, facts_of(step))
    if now:
        cases.log(actor, "development.correct", case, before=was, after=now, reason=reason)
    return step


@transaction.atomic
def set_helpers(
    *,
    actor: Actor,
    case: DevelopmentCase,
    role: str,
    people: Sequence[PartyMember],
    reason: str,
) -> None:
    """Other contacts or sponsors take over; how many there are stays within the rule."""
    case = cases.locked(case)
    cases.require_open(case)
    step = case.steps.filter(code=role).first()
    if step is None:
        raise ValidationError("还没有登记这一步。")
    known = editions.load()
    rule, edition = rule_of(known, role, step.done_on), known.on(step.done_on)
    others = Steps(one for one in case.steps.all() if one.pk != step.pk)
    _require(Entry(rule, step, others, edition, case.person.born_on, _full(people)))
    before = {"helpers": names(case, role)}
    _help(case, role, people)
    after = {"helpers": names(case, role)}
    cases.log(actor, "development.helpers", case, before=before, after=after, reason=reason)


def names(case: DevelopmentCase, role: str) -> str:
    found = case.helpers.filter(role=role).select_related("member__person")
    return "、".join(str(one.member) for one in found)


def remarks_on(case: DevelopmentCase, step: DevelopmentStep) -> list[str]:
    """What the clerk should look at again although it was recorded."""
    known = editions.load()
    edition: Edition = known.on(step.done_on)
    rule = rule_of(known, step.code, step.done_on)
    others = Steps(one for one in case.steps.all() if one.pk != step.pk)
    entry = Entry(rule, step, others, edition, case.person.born_on)
    held = Membership.objects.as_of(step.done_on).filter(organization=case.organization_id)
    full = held.filter(member__confirmed_on__lte=step.done_on).count() if step.entitled else 0
    return list(remarks(entry, case.recommender, full))


def rule_of(known: Editions, code: str, day: date) -> StepRule:
    rule = known.on(day).by_code.get(code)
    if rule is None:
        raise ValidationError({"done_on": f"{known.on(day).rules}没有这一步。"})
    return rule


def facts_of(step: DevelopmentStep) -> dict[str, Any]:
    return {name: getattr(step, name) for name in FACTS}


def told(step: DevelopmentStep, rule: StepRule) -> dict[str, Any]:
    """What the log keeps of a step: its name and what is not empty."""
    facts = {name: value for name, value in facts_of(step).items() if value not in ("", None, [])}
    return {"step": rule.label, **facts}


def _full(people: Sequence[PartyMember]) -> list[bool]:
    return [member.is_full for member in people]


def _require(entry: Entry) -> None:
    found: dict[str, list[str]] = {}
    for name, sentence in faults(entry):
        found.setdefault(name or "__all__", []).append(sentence)
    if found:
        raise ValidationError({name: found[name] for name in found})


def _help(case: DevelopmentCase, role: str, people: Sequence[PartyMember]) -> None:
    case.helpers.filter(role=role).delete()
    for member in people:
        if member.person_id == case.person_id:
            raise ValidationError({"people": "不能由本人担任。"})
        helper = DevelopmentHelper(case=case, member=member, role=role)
        clean_at(helper, {"members_helper_once": "people"})
        helper.save()


def _follow(actor: Actor, case: DevelopmentCase, steps: Steps, step: DevelopmentStep) -> None:
    """The register follows the committee's approval; the last step ends the case."""
    if step.code == "approval" and step.outcome == Outcome.PASSED:
        _admit(actor, case, steps, step)
    elif step.code == "confirmation":
        _decide(actor, case, steps, step)
    elif step.code == "archived":
        case.closed_on = step.done_on
        case.save(update_fields=["closed_on"])


def _admit(actor: Actor, case: DevelopmentCase, steps: Steps, step: DevelopmentStep) -> None:
    """Probation counts from the day of the branch meeting; who stands on the roster is linked."""
    meeting = steps.done("meeting")
    assert meeting is not None  # the gates ask for it
    member = PartyMember.objects.filter(person=case.person, accepted_on=meeting.done_on).first()
    case.member = member or registry.admit_probationary(
        actor=actor,
        person=case.person,
        organization=case.organization,
        on=meeting.done_on,
        document=step.document,
    )
    case.save(update_fields=["member"])


def _decide(actor: Actor, case: DevelopmentCase, steps: Steps, step: DevelopmentStep) -> None:
    rows = [one for one in steps.all if one.code == "discussion" and one.outcome != Outcome.FAILED]
    member, discussion = case.member, rows[-1] if rows else None
    if member is None or discussion is None:
        raise ValidationError("没有可以审批的转正讨论。")
    if discussion.outcome == Outcome.EXTENDED:
        registry.extend_probation(
            actor=actor, member=member, months=discussion.extension or 0, document=step.document
        )
    elif discussion.outcome == Outcome.CANCELLED:
        end_membership(
            actor=actor,
            member=member,
            on=step.done_on,
            kind=ExitKind.CANCELLED,
            document=step.document,
        )
        case.closed_on, case.close_reason = step.done_on, "取消预备党员资格"
        case.save(update_fields=["closed_on", "close_reason"])
    elif member.category == Category.PROBATIONARY and member.standing == Standing.ACTIVE:
        on = steps.probation_until
        assert on is not None
        registry.confirm_member(actor=actor, member=member, on=on, document=step.document)
