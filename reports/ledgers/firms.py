"""What ledgers say of enterprises besides their coverage: whose they were, how they were called."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from enterprises.models import CoverageLink, EnterprisePeriod, NameHistory
from members.secretaries import Secretaries
from reports.units import Unit


def firms_of(unit: Unit, day: date) -> QuerySet[EnterprisePeriod, int]:
    """Keys of the enterprises that counted in the unit; a county has its unclaimed ones too."""
    wanted = Q(reporting_area__in=unit.areas)
    if unit.is_county:
        wanted |= Q(reporting_area=None, enterprise__county=unit.area)
    return EnterprisePeriod.objects.as_of(day).filter(wanted).values_list("enterprise", flat=True)


def names_on(day: date, enterprises: Collection[int]) -> dict[int, str]:
    """Names that enterprises bore on the day, of those that have changed theirs since."""
    past = NameHistory.objects.as_of(day).filter(what=NameHistory.What.NAME)
    return dict(past.filter(enterprise__in=enterprises).values_list("enterprise_id", "value"))


def organizations_on(day: date, enterprises: Collection[int]) -> dict[int, str]:
    """Covering organizations with their secretaries, as the registers write them: 甲支部/王某."""
    links = list(
        CoverageLink.objects.as_of(day)
        .filter(enterprise__in=enterprises)
        .select_related("organization")
        .order_by("valid_from", "pk")
    )
    secretaries = Secretaries(day, {link.organization_id for link in links})
    found: dict[int, list[str]] = {}
    for link in links:
        secretary = secretaries.of(link.organization)
        words = f"{link.organization}/{secretary.name}" if secretary else str(link.organization)
        found.setdefault(link.enterprise_id, []).append(words)
    return {enterprise: "；".join(words) for enterprise, words in found.items()}
