"""Areas and the committees that answer for them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.dates import today
from organizations.area_uses import refuse_if_used
from organizations.models import Area, AreaResponsibility, PartyOrganization
from organizations.services.acts import Actor, correct


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
    kind, closed_on = facts.get("kind", area.kind), facts.get("closed_on", area.closed_on)
    refuse_if_used(area, kind, closed_on)
    correct(actor, "area.change", area, facts, reason, area.committee.path)
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
