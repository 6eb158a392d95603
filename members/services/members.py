"""Services of members: registered, corrected, admitted on probation, confirmed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.codes import Category, EntryKind, Standing
from members.models import PartyMember, Person
from members.services import persons
from members.services.memberships import Move, begin
from members.services.persons import Actor
from members.standing import (
    FINAL,
    LEAST_EXTENSION,
    MOST_EXTENSION,
    doubts_of_days,
    faults_of_days,
    probation_end,
)
from organizations.models import PartyOrganization

CHANGE = "members.change"
VERBS = {
    "member.register": "登记党员",
    "member.change": "修改党员信息",
    "member.admit": "接收预备党员",
    "member.confirm": "预备党员转正",
    "member.extend": "延长预备期",
    "membership.begin": "接入组织关系",
    "membership.move": "调整所在党支部",
    "membership.end": "登记党员减少",
    "employment.move": "变更从业企业",
}
FACTS = (
    "category",
    "accepted_on",
    "confirmed_on",
    "archive_unit",
    "relation_place",
    "relation_unit",
    "remark",
)
AT = {
    "members_confirmed_after": "confirmed_on",
    "members_probationary_open": "confirmed_on",
    "members_probation_after": "probation_until",
}


@dataclass(frozen=True)
class Registration:
    """What a clerk says of somebody who is a member already: person, membership and home.

    Without `on` the relation is held elsewhere and `organization` only looks after the member.
    """

    organization: PartyOrganization
    person: dict[str, Any]
    member: dict[str, Any] = field(default_factory=dict)
    on: date | None = None
    entry_kind: str = EntryKind.TRANSFERRED
    document: str = ""


@transaction.atomic
def register_member(*, actor: Actor, given: Registration) -> PartyMember:
    """Register a member; somebody known by the same identity number is taken up, never doubled.

    Raises ValidationError keyed by the fields of person and member, organization and on.
    """
    member = prepare(given)
    person = member.person
    person.save()
    member.person = person
    clean_at(member, AT)
    member.save()
    _log(actor, "member.register", member, after={**persons.facts_of(person), **facts_of(member)})
    if given.on is not None:
        begin(
            actor=actor,
            member=member,
            move=Move(given.organization, given.on, given.entry_kind, given.document),
        )
    return member


def prepare(given: Registration) -> PartyMember:
    """The member as it would be saved, with its person; refuses what is wrong with them."""
    number = given.person.get("citizen_id") or ""
    if number and PartyMember.objects.filter(person__in=persons.with_number(number)).exists():
        raise ValidationError({"citizen_id": "这个身份证号的党员已经登记，不重复登记。"})
    person = persons.taken_up(number, given.person["name"])
    for name, value in given.person.items():
        setattr(person, name, value)
    person.home_organization = given.organization
    persons.complete(person)
    persons.require_valid(person)
    member = PartyMember(person=person, **given.member)
    require_days(member)
    return member


def require_days(member: PartyMember) -> None:
    """Refuse days that no member can have; sets the end of a probation that nobody set."""
    for name in ("accepted_on", "confirmed_on"):
        if day := getattr(member, name):
            require_day(day, Reach.FACT, name)
    faults = faults_of_days(
        category=member.category,
        accepted_on=member.accepted_on,
        confirmed_on=member.confirmed_on,
        born_on=member.person.born_on,
    )
    if found := dict(faults):
        raise ValidationError(found)
    if member.category == Category.PROBATIONARY and member.accepted_on:
        member.probation_until = member.probation_until or probation_end(member.accepted_on)


def doubts(member: PartyMember) -> list[str]:
    """What somebody should look at; none of it is refused."""
    days = doubts_of_days(
        category=member.category,
        accepted_on=member.accepted_on,
        confirmed_on=member.confirmed_on,
    )
    return [*persons.doubts(member.person), *days]


@transaction.atomic
def change_member(*, actor: Actor, member: PartyMember, reason: str, **facts: Any) -> PartyMember:
    """Correct what was entered of a member and the person; acts have services of their own."""
    member = locked(member)
    person = member.person
    before = {**persons.facts_of(person), **facts_of(member)}
    for name, value in facts.items():
        setattr(person if name in persons.FACTS else member, name, value)
    persons.complete(person)
    persons.require_valid(person)
    if "accepted_on" in facts and before["accepted_on"] != member.accepted_on:
        member.probation_until = None
    require_days(member)
    clean_at(member, AT)
    was, now = audit.difference(before, {**persons.facts_of(person), **facts_of(member)})
    if now:
        person.save()
        member.save()
        _log(actor, "member.change", member, before=was, after=now, reason=reason)
    return member


@transaction.atomic
def admit_probationary(
    *, actor: Actor, person: Person, organization: PartyOrganization, on: date, document: str = ""
) -> PartyMember:
    """The branch meeting of that day accepts the person; who had left is admitted anew."""
    member = PartyMember.objects.select_for_update().filter(person=person).first()
    if member is not None and member.standing not in FINAL:
        raise ValidationError({"person": f"{person} 已是党员。"})
    entry = EntryKind.DEVELOPED if member is None else EntryKind.READMITTED
    member = member or PartyMember(person=person)
    member.category, member.accepted_on, member.confirmed_on = Category.PROBATIONARY, on, None
    member.standing, member.probation_until = Standing.ACTIVE, None
    require_days(member)
    clean_at(member, AT)
    member.save()
    _log(actor, "member.admit", member, after=facts_of(member), reason=document)
    begin(actor=actor, member=member, move=Move(organization, on, entry, document))
    return member


@transaction.atomic
def confirm_member(
    *, actor: Actor, member: PartyMember, on: date, document: str = ""
) -> PartyMember:
    """A probationary member becomes a full one, not before the probation has ended."""
    member = _on_probation(member)
    until = member.probation_until or probation_end(member.accepted_on)
    if on < until:
        raise ValidationError({"on": f"预备期到 {until} 届满，转正时间不能更早。"})
    require_day(on, Reach.FACT, "on")
    member.category, member.confirmed_on = Category.FULL, on
    clean_at(member, AT)
    member.save()
    after = {"category": member.category, "confirmed_on": on}
    _log(actor, "member.confirm", member, after=after, reason=document)
    return member


@transaction.atomic
def extend_probation(
    *, actor: Actor, member: PartyMember, months: int, document: str = ""
) -> PartyMember:
    """Once, by six to twelve months."""
    member = _on_probation(member)
    regular = probation_end(member.accepted_on)
    if not LEAST_EXTENSION <= months <= MOST_EXTENSION:
        raise ValidationError({"months": "延长预备期不少于6个月、不超过1年。"})
    if member.probation_until and member.probation_until > regular:
        raise ValidationError("预备期只能延长一次。")
    before = {"probation_until": member.probation_until}
    member.probation_until = probation_end(member.accepted_on, months)
    member.save(update_fields=["probation_until"])
    after = {"probation_until": member.probation_until}
    _log(actor, "member.extend", member, before=before, after=after, reason=document)
    return member


def _on_probation(member: PartyMember) -> PartyMember:
    member = locked(member)
    if member.category != Category.PROBATIONARY or member.standing != Standing.ACTIVE:
        raise ValidationError(f"{member} 不是在册的预备党员。")
    return member


def locked(member: PartyMember) -> PartyMember:
    rows = PartyMember.objects.select_for_update(of=("self", "person"))
    found: PartyMember = rows.select_related("person__home_organization").get(pk=member.pk)
    return found


def facts_of(member: PartyMember) -> dict[str, Any]:
    return {name: getattr(member, name) for name in FACTS}


def _log(actor: Actor, verb: str, member: PartyMember, **facts: Any) -> None:
    path = member.person.home_organization.path
    for side in ("before", "after"):
        if side in facts:
            facts[side] = persons.masked(facts[side])
    audit.record(actor=actor, verb=verb, target=member, scope_path=path, **facts)
