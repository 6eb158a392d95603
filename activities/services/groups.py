"""Party groups of a branch begin, take and lose members, and end."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from activities.models import GroupMember, PartyGroup
from activities.roster import roster_on
from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.models import Person
from members.services.persons import Actor
from organizations.models import PartyOrganization


@transaction.atomic
def form_group(*, actor: Actor, organization: PartyOrganization, name: str, on: date) -> PartyGroup:
    """Raises ValidationError keyed by organization, name and on."""
    require_day(on, Reach.ACT, "on")
    if organization.established_on and on < organization.established_on:
        raise ValidationError({"on": f"不能早于党组织成立日期{organization.established_on}。"})
    group = PartyGroup(organization=organization, name=name, valid_from=on)
    clean_at(group, {"activities_group_once": "name"})
    group.save()
    audit.record(
        actor=actor,
        verb="group.form",
        target=group,
        scope_path=organization.path,
        after={"name": name, "valid_from": on},
    )
    return group


@transaction.atomic
def end_group(*, actor: Actor, group: PartyGroup, on: date) -> None:
    """Raises ValidationError keyed by on."""
    require_day(on, Reach.ACT, "on")
    group = _locked(group)
    if group.valid_to:
        raise ValidationError("这个党小组已经撤销。")
    if on <= group.valid_from:
        raise ValidationError({"on": f"撤销日期应晚于成立日期{group.valid_from}。"})
    group.valid_to = on
    group.save(update_fields=["valid_to"])
    _leave(group.members.all(), on)
    audit.record(
        actor=actor,
        verb="group.end",
        target=group,
        scope_path=group.organization.path,
        after={"valid_to": on},
    )


@transaction.atomic
def set_members(
    *,
    actor: Actor,
    group: PartyGroup,
    people: Collection[Person],
    leader: Person | None,
    on: date,
) -> None:
    """From that day on the group is these; raises ValidationError keyed by on, people, leader."""
    require_day(on, Reach.ACT, "on")
    group = _locked(group)
    before = _check_day(group, on)
    _check_people(group, people, leader, on)
    wanted = {person.pk for person in people}
    known = {row.person_id for row in before}
    _leave(GroupMember.objects.filter(person__in=wanted - known), on)
    _leave(group.members.filter(person__in=known - wanted), on)
    GroupMember.objects.bulk_create(
        GroupMember(group=group, person_id=pk, valid_from=on) for pk in sorted(wanted - known)
    )
    group.leader = leader
    group.save(update_fields=["leader"])
    audit.record(
        actor=actor,
        verb="group.members",
        target=group,
        scope_path=group.organization.path,
        before={"members": sorted(row.person.name for row in before)},
        after={
            "members": sorted(person.name for person in people),
            "leader": str(leader or ""),
            "valid_from": on,
        },
    )


def _locked(group: PartyGroup) -> PartyGroup:
    """With the branch, so that two groups never take the same person at once."""
    PartyOrganization.objects.select_for_update().get(pk=group.organization_id)
    rows = PartyGroup.objects.select_for_update(of=("self",)).select_related("organization")
    found: PartyGroup = rows.get(pk=group.pk)
    return found


def _check_day(group: PartyGroup, on: date) -> list[GroupMember]:
    """The members until then; a list changes forward only."""
    if group.valid_to and on >= group.valid_to:
        raise ValidationError({"on": f"{group}已于{group.valid_to}撤销。"})
    if on < group.valid_from:
        raise ValidationError({"on": f"不能早于党小组成立日期{group.valid_from}。"})
    rows = list(group.members.select_related("person"))
    last = max((day for row in rows for day in (row.valid_from, row.valid_to) if day), default=on)
    if on < last:
        raise ValidationError({"on": f"{last}已有成员变动，请从该日或以后调整。"})
    return [row for row in rows if row.valid_to is None]


def _check_people(
    group: PartyGroup, people: Collection[Person], leader: Person | None, on: date
) -> None:
    seats = roster_on(group.organization, on)
    members = {seat.person.pk for seat in seats if seat.is_full or seat.is_probationary}
    if foreign := [person.name for person in people if person.pk not in members]:
        raise ValidationError({"people": f"{'、'.join(foreign)}在{on}不是这个支部的党员。"})
    if leader is not None and leader not in people:
        raise ValidationError({"leader": "组长应是本组成员。"})
    later = GroupMember.objects.filter(person__in=people, valid_from__gt=on).exclude(group=group)
    if row := later.select_related("person", "group").first():
        raise ValidationError({"people": f"{row}自{row.valid_from}起已编入该组，请改日期。"})


def _leave(rows: QuerySet[GroupMember], on: date) -> None:
    """Those that still hold end that day; who came the same day was never in it."""
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    rows.filter(valid_from__gte=on).delete()
    rows.update(valid_to=on)
