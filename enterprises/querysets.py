"""Named filters over the register; an unclaimed enterprise belongs to the county's committee."""

from datetime import date
from typing import Self

from django.db.models import OuterRef, Q, Subquery

from core.validity import valid_on
from organizations.models import Area
from organizations.scoping import Scope, ScopedQuerySet, among, path_condition


def enterprise_scope(scope: Scope, prefix: str = "") -> Q:
    """Enterprises of the reporting areas in scope; the unclaimed belong to the whole county."""
    if not scope.subtrees:
        return Q(pk__in=())
    areas = Area.objects.filter(path_condition("committee__path", scope.subtrees))
    unclaimed = Q(**{f"{prefix}reporting_area__isnull": True}) & among(f"{prefix}county_id", areas)
    return among(f"{prefix}reporting_area_id", areas) | unclaimed


MEASURED = ("employee_count", "annual_revenue", "member_count", "full_member_count")


def latest_measured(field: str, day: date, *, of: str = "pk") -> Subquery:
    """A measured number of the outer enterprise: from its latest yearly record up to the day."""
    from enterprises.models.yearly import EnterpriseYear

    years = EnterpriseYear.objects.filter(enterprise=OuterRef(of), reference_date__lte=day)
    return Subquery(years.order_by("-reference_date").values(field)[:1])


class EnterpriseQuerySet(ScopedQuerySet):
    scope_lookup = "reporting_area__committee__path"

    def scope_condition(self, scope: Scope) -> Q:
        return enterprise_scope(scope)

    def unclaimed(self) -> Self:
        """Without reporting area; those proven to lie outside the county are nobody's to claim."""
        return self.filter(reporting_area__isnull=True, outside_county=False)

    def with_measured(self, day: date) -> Self:
        """With the numbers of the latest yearly record up to the day."""
        return self.annotate(**{field: latest_measured(field, day) for field in MEASURED})


class OfEnterpriseQuerySet(ScopedQuerySet):
    """Rows that hang on an enterprise and share its scope."""

    scope_lookup = "enterprise__reporting_area__committee__path"

    def scope_condition(self, scope: Scope) -> Q:
        return enterprise_scope(scope, "enterprise__")

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))


class CoverageLinkQuerySet(OfEnterpriseQuerySet):
    """Coverage facts of enterprises."""


class FormationPlanQuerySet(ScopedQuerySet):
    """Plans share the scope of their enterprises."""

    scope_lookup = "enterprise__reporting_area__committee__path"

    def scope_condition(self, scope: Scope) -> Q:
        return enterprise_scope(scope, "enterprise__")

    def unfinished(self) -> Self:
        """Those that wait for something to be done."""
        from enterprises.models.formation import OPEN_STATES

        return self.filter(state__in=OPEN_STATES)

    def overdue(self, day: date) -> Self:
        return self.unfinished().filter(planned_on__lt=day)


class ContactPointQuerySet(OfEnterpriseQuerySet):
    """Contact points share the scope of their enterprises."""


class ContactVisitQuerySet(ScopedQuerySet):
    """Visits share the scope of their contact points."""

    scope_lookup = "contact_point__enterprise__reporting_area__committee__path"

    def scope_condition(self, scope: Scope) -> Q:
        return enterprise_scope(scope, "contact_point__enterprise__")


class EnterpriseRequestQuerySet(OfEnterpriseQuerySet):
    """Requests share the scope of their enterprises."""

    def unfinished(self) -> Self:
        """Neither closed nor declined."""
        from enterprises.models.request import ENDED

        return self.exclude(state__in=ENDED)

    def overdue(self, day: date) -> Self:
        """Past their deadline without an answer to the enterprise."""
        return self.unfinished().filter(answered_on=None, due_on__lt=day)


class EnterpriseYearQuerySet(OfEnterpriseQuerySet):
    """Yearly records; `as_of` means the latest record on or before the day."""

    def as_of(self, day: date) -> Self:
        return (
            self.filter(reference_date__lte=day)
            .order_by("enterprise_id", "-reference_date")
            .distinct("enterprise_id")
        )


class BatchQuerySet(ScopedQuerySet):
    """Imports of a unit: a township's own lists, or the county's."""

    def scope_condition(self, scope: Scope) -> Q:
        own = path_condition("area__committee__path", scope.subtrees)
        county = path_condition("round__county__committee__path", scope.subtrees)
        return own | county

    scope_lookup = "round__county__committee__path"


class CoverageBatchQuerySet(ScopedQuerySet):
    """Imports of existing coverage, by the committee whose subtree they may touch."""

    scope_lookup = "scope_path"


class RoundQuerySet(ScopedQuerySet):
    """Rounds of the counties that a scope reaches, in whole or in part."""

    def scope_condition(self, scope: Scope) -> Q:
        parts = path_condition("parts__committee__path", scope.subtrees)
        counties = Area.objects.filter(parts | path_condition("committee__path", scope.subtrees))
        return Q(county__in=counties)

    scope_lookup = "county__committee__path"
