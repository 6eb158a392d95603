"""Named filters over people."""

from enterprises.querysets import OfEnterpriseQuerySet
from organizations.scoping import ScopedQuerySet


class PersonQuerySet(ScopedQuerySet):
    scope_lookup = "home_organization__path"


class InstructorQuerySet(ScopedQuerySet):
    scope_lookup = "person__home_organization__path"


class AssignmentQuerySet(OfEnterpriseQuerySet):
    """Assignments are seen with the enterprise they are for."""
