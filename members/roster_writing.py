"""Writes the rows of a sheet of members in bulk, each with its entry in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from core import audit
from core.audit import Change
from core.dates import today
from members.codes import Category
from members.models import Employment, Membership, PartyMember, Person
from members.services import persons
from members.standing import probation_end

BATCH = 2000
REASON = "表格导入"


@dataclass(frozen=True)
class Arrival:
    """A member to be registered; `known` is the person that the number belongs to already."""

    member: PartyMember
    known: Person | None
    on: date
    kind: str
    work: Employment | None


@dataclass(frozen=True)
class Correction:
    """A member of the register with its new values, and the difference for the log."""

    member: PartyMember
    before: dict[str, Any]
    after: dict[str, Any]
    work: Employment | None = None


@transaction.atomic
def write(actor: Any, arrivals: Sequence[Arrival], corrections: Sequence[Correction]) -> None:
    for start in range(0, len(arrivals), BATCH):
        _register(actor, arrivals[start : start + BATCH])
    for one in corrections:
        one.member.person.save()
        one.member.save()
    _employ([(one.work, one.member.person, today()) for one in corrections if one.work])
    changes = (
        Change(
            one.member,
            persons.masked(one.before),
            persons.masked(one.after) | _told(one.work),
            one.member.person.home_organization.path,
        )
        for one in corrections
    )
    audit.record_many(actor=actor, verb="member.change", changes=changes, reason=REASON)


def _register(actor: Any, arrivals: Sequence[Arrival]) -> None:
    for one in arrivals:
        _take_up(one)
    fresh = [one.member.person for one in arrivals if one.known is None]
    Person.objects.bulk_create(fresh)
    for one in arrivals:
        one.member.person = one.member.person  # its key is known now
        if one.member.category == Category.PROBATIONARY:
            one.member.probation_until = probation_end(one.member.accepted_on)
    PartyMember.objects.bulk_create([one.member for one in arrivals])
    Membership.objects.bulk_create(
        Membership(
            member=one.member,
            organization=one.member.person.home_organization,
            valid_from=one.on,
            entry_kind=one.kind,
        )
        for one in arrivals
    )
    _employ([(one.work, one.member.person, one.on) for one in arrivals if one.work])
    audit.record_many(
        actor=actor,
        verb="member.register",
        changes=(
            Change(
                one.member,
                after={"name": one.member.person.name, "valid_from": one.on},
                scope_path=one.member.person.home_organization.path,
            )
            for one in arrivals
        ),
        reason=REASON,
    )


def _employ(works: Sequence[tuple[Employment, Person, date]]) -> None:
    for work, person, on in works:
        work.person, work.valid_from = person, on
    Employment.objects.bulk_create([work for work, _, _ in works])


def _told(work: Employment | None) -> dict[str, str]:
    return {"enterprise": str(work.enterprise)} if work else {}


def _take_up(arrival: Arrival) -> None:
    """Write what the sheet says onto the person who is known already."""
    if arrival.known is None:
        return
    said = arrival.member.person
    for name in (*persons.FACTS, "home_organization"):
        if (value := getattr(said, name)) not in (None, ""):
            setattr(arrival.known, name, value)
    arrival.known.save()
    arrival.member.person = arrival.known
