"""Party members of organizations as the enterprises that they cover report them each year."""

from collections.abc import Collection
from datetime import date

from enterprises.models import CoverageLink, EnterpriseYear
from organizations.strength import Strength


def members_of_covered(day: date, organizations: Collection[int]) -> dict[int, Strength]:
    """The sum over the enterprises covered on the day, each by its latest yearly record."""
    links = CoverageLink.objects.as_of(day).filter(organization__in=organizations)
    covered = list(links.order_by().values_list("enterprise_id", "organization_id"))
    years = EnterpriseYear.objects.as_of(day).filter(enterprise__in=[one for one, _ in covered])
    counts = {
        enterprise: Strength(members, full)
        for enterprise, members, full in years.values_list(
            "enterprise_id", "member_count", "full_member_count"
        )
    }
    found: dict[int, Strength] = {}
    for enterprise, organization in covered:
        own = counts.get(enterprise, Strength())
        found[organization] = found.get(organization, Strength()) + own
    return found
