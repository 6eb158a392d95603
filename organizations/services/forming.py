"""Setting up and restoring organizations."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.dates import today
from organizations import tree
from organizations.models import (
    ChangeKind,
    ChangePart,
    OrganizationChange,
    OrganizationPeriod,
    PartyOrganization,
    Placement,
)
from organizations.services.acts import Act, Actor, Role


@transaction.atomic
def form_organization(
    *,
    actor: Actor,
    organization: PartyOrganization,
    parent: PartyOrganization | None,
    document: str = "",
    reason: str = "",
) -> PartyOrganization:
    """Set up an unsaved organization below its superior, from the day it is established."""
    organization.established_on = organization.established_on or today()
    if parent is not None:
        tree.require_place(parent, organization.established_on, field="parent")
    tree.plant([(organization, parent)], document=document, reason=reason)
    tree.check_places()
    Act(actor, ChangeKind.FORM, organization.established_on, document, reason).enter(
        organization,
        *([(parent, Role.PARENT)] if parent else []),
        after=_founded(organization, parent),
    )
    return organization


def _founded(organization: PartyOrganization, parent: PartyOrganization | None) -> dict[str, Any]:
    return {
        "name": organization.name,
        "kind": organization.kind,
        "parent": str(parent or ""),
        "established_on": organization.established_on,
    }


@transaction.atomic
def take_over(
    pairs: Sequence[tuple[PartyOrganization, PartyOrganization | None]],
    *,
    actor: Actor = None,
    reason: str = "",
) -> None:
    """Plant many organizations that stand already, as lists name them; their history begins so.

    What the log says of each is the caller's.
    """
    tree.plant(pairs, reason=reason)
    changes = OrganizationChange.objects.bulk_create(
        OrganizationChange(
            kind=ChangeKind.FORM,
            effective_on=one.established_on or today(),
            reason=reason[:200],
            actor_id=actor.pk if actor else None,
            after=_founded(one, parent),
        )
        for one, parent in pairs
    )
    parts = [
        ChangePart(change=change, organization=organization, role=role)
        for change, (one, parent) in zip(changes, pairs, strict=True)
        for organization, role in ((one, Role.SUBJECT), (parent, Role.PARENT))
        if organization is not None
    ]
    ChangePart.objects.bulk_create(parts, batch_size=2000)


@transaction.atomic
def restore_organization(
    *,
    actor: Actor,
    organization: PartyOrganization,
    on: date,
    document: str,
    reason: str = "",
    parent: PartyOrganization | None = None,
) -> OrganizationChange:
    """Let an abolished organization exist again, below its last superior unless told otherwise."""
    act = Act(actor, ChangeKind.RESTORE, on, document, reason)
    tree.lock()
    organization.refresh_from_db(fields=["abolished_on"])
    if organization.abolished_on is None:
        raise ValidationError(f"“{organization}”没有撤销，无须恢复。")
    if on < organization.abolished_on:
        raise ValidationError({"on": f"恢复日期不能早于撤销日期 {organization.abolished_on}。"})
    last = organization.placements.latest("valid_from")
    parent = parent or last.parent
    if parent is not None:
        tree.require_place(parent, on, field="parent")
    abolished_on, organization.abolished_on = organization.abolished_on, None
    organization.save(update_fields=["abolished_on"])
    _resume(organization, last, parent, act)
    tree.check_places()
    tree.refresh_paths()
    organization.refresh_from_db(fields=["path"])
    return act.enter(
        organization,
        *([(parent, Role.PARENT)] if parent else []),
        before={"abolished_on": abolished_on},
        after={"abolished_on": None, "parent": str(parent or "")},
    )


def _resume(
    organization: PartyOrganization,
    last: Placement,
    parent: PartyOrganization | None,
    act: Act,
) -> None:
    """Its place and its name again; both go on without a break where it stood until that day."""
    name = OrganizationPeriod.objects.filter(organization=organization).latest("valid_from")
    if last.valid_to == act.on and last.parent == parent:
        last.valid_to = name.valid_to = None
        last.save(update_fields=["valid_to"])
        name.save(update_fields=["valid_to"])
        return
    Placement.objects.create(
        organization=organization,
        parent=parent,
        valid_from=act.on,
        document=act.document,
        reason=act.reason,
    )
    OrganizationPeriod.objects.create(
        organization=organization,
        name=name.name,
        kind=name.kind,
        nature=name.nature,
        valid_from=act.on,
    )
