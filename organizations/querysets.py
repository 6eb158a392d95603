"""Named filters over organizations and areas."""

from datetime import date
from typing import Self

from django.db.models import Q

from organizations.scoping import ScopedQuerySet


class OrganizationQuerySet(ScopedQuerySet):
    scope_lookup = "path"

    def existing(self, day: date) -> Self:
        """Set up by that day and not yet abolished on it."""
        return self.filter(
            Q(established_on__isnull=True) | Q(established_on__lte=day),
            Q(abolished_on__isnull=True) | Q(abolished_on__gt=day),
        )

    def for_posts(self) -> Self:
        """All of them: whoever hands out posts chooses among them, and sees nothing else."""
        return self.filter(abolished_on=None)

    def subtree_of(self, path: str) -> Self:
        return self.filter(path__startswith=path)


class AreaQuerySet(ScopedQuerySet):
    scope_lookup = "committee__path"

    def reporting(self) -> Self:
        """Areas that enterprises are counted under: townships, streets and parks."""
        from organizations.models.area import REPORTING_KINDS

        return self.filter(kind__in=REPORTING_KINDS, closed_on__isnull=True)
