"""Name, kind and nature by day, and corrections of what was recorded wrongly."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.dates import today
from core.pinyin import search_key
from organizations import past, secretaries, tree
from organizations.models import (
    ChangeKind,
    OrganizationChange,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
)
from organizations.services.acts import Act, Actor, correct


@transaction.atomic
def rename_organization(
    *,
    actor: Actor,
    organization: PartyOrganization,
    name: str,
    on: date,
    document: str,
    reason: str = "",
) -> OrganizationChange:
    """Call it by another name from that day on; reports of days before keep the old one."""
    return _put_on(Act(actor, ChangeKind.RENAME, on, document, reason), organization, name=name)


@transaction.atomic
def upgrade_organization(
    *,
    actor: Actor,
    organization: PartyOrganization,
    kind: OrganizationKind | str,
    on: date,
    document: str,
    reason: str = "",
    name: str = "",
    nature: str = "",
) -> OrganizationChange:
    """Make it another kind of organization: 支部 → 总支 → 党委, or back as its superior approves.

    A new kind usually comes with a new name; a temporary body becomes a regular one by `nature`.
    """
    facts = {"kind": str(kind)}
    facts |= {"name": name} if name else {}
    facts |= {"nature": nature} if nature else {}
    return _put_on(Act(actor, ChangeKind.UPGRADE, on, document, reason), organization, **facts)


def _put_on(act: Act, organization: PartyOrganization, **facts: str) -> OrganizationChange:
    """From the day of the act on, name, kind or nature are others."""
    tree.standing(organization, act.on, may_start=True, may_end=True)
    present = organization.periods.as_of(act.on).first()
    if present is None or organization.periods.filter(valid_from__gt=act.on).exists():
        raise ValidationError({"on": "该日之后已有名称或类别变动，请先核对。"})
    before = {name: getattr(present, name) for name in facts}
    if before == facts:
        first = next(iter(facts))
        raise ValidationError({first: "与现在相同，无须变动。"})
    _succeed(present, act.on, facts)
    past.refresh_names()
    organization.refresh_from_db(fields=[*past.DATED, "search_key"])
    return act.enter(organization, before=before, after=facts)


def _succeed(present: OrganizationPeriod, on: date, facts: dict[str, str]) -> None:
    """A period from that day on; one that begins that very day changes itself."""
    values = {name: getattr(present, name) for name in past.DATED} | facts
    following = OrganizationPeriod(
        organization=present.organization, valid_from=on, valid_to=present.valid_to, **values
    )
    following.clean_fields(exclude=["organization"])
    if present.valid_from < on:
        present.valid_to = on
        present.save(update_fields=["valid_to"])
    else:
        following.pk = present.pk
    following.save()


@transaction.atomic
def change_organization(
    *, actor: Actor, organization: PartyOrganization, reason: str = "", **facts: Any
) -> PartyOrganization:
    """Correct what is recorded today and is not its place; nothing of it is an act of its own.

    A corrected name, kind or nature is corrected for as long as it has held; a corrected day of
    establishment moves the first day of its place and its name.
    """
    if "secretary_name" in facts:
        secretaries.refuse_by_hand(organization, facts["secretary_name"], today())
    if "name" in facts:
        organization.search_key = search_key(facts["name"])
    began = organization.established_on
    changed = correct(actor, "organization.change", organization, facts, reason, organization.path)
    if dated := {name: facts[name] for name in past.DATED if name in changed}:
        past.current(organization).update(**dated)
    if "established_on" in changed and organization.established_on:
        _begin(organization, began, organization.established_on)
    return organization


def _begin(organization: PartyOrganization, former: date | None, day: date) -> None:
    for rows in (organization.placements, organization.periods):
        first = rows.order_by("valid_from").first()
        if first is None or (former and first.valid_from != former):
            continue
        if first.valid_to and first.valid_to <= day:
            raise ValidationError({"established_on": "成立日期不能晚于第一次变动。"})
        first.valid_from = day
        first.save(update_fields=["valid_from"])
    tree.check_places()
