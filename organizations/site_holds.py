"""What an organization that closes leaves of places, names and tasks."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from organizations import closing
from organizations.closing import Departure, Hold, Rows
from organizations.holds import still_held
from organizations.models import (
    DemonstrationPoint,
    PartyOrganization,
    Rectification,
    RectificationState,
    Site,
)

Held = Collection[tuple[int, str]]


def _sites(organization: PartyOrganization, on: date) -> Held:
    return [(one.pk, one.name) for one in still_held(organization.sites.all(), on)]


def _move_sites(departure: Departure, homes: Rows) -> None:
    """The place stands where it stood, with its checks and its centre; somebody else keeps it."""
    _give(Site.objects.all(), homes)


def _close_sites(departure: Departure, sites: Collection[int]) -> None:
    rows = Site.objects.filter(pk__in=sites, valid_from__lt=departure.on)
    rows.filter(area__isnull=True).update(valid_to=departure.on)
    rows.filter(area__isnull=False).update(organization=None)  # it stays a place of the area


def _points(organization: PartyOrganization, on: date) -> Held:
    rows = still_held(organization.demonstration_points.all(), on)
    return [(one.pk, one.title) for one in rows]


def _end_points(departure: Departure, points: Collection[int]) -> None:
    rows = DemonstrationPoint.objects.filter(pk__in=points, valid_from__lt=departure.on)
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=departure.on)).update(
        valid_to=departure.on
    )


def _tasks(organization: PartyOrganization, on: date) -> Held:
    rows = organization.rectifications.exclude(state=RectificationState.VERIFIED)
    return [(one.pk, str(one.criterion)) for one in rows.select_related("criterion")]


def _move_tasks(departure: Departure, homes: Rows) -> None:
    _give(Rectification.objects.all(), homes)


def _leave_tasks(departure: Departure, tasks: Collection[int]) -> None:
    """They stay in the list under the old name until somebody verifies them."""


def _give(rows: QuerySet[Any], homes: Rows) -> None:
    for row in rows.filter(pk__in=homes):
        row.organization = homes[row.pk]
        row.save(update_fields=["organization"])


def register() -> None:
    """Called from AppConfig.ready."""
    for hold in (
        Hold("sites", "阵地", _sites, _close_sites, _move_sites, required=False, dated=False),
        Hold("points", "示范点", _points, _end_points, required=False),
        Hold("tasks", "整改", _tasks, _leave_tasks, _move_tasks, required=False, dated=False),
    ):
        closing.register(hold)
