"""What held of sites and ratings on a day, and what falls due; read by pages, ledgers, work."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from core.deadlines import Deadline
from organizations.models import (
    Rating,
    RatingState,
    Rectification,
    RectificationState,
    Site,
    SiteCheck,
    SiteStage,
)
from organizations.scoping import AssignedRule, Reach, register_assigned

CHANGE, RATE, SCHEMES = "organizations.sites", "organizations.rate", "organizations.schemes"
SHOWN = 100  # deadlines of each kind; the rest stands in the lists


def latest_check(day: date, field: str) -> Subquery:
    """A field of the outer site's latest check up to the day."""
    checks = SiteCheck.objects.filter(site=OuterRef("pk"), checked_on__lte=day)
    return Subquery(checks.order_by("-checked_on", "-pk").values(field)[:1])


def with_check(sites: Any, day: date) -> Any:
    """Sites with `check_id`, `checked_on`, `met_count` and `item_count` of that check."""
    return sites.annotate(
        check_id=latest_check(day, "pk"),
        checked_on=latest_check(day, "checked_on"),
        met_count=latest_check(day, "met_count"),
        item_count=latest_check(day, "item_count"),
        next_check_on=latest_check(day, "next_check_on"),
    )


def counting(ratings: QuerySet[Rating], day: date) -> QuerySet[Rating]:
    """Confirmed by that day and neither expired nor taken back on it."""
    return ratings.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        state__in=(RatingState.CONFIRMED, RatingState.WITHDRAWN),
        confirmed_on__lte=day,
    )


def ratings_on(day: date, organizations: Collection[int]) -> dict[int, dict[str, Rating]]:
    """By organization and key of the scheme: the latest rating that counts on the day."""
    rows = (
        counting(Rating.objects.all(), day)
        .filter(organization__in=organizations)
        .select_related("scheme")
        .order_by("confirmed_on", "pk")
    )
    found: dict[int, dict[str, Rating]] = {}
    for rating in rows:
        found.setdefault(rating.organization_id, {})[rating.scheme.key] = rating
    return found


def deadlines(user: Any, until: date) -> Iterator[Deadline]:
    """Rectifications that are open and checks that are due, within the user's scope."""
    if user.has_perm(RATE):
        yield from _rectifications(user, until)
    if user.has_perm(CHANGE):
        yield from _checks(user, until)


def _rectifications(user: Any, until: date) -> Iterable[Deadline]:
    rows = Rectification.objects.visible_to(user).filter(
        state=RectificationState.OPEN, due_on__lte=until
    )
    for row in rows.select_related("organization", "criterion").order_by("due_on")[:SHOWN]:
        url = reverse("organizations:rectification", args=[row.pk])
        yield Deadline(row.due_on, str(row.organization), f"整改到期：{row.criterion}", url)


def _checks(user: Any, until: date) -> Iterable[Deadline]:
    sites = Site.objects.visible_to(user).filter(valid_to=None, stage=SiteStage.IN_USE)
    due = with_check(sites, until).filter(next_check_on__lte=until).order_by("next_check_on")
    for site in due[:SHOWN]:
        url = reverse("organizations:site", args=[site.pk])
        yield Deadline(site.next_check_on, site.name, "阵地应当复查", url)


def open_to_own_branch() -> None:
    """A branch sees its own places, ratings and tasks."""
    for model, lookup in (
        ("Site", "organization"),
        ("ServiceCentre", "site__organization"),
        ("SiteCheck", "site__organization"),
        ("DemonstrationPoint", "organization"),
        ("Rating", "organization"),
        ("Rectification", "organization"),
    ):
        register_assigned(f"organizations.{model}", Reach.OWN_BRANCH, _own(f"{lookup}__path__in"))


def _own(lookup: str) -> AssignedRule:
    return lambda scope, on: Q(**{lookup: scope.posts_of(Reach.OWN_BRANCH)})
