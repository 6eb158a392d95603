"""Named filters over people."""

from datetime import date
from typing import Self

from django.db.models import Q

from core.validity import valid_on
from enterprises.querysets import OfEnterpriseQuerySet, enterprise_scope
from organizations.scoping import Scope, ScopedQuerySet


class PersonQuerySet(ScopedQuerySet):
    scope_lookup = "home_organization__path"


class MemberQuerySet(ScopedQuerySet):
    """Members are seen with the person."""

    scope_lookup = "person__home_organization__path"

    def active(self) -> Self:
        """Those on the rosters today."""
        return self.filter(standing="active")


class MembershipQuerySet(ScopedQuerySet):
    """Memberships are seen with the organization that holds them."""

    scope_lookup = "organization__path"

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))


class EmploymentQuerySet(ScopedQuerySet):
    """Employments are seen with the person."""

    scope_lookup = "person__home_organization__path"

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))


class InstructorQuerySet(ScopedQuerySet):
    scope_lookup = "person__home_organization__path"


class AssignmentQuerySet(OfEnterpriseQuerySet):
    """Assignments are seen with the enterprise they are for."""


class OfAssignmentQuerySet(ScopedQuerySet):
    """What hangs on an assignment is seen with it."""

    scope_lookup = "assignment__enterprise__reporting_area__committee__path"

    def scope_condition(self, scope: Scope) -> Q:
        return enterprise_scope(scope, "assignment__enterprise__")


class OfInstructorQuerySet(ScopedQuerySet):
    """What hangs on an instructor is seen with him."""

    scope_lookup = "instructor__person__home_organization__path"


class PostQuerySet(ScopedQuerySet):
    """Posts are seen with the body they belong to."""

    scope_lookup = "organization__path"

    def as_of(self, day: date) -> Self:
        """Posts in force on that day."""
        return self.filter(valid_on(day), state="in_force")


class OpinionQuerySet(ScopedQuerySet):
    scope_lookup = "post__organization__path"
