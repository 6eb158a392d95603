"""园区台账: one line for each park, with its committee, its firms, organizations and centres."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q

from core.columns import Column, Format, Group, Members
from core.rates import Rate
from organizations.models import (
    AreaKind,
    AreaResponsibility,
    DemonstrationPoint,
    OrganizationKind,
    ParkLevel,
    PartyOrganization,
    ServiceCentre,
    Site,
)
from organizations.past import as_they_were
from organizations.site_facts import with_check
from organizations.site_parameters import organizers_due
from organizations.tree import path_as_of
from reports.coverage import Measurement, UnitFigures, counted, measure
from reports.indicators import INDICATOR
from reports.ledgers.base import Ledger, Line, Note, Totals, Value, Values
from reports.ledgers.coverage import UNKNOWN
from reports.units import Unit

COMMITTEES = {OrganizationKind.COMMITTEE, OrganizationKind.WORK_COMMITTEE}
WITH_COMMITTEE = {ParkLevel.NATIONAL, ParkLevel.PROVINCIAL, ParkLevel.CITY}
_KINDS: Mapping[str, str] = {
    OrganizationKind.COMMITTEE: "committees",
    OrganizationKind.GENERAL_BRANCH: "general_branches",
    OrganizationKind.BRANCH: "branches",
    OrganizationKind.JOINT_BRANCH: "branches",
}


def _count(header: str, name: str, width: float = 7) -> Column:
    return Column(header, name, width=width, format=Format.WHOLE)


_COLUMNS: tuple[Column | Group, ...] = (
    _count("序号", "serial", 5),
    Column("园区名称", "name", width=18),
    Column("园区级别", "level", width=9),
    Column("责任党组织", "committee", width=24),
    Group(
        "企业(家)",
        (
            _count("总数", "total"),
            _count("其中规上", "above_scale"),
            _count("已建", "covered"),
            _count("单独", "single"),
            _count("联合", "joined"),
        ),
    ),
    Column("组织覆盖率", "organization_coverage", width=17, format=Format.RATE),
    Group(
        "党组织(个)",
        (
            _count("党委", "committees"),
            _count("党总支", "general_branches"),
            _count("党支部", "branches"),
        ),
    ),
    _count("党员(名)", "members"),
    _count("应配组织员(名)", "organizers_due"),
    Group("党群服务中心", (_count("个数", "centres"), _count("专职人员(名)", "centre_staff"))),
    Group("阵地(个)", (_count("总数", "sites"), _count("六有达标", "passed"))),
    _count("示范点(个)", "points"),
    Column("备注", "remark", width=22),
)


@dataclass(frozen=True)
class _Facts:
    """What stands in the parks of a table on the day; each park picks its own."""

    committees: Mapping[int, PartyOrganization]  # area → who answered for it
    rosters: Mapping[int, Mapping[int, str]]  # park → its organizations → their kinds
    outside: Counter[int]  # park → organizations elsewhere that cover its firms
    sites: list[Any]
    centres: Mapping[int, ServiceCentre]  # site → centre
    points: Counter[int]  # organization → names as a model

    def of(self, unit: Unit) -> dict[str, Value]:
        kinds = self.rosters[unit.area.pk]
        sites = [
            site
            for site in self.sites
            if site.area_id in unit.areas or site.organization_id in kinds
        ]
        centres = [self.centres[site.pk] for site in sites if site.pk in self.centres]
        counted_kinds = Counter(_KINDS.get(kind, "") for kind in kinds.values())
        return {
            **{name: counted_kinds[name] for name in set(_KINDS.values())},
            "sites": len(sites),
            "passed": sum(
                site.item_count is not None and site.met_count == site.item_count for site in sites
            ),
            "centres": len(centres),
            "centre_staff": sum(centre.full_time_staff for centre in centres),
            "points": sum(self.points[key] for key in kinds),
            "remark": "；".join(self._remarks(unit, has_centre=bool(centres))),
        }

    def _remarks(self, unit: Unit, *, has_centre: bool) -> Iterator[str]:
        committee = self.committees.get(unit.area.pk)
        if unit.area.park_level in WITH_COMMITTEE and (
            committee is None or committee.kind not in COMMITTEES
        ):
            yield "市级以上园区应设企业党委"
        if not has_centre:
            yield "没有党群服务中心"
        if others := self.outside[unit.area.pk]:
            yield f"另有园区外{others}个党组织覆盖园区企业"


class ParkLedger(Ledger):
    key: ClassVar[str] = "parks"
    title: ClassVar[str] = "园区党建工作台账"
    about: ClassVar[str] = (
        "每个园区一行：级别、责任党组织、企业和党组织数、组织员、服务中心、阵地、示范点"
    )
    members: ClassVar[Members] = _COLUMNS

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        measured = measure(as_of)
        parks = [
            figures
            for figures in measured.units
            if figures.unit.area.kind == AreaKind.PARK and figures.unit.area.pk in unit.areas
        ]
        found, totals = _facts(parks, measured), Totals(self.columns)
        covered = Counter[str]()
        for serial, figures in enumerate(parks, 1):
            values = self._values(figures, found, as_of, serial)
            if figures.unit.within is None or figures.unit.within.kind != AreaKind.PARK:
                totals.add(values)  # a park within a park is counted there
                covered.update(figures.counts)
            yield Line(values)
        words: dict[str, Value] = {
            "serial": None,
            "name": f"{len(parks)}个",
            "organization_coverage": Rate(
                covered["organization_coverage_numerator"],
                covered["organization_coverage_denominator"],
            ),
        }
        yield totals.line(1, **words)

    def notes(self) -> Iterator[Note]:
        groups = {
            column.field: member.header
            for member in _COLUMNS
            if isinstance(member, Group)
            for column in member.members
            if isinstance(column, Column)
        }
        for column in self.columns:
            group = groups.get(column.field)
            path = (group, column.header) if group else (column.header,)
            yield Note(column, path, _OWNERS.get(column.field, "覆盖核算"), reported=False)

    def _values(self, figures: UnitFigures, found: _Facts, as_of: date, serial: int) -> Values:
        area = figures.unit.area
        facts: dict[str, Value] = {
            **figures.counts,
            **found.of(figures.unit),
            "serial": serial,
            "name": area.name,
            "level": area.get_park_level_display(),
            "committee": str(found.committees.get(area.pk, area.committee)),
            "organizers_due": organizers_due(figures.counts["members"], as_of),
            "organization_coverage": figures.rate(INDICATOR["organization_coverage"]) or UNKNOWN,
        }
        return tuple(facts.get(column.field, 0) for column in self.columns)


_ROSTER = "园区党组织名册；责任党组织不专属园区的，为覆盖园区企业的党组织"
_OWNERS = {
    "serial": "顺序号",
    "name": "辖区",
    "level": "辖区",
    "committee": "当日责任党组织",
    "committees": _ROSTER,
    "general_branches": _ROSTER,
    "branches": _ROSTER,
    "members": "企业年度记录的党员数",
    "organizers_due": "口径参数：园区配备两名组织员的党员数",
    "centres": "党群服务中心",
    "centre_staff": "党群服务中心",
    "sites": "阵地",
    "passed": "最近一次阵地检查",
    "points": "示范点",
    "remark": "级别与责任党组织、服务中心",
}


def _facts(parks: list[UnitFigures], measured: Measurement) -> _Facts:
    day = measured.as_of
    areas = frozenset[int]().union(*(figures.unit.areas for figures in parks))
    rosters, outside = _rosters(parks, measured, areas)
    keys = {key for found in rosters.values() for key in found}
    held = AreaResponsibility.objects.as_of(day).filter(area__in=areas)
    answering = dict(held.values_list("area", "organization"))
    rows = PartyOrganization.objects.filter(pk__in=answering.values())
    named = {one.pk: one for one in as_they_were(rows, day)}
    sites = with_check(
        Site.objects.as_of(day).filter(Q(area__in=areas) | Q(organization__in=keys)), day
    )
    found_sites = list(sites)
    centres = ServiceCentre.objects.filter(site__in=found_sites)
    points = DemonstrationPoint.objects.as_of(day).filter(organization__in=keys)
    return _Facts(
        {area: named[key] for area, key in answering.items()},
        rosters,
        outside,
        found_sites,
        {centre.site_id: centre for centre in centres},
        Counter(points.values_list("organization", flat=True)),
    )


def _rosters(
    parks: list[UnitFigures], measured: Measurement, areas: frozenset[int]
) -> tuple[dict[int, dict[int, str]], Counter[int]]:
    """The organizations of each park as its 党组织名册 lists them, covering firms or not.

    A committee that also answers for other areas has a list of its own; there only those count
    that cover firms of the park.
    """
    covering: dict[int, dict[int, str]] = {}
    rows = counted(measured.as_of, measured.population, measured.rules).filter(
        area__in=areas, organization__isnull=False
    )
    for area, key, kind in rows.values_list("area", "organization", "organization_kind"):
        covering.setdefault(area, {})[key] = kind or ""
    paths = path_as_of(measured.as_of)
    kinds = _kinds(parks, paths, measured.as_of)
    rosters: dict[int, dict[int, str]] = {}
    outside = Counter[int]()
    for unit in (figures.unit for figures in parks):
        found = {key: kind for one in unit.areas for key, kind in covering.get(one, {}).items()}
        if _has_own_committee(unit, measured):
            own = {key: kind for key, kind in kinds.items() if paths[key].startswith(unit.path)}
            outside[unit.area.pk] = len(found.keys() - own.keys())
            found = own
        rosters[unit.area.pk] = found
    return rosters, outside


def _kinds(parks: list[UnitFigures], paths: Mapping[int, str], day: date) -> dict[int, str]:
    """The kind on the day of every organization at or below a committee of these parks."""
    tops = tuple(figures.unit.path for figures in parks)
    inside = [pk for pk, path in paths.items() if path.startswith(tops)]
    rows = PartyOrganization.objects.existing(day).filter(pk__in=inside)
    return {one.pk: one.kind for one in as_they_were(rows, day)}


def _has_own_committee(unit: Unit, measured: Measurement) -> bool:
    others = (figures.unit for figures in measured.units if figures.unit.area.pk not in unit.areas)
    return not any(other.path.startswith(unit.path) for other in others)
