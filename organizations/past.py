"""What organizations were called on a day, what kind they were, and who guided them."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from core.dates import today
from core.pinyin import search_key
from core.validity import valid_on
from organizations.models import (
    DualManagement,
    OrganizationPeriod,
    PartyOrganization,
    Placement,
)

DATED = ("name", "kind", "nature")


def current(
    organization: PartyOrganization, on: date | None = None
) -> QuerySet[OrganizationPeriod]:
    """The period of that day (today), if there is one."""
    found: QuerySet[OrganizationPeriod] = organization.periods.as_of(on or today())
    return found


def name_as_of(organization: PartyOrganization, day: date) -> str:
    """Its name on that day; today's where none is recorded for the day."""
    period = current(organization, day).first()
    return period.name if period else organization.name


def kind_as_of(organization: PartyOrganization, day: date) -> str:
    """The code of its kind on that day; today's where none is recorded for the day."""
    period = current(organization, day).first()
    return period.kind if period else organization.kind


def as_they_were(organizations: Iterable[PartyOrganization], day: date) -> list[PartyOrganization]:
    """The organizations with name, kind and nature of that day, in one query; not to be saved."""
    found = list(organizations)
    periods = OrganizationPeriod.objects.as_of(day).filter(organization__in=found)
    then = {period.organization_id: period for period in periods}
    for organization in found:
        if period := then.get(organization.pk):
            for name in DATED:
                setattr(organization, name, getattr(period, name))
    return found


def superior_codes(organizations: Iterable[PartyOrganization], day: date) -> dict[int, str]:
    """The code of each one's superior on that day; the topmost have none."""
    places = Placement.objects.as_of(day).filter(organization__in=list(organizations))
    placed = places.filter(parent__isnull=False)
    return dict(placed.values_list("organization", "parent__code"))


def guided_by(organization: PartyOrganization, day: date) -> PartyOrganization | None:
    """The second, guiding superior on that day."""
    rows = DualManagement.objects.as_of(day).filter(organization=organization)
    guidance = rows.select_related("superior").first()
    return guidance.superior if guidance else None


def refresh_names() -> int:
    """Copy name, kind and nature of today to the organizations; returns how many changed."""
    differs = Q()
    for name in DATED:
        differs |= ~Q(**{name: F(f"periods__{name}")})
    changed = PartyOrganization.objects.filter(valid_on(today(), "periods__"), differs)
    organizations = as_they_were(changed, today())
    for organization in organizations:
        organization.search_key = search_key(organization.name)
    PartyOrganization.objects.bulk_update(organizations, [*DATED, "search_key"], batch_size=1000)
    return len(organizations)


def end_names(organization: PartyOrganization, on: date) -> None:
    """Its name ends with it; raises ValidationError if another is planned for later."""
    if organization.periods.filter(valid_from__gte=on).exists():
        raise ValidationError({"on": "该日及以后已有名称或类别变动，请先核对。"})
    current(organization, on).update(valid_to=on)


def end_guidance(organization: PartyOrganization, on: date) -> None:
    """Nobody guides it from that day on."""
    organization.guidances.filter(valid_from__gte=on).delete()
    organization.guidances.as_of(on).update(valid_to=on)
