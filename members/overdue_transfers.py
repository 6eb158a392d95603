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
    Q,
    QuerySet,
)
from django.db.models.functions import Coalesce, Least

from core.validity import valid_on
from enterprises.models import CoverageLink
from members.codes import Standing
from members.flow_parameters import DUE_MONTHS
from members.models import Employment, MembershipTransfer, MobileRecord, PartyMember
from organizations.models import OrganizationNature
from organizations.rules import months_later
from organizations.scoping import Viewer

MEMBER = "person__party_member"  # from an employment


def overdue(user: Viewer, day: date) -> QuerySet[Any]:
    """Active members of the scope: where now, `since` when, and whether a letter is `sent`.

    At work: in an enterprise that a regular organization covers, while the relation is neither
    held there nor below. Away: registered as mobile at a settled place. Both for as long as the
    parameter `transfer.due_months` says.
    """
    until = months_later(day, -DUE_MONTHS.value(on=day))
    return _told(_working(user, day, until), _away(user, until), day)


def longest_overdue(user: Viewer, day: date, most: int) -> QuerySet[Any]:
    """Of those for whom no letter is sent, at most `most` at work and `most` away."""
    until = months_later(day, -DUE_MONTHS.value(on=day))
    sent = MembershipTransfer.objects.waiting().values("member")
    working = _working(user, day, until).exclude(**{f"{MEMBER}__in": sent})[:most]
    away = _away(user, until).exclude(member__in=sent)[:most]
    return _told(working, away, day).order_by("since", "pk")


def _told(working: QuerySet[Any], away: QuerySet[Any], day: date) -> QuerySet[Any]:
    """With what a list says of each; of several employments or absences it tells the longest.

    Who is late is asked once and handed on by key: a list counts, sorts and draws without asking
    again.
    """
    works: dict[int, int] = {}
    for member, key in working.values_list(MEMBER, "pk"):
        works.setdefault(member, key)
    absences: dict[int, int] = {}
    for member, key in away.values_list("member", "pk"):
        absences.setdefault(member, key)
    rows: Any = PartyMember.objects.filter(pk__one_of={*works, *absences})
    told: QuerySet[Any] = rows.annotate(
        work=FilteredRelation(
            "person__employments", condition=Q(person__employments__pk__one_of=works.values())
        ),
        gone=FilteredRelation(
            "mobile_records", condition=Q(mobile_records__pk__one_of=absences.values())
        ),
        held=FilteredRelation("memberships", condition=valid_on(day, "memberships__")),
        firm=F("work__enterprise__name"),
        mobile=F("gone__pk"),
        came_from=F("gone__origin_unit"),
        went_to=Coalesce("gone__host__name", "gone__host_unit"),
        sent=Exists(MembershipTransfer.objects.waiting().filter(member=OuterRef("pk"))),
        held_at=F("held__organization__name"),
        since=Least("work__valid_from", "gone__left_on"),  # passes over what is null
    )
    return told


def _away(user: Viewer, until: date) -> QuerySet[MobileRecord]:
    gone: QuerySet[MobileRecord] = MobileRecord.objects.current().filter(
        is_settled=True,
        left_on__lte=until,
        member__in=PartyMember.objects.visible_to(user).active(),
    )
    return gone.order_by("left_on", "pk")


def _covering(day: date) -> QuerySet[CoverageLink]:
    """The regular organizations of the enterprise of an employment."""
    links: QuerySet[CoverageLink] = CoverageLink.objects.as_of(day)
    return links.filter(
        organization__nature=OrganizationNature.REGULAR, enterprise=OuterRef("enterprise")
    )


def _working(user: Viewer, day: date, until: date) -> QuerySet[Employment]:
    """Employments of members whose relation no organization of the enterprise holds.

    It is held elsewhere or nowhere in the system. The equality comes first: it leaves few to be
    asked for what lies below.
    """
    below = _covering(day).annotate(held=ExpressionWrapper(OuterRef("home_path"), CharField()))
    present: QuerySet[Employment] = Employment.objects.visible_to(user).as_of(day)
    found: QuerySet[Employment] = (
        present.filter(**{f"{MEMBER}__standing": Standing.ACTIVE}, valid_from__lte=until)
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
    return found.order_by("valid_from", "pk")
