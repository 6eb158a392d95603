"""Reporting units of a day: areas, and which areas' figures roll up into which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from organizations.models import Area, AreaKind, AreaResponsibility
from organizations.models.area import REPORTING_KINDS
from organizations.tree import path_as_of


@dataclass(frozen=True)
class Unit:
    """An area with the path, on that day, of the committee that answered for it.

    `areas` are the areas whose enterprises count here; `within` is the unit below the county
    that already contains this one, so that a total is never the sum of both.
    """

    area: Area
    path: str
    areas: frozenset[int] = frozenset()
    within: Area | None = None
    county: Area | None = None

    @property
    def code(self) -> str:
        return self.area.code

    @property
    def name(self) -> str:
        return self.area.name

    @property
    def is_county(self) -> bool:
        return self.area.kind == AreaKind.COUNTY

    def contains(self, other: "Unit") -> bool:
        """Whether the other area's figures are part of this one's."""
        if self.path == other.path and not self.is_county:
            return self.area.pk in _line(other.area)
        return other.path.startswith(self.path)


def units_on(day: date, areas: QuerySet[Area] | None = None) -> list[Unit]:
    """Reporting units of the day, a county before its areas, areas in the official order.

    With `areas`, only those of them; what counts in each stays the same.
    """
    rows = _rows(day)
    counties = [row for row in rows if row.is_county]
    reported = [row for row in rows if row.area.kind in REPORTING_KINDS]
    wanted = None if areas is None else set(areas.values_list("pk", flat=True))
    units = [
        Unit(
            row.area,
            row.path,
            areas=frozenset(other.area.pk for other in rows if row.contains(other)),
            within=_nearest(row, reported),
            county=row.area if row.is_county else _nearest(row, counties),
        )
        for row in [*counties, *reported]
        if wanted is None or row.area.pk in wanted
    ]
    return sorted(units, key=_official_order)


def _rows(day: date) -> list[Unit]:
    """Areas that stood on the day; where no responsibility is recorded, today's committee."""
    areas = Area.objects.select_related("committee", "parent__parent__parent")
    recorded = AreaResponsibility.objects.as_of(day).select_related("organization")
    committees = {row.area_id: row.organization for row in recorded}
    paths = path_as_of(day)
    return [
        Unit(area, paths.get(committee.pk, committee.path))
        for area in areas
        for committee in [committees.get(area.pk, area.committee)]
        if area.closed_on is None or area.closed_on > day
    ]


def _nearest(unit: Unit, others: Iterable[Unit]) -> Area | None:
    """The smallest of the others that contains the unit."""
    above = [other for other in others if other != unit and other.contains(unit)]
    return max(above, key=lambda other: len(other.path)).area if above else None


def _official_order(unit: Unit) -> tuple[int, str, bool, int, str]:
    county = unit.county or unit.area
    return (
        county.official_order,
        county.code,
        not unit.is_county,
        unit.area.official_order,
        unit.area.code,
    )


def _line(area: Area) -> list[int]:
    """The area itself, what it is part of, and so on up."""
    found: list[int] = []
    part: Area | None = area
    while part is not None:
        found.append(part.pk)
        part = part.parent
    return found
