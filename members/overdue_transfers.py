"""应转未转: who has been elsewhere for half a year and whose relation has not followed."""

from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Least

from core.validity import valid_on
from enterprises.models import CoverageLink
from members.flow_parameters import DUE_MONTHS
from members.models import (
    Employment,
    Membership,
    MembershipTransfer,
    MobileRecord,
    PartyMember,
)
from members.querysets import MemberQuerySet
from organizations.models import OrganizationNature
from organizations.rules import months_later

MEMBER = "person__party_member"  # from an employment


def overdue(members: MemberQuerySet, day: date) -> QuerySet[Any]:
    """Those among active members: where now, `since` when, and whether a letter is `sent`.

    At work: in an enterprise that a regular organization covers, while the relation is neither
    held there nor below. Away: registered as mobile at a settled place. Both for as long as the
    parameter `transfer.due_months` says.
    """
    until = months_later(day, -DUE_MONTHS.value(on=day))
    working, away = _working(members, day, until), _away(members, until)
    return _told(working.values(MEMBER).union(away.values("member")), day, until)


def longest_overdue(members: MemberQuerySet, day: date, most: int) -> QuerySet[Any]:
    """Of those for whom no letter is sent, at most `most` at work and `most` away."""
    until = months_later(day, -DUE_MONTHS.value(on=day))
    sent = MembershipTransfer.objects.waiting().values("member")
    working = _working(members, day, until).exclude(**{f"{MEMBER}__in": sent})
    away = _away(members, until).exclude(member__in=sent)
    first = working.order_by("valid_from", "pk").values(MEMBER)[:most]
    return _told(
        first.union(away.order_by("left_on", "pk").values("member")[:most]), day, until
    ).order_by("since", "pk")


def _told(found: QuerySet[Any, Any], day: date, until: date) -> QuerySet[Any]:
    """With what a list says of each, asked for the late ones alone."""
    everybody: Any = PartyMember.objects.all()
    work = _working(everybody, day, until).filter(person=OuterRef("person"))
    work = work.order_by("valid_from", "pk")
    away = _away(everybody, until).filter(member=OuterRef("pk")).order_by("left_on", "pk")
    held = Membership.objects.as_of(day).filter(member=OuterRef("pk"))
    rows: QuerySet[Any] = PartyMember.objects.filter(pk__in=found).annotate(
        firm=Subquery(work.values("enterprise__name")[:1]),
        firm_since=Subquery(work.values("valid_from")[:1]),
        mobile=Subquery(away.values("pk")[:1]),
        mobile_since=Subquery(away.values("left_on")[:1]),
        came_from=Subquery(away.values("origin_unit")[:1]),
        went_to=Subquery(away.values(place=Coalesce("host__name", "host_unit"))[:1]),
        sent=Exists(MembershipTransfer.objects.waiting().filter(member=OuterRef("pk"))),
        held_at=Subquery(held.values("organization__name")[:1]),
    )
    since = Least("firm_since", "mobile_since")  # passes over what is null
    told: QuerySet[Any] = rows.annotate(since=since)
    return told


def _away(members: MemberQuerySet, until: date) -> QuerySet[MobileRecord]:
    gone: QuerySet[MobileRecord] = MobileRecord.objects.current().filter(
        is_settled=True, left_on__lte=until, member__in=members.active()
    )
    return gone


def _covering(day: date) -> QuerySet[CoverageLink]:
    """The regular organizations of the enterprise of an employment."""
    links: QuerySet[CoverageLink] = CoverageLink.objects.as_of(day)
    return links.filter(
        organization__nature=OrganizationNature.REGULAR, enterprise=OuterRef("enterprise")
    )


def _working(members: MemberQuerySet, day: date, until: date) -> QuerySet[Employment]:
    """Employments of members whose relation no organization of the enterprise holds.

    It is held elsewhere or nowhere in the system. The equality comes first: it leaves few to be
    asked for what lies below.
    """
    below = _covering(day).annotate(held=ExpressionWrapper(OuterRef("home_path"), CharField()))
    present: QuerySet[Employment] = Employment.objects.as_of(day)
    return (
        present.filter(**{f"{MEMBER}__in": members.active()}, valid_from__lte=until)
        .annotate(
            held=FilteredRelation(
                f"{MEMBER}__memberships", condition=valid_on(day, f"{MEMBER}__memberships__")
            ),
            home=F("held__organization"),
            home_path=F("held__organization__path"),
        )
        .filter(
            ~Exists(_covering(day).filter(organization=OuterRef("home"))),
            Exists(_covering(day)),
            ~Exists(below.filter(held__startswith=F("organization__path"))),
        )
    )
