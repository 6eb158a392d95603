"""Changes of the tree of organizations and of who answers for which area."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.dates import today
from core.pinyin import search_key
from organizations import tree
from organizations.models import Area, AreaResponsibility, PartyOrganization, Placement

Actor = AbstractBaseUser | None


@transaction.atomic
def form_organization(
    *,
    actor: Actor,
    organization: PartyOrganization,
    parent: PartyOrganization | None,
    document: str = "",
) -> PartyOrganization:
    """Set up an unsaved organization below its superior, from the day it is established."""
    organization.established_on = organization.established_on or today()
    if parent is not None:
        _require_place(parent, organization.established_on)
    tree.plant([(organization, parent)], document=document)
    audit.record(
        actor=actor,
        verb="organization.form",
        target=organization,
        after={
            "name": organization.name,
            "kind": organization.kind,
            "parent": str(parent or ""),
            "established_on": organization.established_on,
        },
        scope_path=organization.path,
    )
    return organization


@transaction.atomic
def move_organization(
    *,
    actor: Actor,
    organization: PartyOrganization,
    parent: PartyOrganization,
    on: date,
    document: str = "",
    reason: str = "",
) -> Placement:
    """Place it below another superior from that day on; days before keep their tree."""
    present = organization.placements.as_of(on).first()
    if present is None or present.valid_to is not None or present.valid_from == on:
        raise ValidationError("该日之后已有隶属变动，请先核对")
    if present.parent_id == parent.pk:
        raise ValidationError(f"{organization} 已隶属 {parent}")
    _require_place(parent, on)
    present.valid_to = on
    present.save(update_fields=["valid_to"])
    placement = Placement.objects.create(
        organization=organization, parent=parent, valid_from=on, document=document, reason=reason
    )
    _refuse_cycles(on)
    tree.refresh_paths()
    organization.refresh_from_db(fields=["path"])
    audit.record(
        actor=actor,
        verb="organization.move",
        target=organization,
        before={"parent": str(present.parent or "")},
        after={"parent": str(parent), "on": on},
        reason=reason,
        scope_path=organization.path,
    )
    return placement


def _require_place(parent: PartyOrganization, day: date) -> None:
    if not parent.placements.as_of(day).exists():
        raise ValidationError(f"{parent} 在 {day} 尚未成立，不能作为上级")


def _refuse_cycles(on: date) -> None:
    """Neither on that day nor on any later day of change may anything stand below itself."""
    later = Placement.objects.filter(valid_from__gt=on).values_list("valid_from", flat=True)
    for day in {on, *later}:
        try:
            tree.path_as_of(day)
        except tree.Cycle:
            raise ValidationError("上级党组织不能是它自己的下级") from None


@transaction.atomic
def change_organization(
    *, actor: Actor, organization: PartyOrganization, reason: str = "", **facts: Any
) -> PartyOrganization:
    """Change facts of today (name, short name, secretary …) that are not its place."""
    _change(actor, "organization.change", organization, facts, reason, organization.path)
    return organization


@transaction.atomic
def establish_area(*, actor: Actor, area: Area, since: date) -> Area:
    """Add an area; its committee answers for it from that day."""
    area.save()
    AreaResponsibility.objects.create(area=area, organization=area.committee, valid_from=since)
    audit.record(
        actor=actor,
        verb="area.establish",
        target=area,
        after={"code": area.code, "name": area.name, "committee": str(area.committee)},
        scope_path=area.committee.path,
    )
    return area


@transaction.atomic
def change_area(*, actor: Actor, area: Area, reason: str = "", **facts: Any) -> Area:
    """Change anything of an area but the committee that answers for it."""
    _change(actor, "area.change", area, facts, reason, area.committee.path)
    return area


@transaction.atomic
def hand_over_area(
    *, actor: Actor, area: Area, committee: PartyOrganization, on: date, reason: str = ""
) -> AreaResponsibility:
    """Another committee answers for the area from that day on."""
    present = area.responsibilities.as_of(on).first()
    if present is None or present.valid_to is not None or present.valid_from == on:
        raise ValidationError("该日之后已有责任变动，请先核对")
    if present.organization_id == committee.pk:
        raise ValidationError(f"{area} 已由 {committee} 负责")
    present.valid_to = on
    present.save(update_fields=["valid_to"])
    responsibility = AreaResponsibility.objects.create(
        area=area, organization=committee, valid_from=on
    )
    refresh_committees([area])
    audit.record(
        actor=actor,
        verb="area.hand_over",
        target=area,
        before={"committee": str(present.organization)},
        after={"committee": str(committee), "on": on},
        reason=reason,
        scope_path=area.committee.path,
    )
    return responsibility


def refresh_committees(areas: Iterable[Area]) -> None:
    """Make `committee` of each area the one that answers for it today."""
    held = AreaResponsibility.objects.as_of(today()).select_related("organization")
    responsible = {one.area_id: one.organization for one in held}
    for area in areas:
        committee = responsible.get(area.pk, area.committee)
        if committee != area.committee:
            area.committee = committee
            area.save(update_fields=["committee"])


def refresh_today() -> None:
    """Let moves and hand-overs take effect whose day has come; runs each night."""
    tree.refresh_paths()
    refresh_committees(Area.objects.select_related("committee"))


def _change(
    actor: Actor, verb: str, target: Any, facts: dict[str, Any], reason: str, scope_path: str
) -> None:
    before = {name: getattr(target, name) for name in facts}
    for name, value in facts.items():
        setattr(target, name, value)
    if isinstance(target, PartyOrganization):
        target.search_key = search_key(target.name)
    target.full_clean()
    target.save()
    before, after = audit.difference(_plain(before), _plain(facts))
    if after:
        audit.record(
            actor=actor,
            verb=verb,
            target=target,
            before=before,
            after=after,
            reason=reason,
            scope_path=scope_path,
        )


def _plain(state: dict[str, Any]) -> dict[str, Any]:
    """Objects by their names, everything else as it is."""
    return {name: str(value) if hasattr(value, "pk") else value for name, value in state.items()}
