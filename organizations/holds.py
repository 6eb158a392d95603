"""What one organization holds in this app: children, areas, bodies that it guides."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from core.dates import today
from organizations import closing
from organizations.closing import CHILDREN, Departure, Hold, Rows
from organizations.models import (
    Area,
    AreaResponsibility,
    DualManagement,
    LeadershipTerm,
    PartyOrganization,
    Placement,
)
from organizations.services.areas import refresh_committees

AREAS, GUIDED, TERMS = "areas", "guided", "terms"


def still_held(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Dated rows that hold on the day or begin later."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def hand_on(
    rows: QuerySet[Any],
    on: date,
    change: Callable[[Any], Mapping[str, Any]],
    ended: Mapping[str, Any] | None = None,
) -> None:
    """From that day on the rows hold what `change` says; what held before the day stays.

    A row that began earlier is cut in two at the day, `ended` marks its first half.
    """
    earlier, later = rows.filter(valid_from__lt=on), list(rows.filter(valid_from__gte=on))
    successors = [_successor(row, on, change(row)) for row in earlier]
    changed = {name for row in later for name in _put(row, change(row))}
    earlier.update(valid_to=on, **(ended or {}))
    if changed:
        rows.model.objects.bulk_update(later, changed, batch_size=1000)
    rows.model.objects.bulk_create(successors, batch_size=1000)


def _successor(row: Any, on: date, facts: Mapping[str, Any]) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    values |= {row._meta.pk.attname: None, "valid_from": on}
    successor = type(row)(**values)
    _put(successor, facts)
    return successor


def _put(row: Any, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    for name, value in facts.items():
        setattr(row, name, value)
    return facts


def stop(rows: QuerySet[Any], on: date) -> None:
    """The rows hold no longer from that day on."""
    rows.filter(valid_from__gte=on).delete()
    rows.filter(valid_from__lt=on).update(valid_to=on)


def _children(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    rows = still_held(Placement.objects.filter(parent=organization), on)
    return set(rows.values_list("organization", "organization__name"))


def _move_children(departure: Departure, homes: Rows) -> None:
    for child, home in homes.items():
        if home.pk == child:
            raise ValidationError({CHILDREN: f"“{home}”的新上级不能是它自己。"})
    rows = Placement.objects.filter(parent=departure.source, organization__in=homes)
    hand_on(
        still_held(rows, departure.on),
        departure.on,
        lambda row: {
            "parent": homes[row.organization_id],
            "document": departure.document,
            "reason": departure.reason,
        },
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
        lambda row: {"organization": homes[row.area_id]},
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
        lambda row: {
            "superior": homes[row.organization_id],
            "document": departure.document,
            "reason": departure.reason,
        },
    )


def _unguide(departure: Departure, organizations: Collection[int]) -> None:
    rows = DualManagement.objects.filter(superior=departure.source, organization__in=organizations)
    stop(rows, departure.on)


def _terms(organization: PartyOrganization, on: date) -> Collection[tuple[int, str]]:
    rows = still_held(LeadershipTerm.objects.filter(organization=organization), on)
    return [(term.pk, str(term)) for term in rows]


def _end_terms(departure: Departure, terms: Collection[int]) -> None:
    stop(LeadershipTerm.objects.filter(pk__in=terms), departure.on)


def register() -> None:
    """Called from AppConfig.ready."""
    for hold in (
        Hold(CHILDREN, "下级党组织", _children, _orphan, _move_children),
        Hold(AREAS, "负责的辖区", _areas, _leave_areas, _move_areas),
        Hold(GUIDED, "指导的党组织", _guided, _unguide, _move_guided, required=False),
        Hold(TERMS, "班子任期", _terms, _end_terms, required=False),
    ):
        closing.register(hold)
