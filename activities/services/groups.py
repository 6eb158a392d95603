"""Party groups of a branch begin and end."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.models import PartyGroup
from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
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
    rows = PartyGroup.objects.select_for_update(of=("self",)).select_related("organization")
    group = rows.get(pk=group.pk)
    if group.valid_to:
        raise ValidationError("这个党小组已经撤销。")
    if on <= group.valid_from:
        raise ValidationError({"on": f"撤销日期应晚于成立日期{group.valid_from}。"})
    group.valid_to = on
    group.save(update_fields=["valid_to"])
    audit.record(
        actor=actor,
        verb="group.end",
        target=group,
        scope_path=group.organization.path,
        after={"valid_to": on},
    )
