"""应转未转: who has been elsewhere for half a year and whose relation has not followed."""

from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Least

from enterprises.models import CoverageLink
from members.flow_parameters import DUE_MONTHS
from members.models import Employment, Membership, MembershipTransfer, MobileRecord
from members.querysets import MemberQuerySet
from organizations.models import OrganizationNature
from organizations.rules import months_later


def overdue(members: MemberQuerySet, day: date) -> QuerySet[Any]:
    """Those among active members: where now, `since` when, and whether a letter is `sent`.

    At work: in an enterprise that a regular organization covers, while the relation is neither
    held there nor below. Away: registered as mobile at a settled place. Both for as long as the
    parameter `transfer.due_months` says.
    """
    until = months_later(day, -DUE_MONTHS.value(on=day))
    work = _employments(day).filter(valid_from__lte=until).order_by("valid_from", "pk")
    away = MobileRecord.objects.current().filter(
        member=OuterRef("pk"), is_settled=True, left_on__lte=until
    )
    letters = MembershipTransfer.objects.waiting().filter(member=OuterRef("pk"))
    rows = members.active().annotate(
        firm=Subquery(work.values("enterprise__name")[:1]),
        firm_since=Subquery(work.values("valid_from")[:1]),
        mobile=Subquery(away.values("pk")[:1]),
        mobile_since=Subquery(away.values("left_on")[:1]),
        came_from=Subquery(away.values("origin_unit")[:1]),
        went_to=Subquery(away.values(place=Coalesce("host__name", "host_unit"))[:1]),
        sent=Exists(letters),
        held_at=Subquery(_held(day).values("organization__name")[:1]),
    )
    late = rows.filter(Q(firm_since__isnull=False) | Q(mobile_since__isnull=False))
    found: QuerySet[Any] = late.annotate(
        since=Coalesce(Least("firm_since", "mobile_since"), "firm_since", "mobile_since")
    )
    return found


def _held(day: date) -> QuerySet[Membership]:
    held: QuerySet[Membership] = Membership.objects.as_of(day).filter(member=OuterRef("pk"))
    return held


def _employments(day: date) -> QuerySet[Employment]:
    """Where a member works whose relation ought to be held there and is not."""
    regular = CoverageLink.objects.as_of(day).filter(
        organization__nature=OrganizationNature.REGULAR
    )
    below = (
        regular.filter(enterprise=OuterRef(OuterRef("enterprise")))
        .annotate(held=ExpressionWrapper(OuterRef("organization__path"), CharField()))
        .filter(held__startswith=F("organization__path"))
    )
    at_home = Membership.objects.as_of(day).filter(Exists(below), member__person=OuterRef("person"))
    found: QuerySet[Employment] = Employment.objects.as_of(day).filter(
        Exists(regular.filter(enterprise=OuterRef("enterprise"))),
        ~Exists(at_home),
        person=OuterRef("person"),
    )
    return found
