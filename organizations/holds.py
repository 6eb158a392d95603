"""What one organization holds in this app: children, areas, bodies that it guides."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core.dates import today
from organizations import closing
from organizations.closing import Departure, Hold, Rows
from organizations.models import (
    Area,
    AreaResponsibility,
    DualManagement,
    PartyOrganization,
    Placement,
)
from organizations.services.areas import refresh_committees

CHILDREN, AREAS, GUIDED = "children", "areas", "guided"


def still_held(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Dated rows that hold on the day or begin later."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def hand_on(
    rows: QuerySet[Any], on: date, field: str, heir: Callable[[Any], Any], **facts: Any
) -> None:
    """From that day on the rows' `field` is their heir; each row is cut in two at the day."""
    successors, later = [], []
    for row in rows:
        if row.valid_from < on:
            copy = type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.fields[1:]})
            copy.valid_from = on
            for name, value in facts.items():
                setattr(copy, name, value)
            setattr(copy, field, heir(row))
            successors.append(copy)
        else:
            setattr(row, field, heir(row))
            later.append(row)
    cut = [row.pk for row in rows if row.valid_from < on]
    rows.model.objects.filter(pk__in=cut).update(valid_to=on)
    rows.model.objects.bulk_update(later, [field], batch_size=1000)
    rows.model.objects.bulk_create(successors, batch_size=1000)


def stop(rows: QuerySet[Any], on: date) -> None:
    """The rows hold no longer from that day on."""
    rows.filter(valid_from__gte=on).delete()
    rows.filter(valid_from__lt=on).update(valid_to=on)


def _children(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    rows = still_held(Placement.objects.filter(parent=organization), on)
    return set(rows.values_list("organization", "organization__name"))


def _move_children(departure: Departure, homes: Rows) -> None:
    rows = Placement.objects.filter(parent=departure.source, organization__in=homes)
    hand_on(
        still_held(rows, departure.on),
        departure.on,
        "parent",
        lambda row: homes[row.organization_id],
        document=departure.document,
        reason=departure.reason,
    )


def _orphan(departure: Departure, children: Collection[int]) -> None:
    """Only a rehearsal leaves children behind; they keep their place until it is rolled back."""


def _areas(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    rows = still_held(AreaResponsibility.objects.filter(organization=organization), on)
    return set(rows.values_list("area", "area__name"))


def _move_areas(departure: Departure, homes: Rows) -> None:
    rows = AreaResponsibility.objects.filter(organization=departure.source, area__in=homes)
    hand_on(
        still_held(rows, departure.on),
        departure.on,
        "organization",
        lambda row: homes[row.area_id],
    )
    if departure.on <= today():
        refresh_committees(Area.objects.filter(pk__in=homes).select_related("committee"))


def _leave_areas(departure: Departure, areas: Collection[int]) -> None:
    rows = AreaResponsibility.objects.filter(organization=departure.source, area__in=areas)
    stop(rows, departure.on)


def _guided(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    rows = still_held(DualManagement.objects.filter(superior=organization), on)
    return set(rows.values_list("organization", "organization__name"))


def _move_guided(departure: Departure, homes: Rows) -> None:
    """Who would then guide itself, or what it stands below already, is guided no longer."""
    rows = DualManagement.objects.filter(superior=departure.source, organization__in=homes)
    superiors = dict(
        Placement.objects.as_of(departure.on)
        .filter(organization__in=homes)
        .values_list("organization", "parent")
    )
    senseless = [pk for pk, home in homes.items() if home.pk in (pk, superiors.get(pk))]
    _unguide(departure, senseless)
    hand_on(
        still_held(rows.exclude(organization__in=senseless), departure.on),
        departure.on,
        "superior",
        lambda row: homes[row.organization_id],
        document=departure.document,
        reason=departure.reason,
    )


def _unguide(departure: Departure, organizations: Collection[int]) -> None:
    rows = DualManagement.objects.filter(superior=departure.source, organization__in=organizations)
    stop(rows, departure.on)


def register() -> None:
    """Called from AppConfig.ready."""
    closing.register(Hold(CHILDREN, "下级党组织", _children, _move_children, _orphan))
    closing.register(Hold(AREAS, "负责的辖区", _areas, _move_areas, _leave_areas))
    closing.register(Hold(GUIDED, "指导的党组织", _guided, _move_guided, _unguide, required=False))
