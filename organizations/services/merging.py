"""Closing an organization, merging several, splitting one: everything they hold finds a home."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from core.dates import today
from organizations import closing, past, tree
from organizations.closing import CHILDREN, NO_HOMES, Departure, Homes, Settled
from organizations.models import ChangeKind, OrganizationChange, PartyOrganization
from organizations.services.acts import Act, Actor, Role


@transaction.atomic
def close_organization(
    *,
    actor: Actor,
    organization: PartyOrganization,
    on: date,
    document: str,
    reason: str = "",
    homes: Homes = NO_HOMES,
) -> OrganizationChange:
    """Abolish it from that day on; refused by kind for whatever `homes` leaves without a home."""
    act = Act(actor, ChangeKind.ABOLISH, on, document, reason)
    settled = _close(act, organization, homes)
    _take_effect(organization, on)
    return act.enter(
        organization,
        *((heir, Role.SUCCESSOR) for heir in homes.all()),
        before={"abolished_on": None},
        after={"abolished_on": on},
        settled=[settled],
    )


@transaction.atomic
def merge_organizations(
    *,
    actor: Actor,
    sources: Sequence[PartyOrganization],
    into: PartyOrganization,
    on: date,
    document: str,
    reason: str = "",
    homes: Homes = NO_HOMES,
    parent: PartyOrganization | None = None,
) -> OrganizationChange:
    """Close the sources; what they hold goes to `into` unless `homes` names another home.

    An unsaved `into` is set up that day, below `parent` or else the superior of the first source.
    """
    act = Act(actor, ChangeKind.MERGE, on, document, reason)
    if not sources or into in sources:
        raise ValidationError({"sources": "请选择要并入的其他党组织。"})
    if into._state.adding:
        into.established_on = on
        _plant(into, parent or tree.standing(sources[0], on).parent, act)
    tree.require_place(into, on, field="into")
    settled = [_close(act, source, homes.or_else(into)) for source in sources]
    _take_effect(into, on)
    return act.enter(
        into,
        *((source, Role.SOURCE) for source in sources),
        before={"organizations": [source.name for source in sources]},
        after={"organizations": [into.name]},
        settled=settled,
    )


@transaction.atomic
def split_organization(
    *,
    actor: Actor,
    organization: PartyOrganization,
    parts: Sequence[PartyOrganization],
    on: date,
    document: str,
    reason: str = "",
    homes: Homes = NO_HOMES,
    keep: bool = True,
    parent: PartyOrganization | None = None,
) -> OrganizationChange:
    """Set up the unsaved parts beside it (or below `parent`) and give them what `homes` says.

    With `keep` the organization goes on with the rest; without, it closes and keeps nothing.
    """
    act = Act(actor, ChangeKind.SPLIT, on, document, reason)
    if not parts:
        raise ValidationError({"parts": "请填写分设的党组织。"})
    present = tree.standing(organization, on)
    for part in parts:
        part.established_on = on
        _plant(part, parent or present.parent, act)
    if keep:
        settled = closing.settle(_departure(act, organization), homes, keep_rest=True)
    else:
        settled = _close(act, organization, homes)
    _take_effect(organization, on)
    return act.enter(
        organization,
        *((part, Role.PART) for part in parts),
        before={"organizations": [organization.name]},
        after={"organizations": [part.name for part in parts], "kept": keep},
        settled=[settled],
    )


def _plant(organization: PartyOrganization, parent: PartyOrganization | None, act: Act) -> None:
    tree.plant([(organization, parent)], document=act.document, reason=act.reason)


def _close(act: Act, organization: PartyOrganization, homes: Homes) -> Settled:
    """Give away what it holds, then end its place, its name and its guidance."""
    present = tree.standing(organization, act.on)
    settled = closing.settle(_departure(act, organization), homes)
    present.valid_to = act.on
    present.save(update_fields=["valid_to"])
    past.end_names(organization, act.on)
    past.end_guidance(organization, act.on)
    organization.abolished_on = act.on
    organization.save(update_fields=["abolished_on"])
    return settled


def _departure(act: Act, organization: PartyOrganization) -> Departure:
    return Departure(organization, act.on, act.actor, act.document, act.reason)


def _take_effect(organization: PartyOrganization, on: date) -> None:
    tree.check_places(CHILDREN)
    if on <= today():
        tree.refresh_paths()
        organization.refresh_from_db(fields=["path"])
