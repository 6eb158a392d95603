"""Another superior, and a second, guiding one."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from core.dates import today
from organizations import tree
from organizations.models import (
    ChangeKind,
    DualManagement,
    OrganizationChange,
    PartyOrganization,
)
from organizations.services.acts import Act, Actor, Role


@transaction.atomic
def move_organization(
    *,
    actor: Actor,
    organization: PartyOrganization,
    parent: PartyOrganization,
    on: date,
    document: str,
    reason: str = "",
) -> OrganizationChange:
    """Place it below another superior from that day on; days before keep their tree."""
    act = Act(actor, ChangeKind.MOVE, on, document, reason)
    present = tree.standing(organization, on)
    former = present.parent
    if parent == organization:
        raise ValidationError({"parent": "上级党组织不能是它自己。"})
    if former == parent:
        raise ValidationError({"parent": f"“{organization}”已隶属“{parent}”。"})
    tree.require_place(parent, on, field="parent")
    tree.place(present, parent, on, document=document, reason=reason)
    tree.check_places()
    if on <= today():
        tree.refresh_paths()
        organization.refresh_from_db(fields=["path"])
    return act.enter(
        organization,
        (parent, Role.PARENT),
        *([(former, Role.FORMER_PARENT)] if former else []),
        before={"parent": str(former or "")},
        after={"parent": str(parent)},
    )


@transaction.atomic
def set_guiding_superior(
    *,
    actor: Actor,
    organization: PartyOrganization,
    superior: PartyOrganization,
    on: date,
    document: str,
    reason: str = "",
) -> OrganizationChange:
    """Put it under a second, guiding superior from that day on; one before ends that day."""
    act = Act(actor, ChangeKind.GUIDE, on, document, reason)
    place = tree.standing(organization, on, may_start=True)
    if superior in (organization, place.parent):
        raise ValidationError({"superior": "指导上级应是本组织和隶属上级之外的党组织。"})
    tree.require_place(superior, on, field="superior")
    if superior.path.startswith(organization.path):
        raise ValidationError({"superior": "指导上级不能是它自己的下级。"})
    former = _end_guidance(organization, on)
    if former == superior:
        raise ValidationError({"superior": f"“{organization}”已由“{superior}”指导。"})
    DualManagement.objects.create(
        organization=organization,
        superior=superior,
        valid_from=on,
        document=document,
        reason=reason,
    )
    return act.enter(
        organization,
        (superior, Role.GUIDE),
        before={"superior": str(former or "")},
        after={"superior": str(superior)},
    )


@transaction.atomic
def end_guiding_superior(
    *,
    actor: Actor,
    organization: PartyOrganization,
    on: date,
    document: str,
    reason: str = "",
) -> OrganizationChange:
    """From that day on the superior in the tree is the only one."""
    act = Act(actor, ChangeKind.UNGUIDE, on, document, reason)
    tree.lock()
    former = _end_guidance(organization, on)
    if former is None:
        raise ValidationError({"on": f"“{organization}”在 {on} 没有指导上级。"})
    return act.enter(
        organization,
        (former, Role.GUIDE),
        before={"superior": str(former)},
        after={"superior": ""},
    )


def _end_guidance(organization: PartyOrganization, on: date) -> PartyOrganization | None:
    """Who guided until that day."""
    if organization.guidances.filter(valid_from__gte=on).exists():
        raise ValidationError({"on": "该日及以后已有双重管理变动，请先核对。"})
    found = organization.guidances.as_of(on).select_related("superior")
    present: DualManagement | None = found.first()
    if present is None:
        return None
    present.valid_to = on
    present.save(update_fields=["valid_to"])
    return present.superior
