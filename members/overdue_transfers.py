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

from core.validity import valid_on
from enterprises.models import CoverageLink
from members.flow_parameters import DUE_MONTHS
from members.models import Employment, Membership, MembershipTransfer, MobileRecord
from members.querysets import MemberQuerySet
from organizations.models import OrganizationNature
from organizations.rules import months_later

HELD = "person__party_member__memberships__"  # from an employment


def overdue(members: MemberQuerySet, day: date) -> QuerySet[Any]:
    """Those among active members: where now, `since` when, and whether a letter is `sent`.

    At work: in an enterprise that a regular organization covers, while the relation is neither
    held there nor below. Away: registered as mobile at a settled place. Both for as long as the
    parameter `transfer.due_months` says.
    """
    until = months_later(day, -DUE_MONTHS.value(on=day))
    moved = MobileRecord.objects.current().filter(is_settled=True, left_on__lte=until)
    late = members.active().filter(
        Q(pk__in=_elsewhere(day, until).values("person__party_member"))
        | Q(pk__in=_nowhere(day, until).values("person__party_member"))
        | Q(pk__in=moved.values("member"))
    )
    return _told(late, moved.filter(member=OuterRef("pk")), day, until)


def _told(
    late: MemberQuerySet, away: QuerySet[MobileRecord], day: date, until: date
) -> QuerySet[Any]:
    """With what a list says of each, asked for the late ones alone."""
    own = Q(person=OuterRef("person"))
    held, nowhere = _elsewhere(day, until).filter(own), _nowhere(day, until).filter(own)
    rows = late.annotate(
        firm=Coalesce(*(Subquery(some.values("enterprise__name")[:1]) for some in (held, nowhere))),
        firm_since=Coalesce(*(Subquery(some.values("valid_from")[:1]) for some in (held, nowhere))),
        mobile=Subquery(away.values("pk")[:1]),
        mobile_since=Subquery(away.values("left_on")[:1]),
        came_from=Subquery(away.values("origin_unit")[:1]),
        went_to=Subquery(away.values(place=Coalesce("host__name", "host_unit"))[:1]),
        sent=Exists(MembershipTransfer.objects.waiting().filter(member=OuterRef("pk"))),
        held_at=Subquery(
            Membership.objects.as_of(day)
            .filter(member=OuterRef("pk"))
            .values("organization__name")[:1]
        ),
    )
    found: QuerySet[Any] = rows.annotate(
        since=Coalesce(Least("firm_since", "mobile_since"), "firm_since", "mobile_since")
    )
    return found


def _covering(day: date) -> QuerySet[CoverageLink]:
    """The regular organizations of the enterprise of an employment."""
    links: QuerySet[CoverageLink] = CoverageLink.objects.as_of(day)
    return links.filter(
        organization__nature=OrganizationNature.REGULAR, enterprise=OuterRef("enterprise")
    )


def _elsewhere(day: date, until: date) -> QuerySet[Employment]:
    """Employments of members whose relation is held outside the enterprise's organizations.

    The equality comes first: it leaves few to be asked for what lies below.
    """
    below = _covering(day).annotate(held=ExpressionWrapper(OuterRef("home_path"), CharField()))
    working: QuerySet[Employment] = Employment.objects.as_of(day)
    return (
        working.filter(valid_on(day, HELD), valid_from__lte=until)
        .annotate(home=F(f"{HELD}organization"), home_path=F(f"{HELD}organization__path"))
        .filter(
            ~Exists(_covering(day).filter(organization=OuterRef("home"))),
            Exists(_covering(day)),
            ~Exists(below.filter(held__startswith=F("organization__path"))),
        )
        .order_by("valid_from", "pk")
    )


def _nowhere(day: date, until: date) -> QuerySet[Employment]:
    """Employments of those whose relation no organization of the system holds."""
    held = Membership.objects.as_of(day).filter(member__person=OuterRef("person"))
    working: QuerySet[Employment] = Employment.objects.as_of(day)
    return working.filter(~Exists(held), Exists(_covering(day)), valid_from__lte=until).order_by(
        "valid_from", "pk"
    )
