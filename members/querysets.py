"""Named filters over people."""

from datetime import date
from typing import Self

from core.validity import valid_on
from enterprises.querysets import OfEnterpriseQuerySet
from organizations.scoping import ScopedQuerySet


class PersonQuerySet(ScopedQuerySet):
    scope_lookup = "home_organization__path"


class InstructorQuerySet(ScopedQuerySet):
    scope_lookup = "person__home_organization__path"


class AssignmentQuerySet(OfEnterpriseQuerySet):
    """Assignments are seen with the enterprise they are for."""


class PostQuerySet(ScopedQuerySet):
    """Posts are seen with the body they belong to."""

    scope_lookup = "organization__path"

    def as_of(self, day: date) -> Self:
        """Posts in force on that day."""
        return self.filter(valid_on(day), state="in_force")


class OpinionQuerySet(ScopedQuerySet):
    scope_lookup = "post__organization__path"
