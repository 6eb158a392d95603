"""Named filters over cases of development, their steps and the rules they follow."""

from typing import Self

from core.validity import DatedQuerySet
from organizations.scoping import ScopedQuerySet


class RulesQuerySet(DatedQuerySet):
    """Editions of rules; everybody may read them."""


class CaseQuerySet(ScopedQuerySet):
    """Who is being developed is seen with the organization that does it."""

    scope_lookup = "organization__path"

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)


class OfCaseQuerySet(ScopedQuerySet):
    """What hangs on a case is seen with it."""

    scope_lookup = "case__organization__path"


class PlanQuerySet(ScopedQuerySet):
    scope_lookup = "organization__path"
