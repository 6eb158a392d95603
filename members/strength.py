"""How many members an organization has: counted where memberships are kept, else as reported."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from enterprises.strength import members_of_covered
from members.models import Membership
from organizations.strength import Strength


def count_members(day: date, organizations: Collection[int]) -> dict[int, Strength]:
    """An organization that ever held a membership by that day is counted, even when none is left.

    Full members are those whose confirmation lies on or before the day.
    """
    return {**members_of_covered(day, organizations), **counted(day, organizations)}


def counted(day: date, organizations: Collection[int]) -> dict[int, Strength]:
    present = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    full = Q(member__confirmed_on__lte=day) | Q(
        member__confirmed_on__isnull=True, member__category="full"
    )
    rows = (
        Membership.objects.filter(organization__in=organizations, valid_from__lte=day)
        .order_by()
        .values("organization")
        .annotate(members=Count("pk", filter=present), full=Count("pk", filter=present & full))
    )
    return {row["organization"]: Strength(row["members"], row["full"]) for row in rows}
