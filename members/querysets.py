"""Named filters over people."""

from datetime import date
from typing import Self

from django.db.models import Count, DateField, Func, Min, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

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

    def serving(self, day: date) -> Self:
        """Those who have not left by that day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=day))

    def with_load(self, day: date) -> Self:
        """With the number of enterprises at which each is in post on that day."""
        return self.annotate(load=Count("assignments", filter=valid_on(day, "assignments__")))

    def with_work(self, day: date) -> Self:
        """With load, visits and terms of the year, the latest visit, the first end of a term."""
        from members.models.instructor import InstructorAssignment
        from members.models.visit import InstructorVisit, VisitKind

        visits = InstructorVisit.objects.filter(
            assignment__instructor=OuterRef("pk"), kind=VisitKind.VISIT, visited_on__lte=day
        )
        counted = visits.filter(visited_on__year=day.year).order_by()
        of_year = InstructorAssignment.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day.replace(month=1, day=1))
        )
        return (
            self.with_load(day)
            .annotate(
                visited=Coalesce(
                    Subquery(counted.values("assignment__instructor").values(n=Count("pk"))), 0
                ),
                last_visit=Subquery(visits.order_by("-visited_on").values("visited_on")[:1]),
                first_end=Min("assignments__valid_to", filter=valid_on(day, "assignments__")),
            )
            .prefetch_related(Prefetch("assignments", of_year))
        )


class MonthsLater(Func):
    """The day some months after another, the last of a shorter month."""

    template, arg_joiner = "(%(expressions)s))::date", " + make_interval(months => "
    output_field = DateField()


class AssignmentQuerySet(OfEnterpriseQuerySet):
    """Assignments are seen with the enterprise they are for."""

    def with_rhythm(self, day: date, months: int) -> Self:
        """With the latest visit, the visits of the year, and the day of the next one.

        `months` is the interval where an assignment has none of its own.
        """
        from members.models.visit import InstructorVisit, VisitKind

        visits = InstructorVisit.objects.filter(
            assignment=OuterRef("pk"), kind=VisitKind.VISIT, visited_on__lte=day
        )
        counted = visits.filter(visited_on__year=day.year).order_by().values("assignment")
        return self.annotate(
            interval=Coalesce("visit_months", Value(months)),
            last_visit=Subquery(visits.order_by("-visited_on").values("visited_on")[:1]),
            visited=Coalesce(Subquery(counted.values(n=Count("pk"))), 0),
        ).annotate(next_due=MonthsLater(Coalesce("last_visit", "valid_from"), "interval"))


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


class OfMemberQuerySet(ScopedQuerySet):
    """What hangs on a member is seen with the person."""

    scope_lookup = "member__person__home_organization__path"

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))


class OfPersonQuerySet(ScopedQuerySet):
    """What hangs on a person is seen with the person."""

    scope_lookup = "person__home_organization__path"


class OfOrganizationQuerySet(ScopedQuerySet):
    """What an organization keeps is seen with it."""

    scope_lookup = "organization__path"


class PlacementQuerySet(ScopedQuerySet):
    """Where somebody of the talent pool serves is seen with the person."""

    scope_lookup = "entry__person__home_organization__path"

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))


class OfParkQuerySet(ScopedQuerySet):
    """Organizers are seen with their park."""

    scope_lookup = "area__committee__path"

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))
