"""Enterprises that a post opens without a subtree: the branch's own, and what apps above add."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from enterprises.models import (
    ContactPoint,
    ContactVisit,
    CoverageLink,
    Enterprise,
    EnterpriseClassification,
    EnterpriseRequest,
    EnterpriseYear,
    FormationPlan,
    MassOrganization,
)
from organizations.scoping import Reach, Scope, register_assigned

EnterpriseIds = Callable[[Scope, date], QuerySet[Any, Any]]
OF_ENTERPRISE = (
    ContactPoint,
    CoverageLink,
    EnterpriseClassification,
    EnterpriseRequest,
    EnterpriseYear,
    FormationPlan,
    MassOrganization,
)


def open_enterprises(reach: Reach, ids: EnterpriseIds) -> None:
    """Let posts of that reach see the enterprises with these ids and the rows that hang on them."""
    register_assigned(Enterprise._meta.label, reach, lambda scope, on: Q(pk__in=ids(scope, on)))
    for model in OF_ENTERPRISE:
        register_assigned(
            model._meta.label, reach, lambda scope, on: Q(enterprise__in=ids(scope, on))
        )
    register_assigned(
        ContactVisit._meta.label,
        reach,
        lambda scope, on: Q(contact_point__enterprise__in=ids(scope, on)),
    )


def covered_by_own_branch(scope: Scope, on: date) -> QuerySet[Any, Any]:
    links = CoverageLink.objects.as_of(on)
    own = links.filter(organization__path__in=scope.posts_of(Reach.OWN_BRANCH))
    return own.values("enterprise")
