"""阵地与六有台账: one line for each site, and for each organization of enterprises without one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q

from core.columns import Column, Format, Group, Members
from enterprises.models import CoverageLink
from organizations.models import PartyOrganization, ServiceCentre, Site, SiteCheck, SiteStage
from organizations.site_facts import with_check
from organizations.standards import SIX_HAVES
from reports.ledgers.base import Ledger, Line, Note, Totals, Value
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

SHORT = ("活动室", "制度", "台账", "电教设备", "活动载体", "办公场所")
ITEMS = dict(zip(SIX_HAVES.criteria, (f"item{n}" for n in range(6)), strict=True))

_COLUMNS: tuple[Column | Group, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("党组织(辖区)", "owner", width=24),
    Column("阵地名称", "name", width=20),
    Column("地址", "address", width=20),
    Column("面积(平方米)", "square_metres", width=9, format=Format.AMOUNT),
    Column("功能室(间)", "rooms", width=7, format=Format.WHOLE),
    Column("使用方式", "holding", width=9),
    Group(
        "六有",
        tuple(
            Column(label, field, width=6, format=Format.TICK)
            for label, field in zip(SHORT, ITEMS.values(), strict=True)
        ),
    ),
    Column("达标项数", "result", width=8),
    Column("检查日期", "checked_on", width=11, format=Format.DAY),
    Column("检查人", "checked_by", width=9),
    Column("下次检查", "next_check_on", width=11, format=Format.DAY),
    Group(
        "党群服务中心",
        (Column("级别", "level", width=9), Column("开放时间", "opening_hours", width=18)),
    ),
    Column("备注", "remark", width=16),
)


@dataclass(frozen=True)
class Place:
    """A site with who keeps it; an organization without a site has none."""

    owner: str
    site: Any = None


class SiteLedger(Ledger):
    key: ClassVar[str] = "sites"
    title: ClassVar[str] = "党组织活动阵地与六有台账"
    about: ClassVar[str] = (
        "每个阵地一行：地点、面积、六有逐项、检查时间；覆盖企业而没有阵地的党组织也列出"
    )
    members: ClassVar[Members] = _COLUMNS

    def basis(self, as_of: date) -> str:
        return f"标准：{SIX_HAVES.name}，当日以前最近一次检查"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        places = list(places_of(unit, as_of))
        checks = _checks(places)
        centres = {
            one.site_id: one for one in ServiceCentre.objects.filter(site__in=_sites(places))
        }
        totals, passed = Totals(self.columns), 0
        for serial, place in enumerate(places, 1):
            facts = {"serial": serial, "owner": place.owner, **_facts(place.site, checks, centres)}
            values = tuple(facts.get(column.field) for column in self.columns)
            passed += facts.get("result") == f"{len(ITEMS)}/{len(ITEMS)}"
            totals.add(values)
            yield Line(values)
        words: dict[str, Value] = {
            "serial": None,
            "name": f"{len(_sites(places))}个",
            "result": f"达标{passed}个",
        }
        yield totals.line(1, **words)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = "最近一次阵地检查" if column.field in _OF_CHECK else "阵地"
            path = ("六有", column.header) if column.field in ITEMS.values() else (column.header,)
            yield Note(column, path, owner, reported=False)


_OF_CHECK = {*ITEMS.values(), "result", "checked_on", "checked_by", "next_check_on"}


def places_of(unit: Unit, as_of: date) -> Iterator[Place]:
    """Sites of the unit's organizations and areas, organizations of firms without a site too."""
    organizations = OrganizationsOfDay(unit, as_of).rows
    keys = [one.pk for one in organizations]
    covering = set(
        CoverageLink.objects.as_of(as_of)
        .filter(organization__in=keys)
        .values_list("organization", flat=True)
    )
    found = Site.objects.as_of(as_of).filter(
        Q(organization__in=keys) | Q(organization=None, area__in=unit.areas)
    )
    sites = with_check(found, as_of).select_related("area").order_by("name", "pk")
    by_owner: dict[int | None, list[Any]] = {}
    for site in sites:
        by_owner.setdefault(site.organization_id, []).append(site)
    for one in organizations:
        yield from _places(one, by_owner.get(one.pk, []), is_covering=one.pk in covering)
    for site in by_owner.get(None, []):
        yield Place(str(site.area), site)


def _places(
    organization: PartyOrganization, sites: list[Any], *, is_covering: bool
) -> Iterator[Place]:
    for site in sites:
        yield Place(organization.name, site)
    if is_covering and not sites:
        yield Place(organization.name)


def _sites(places: list[Place]) -> list[Any]:
    return [place.site for place in places if place.site is not None]


def _checks(places: list[Place]) -> dict[int, SiteCheck]:
    keys = [site.check_id for site in _sites(places) if site.check_id]
    rows = SiteCheck.objects.filter(pk__in=keys).prefetch_related("items__criterion")
    return {row.pk: row for row in rows}


def _facts(
    site: Any, checks: Mapping[int, SiteCheck], centres: Mapping[int, ServiceCentre]
) -> dict[str, Value]:
    if site is None:
        return {"remark": "没有阵地"}
    facts: dict[str, Value] = {
        "name": site.name,
        "address": site.address,
        "square_metres": site.square_metres,
        "rooms": site.rooms,
        "holding": site.get_holding_display(),
        "remark": "" if site.stage == SiteStage.IN_USE else site.get_stage_display(),
    }
    if check := checks.get(site.check_id):
        facts |= {
            ITEMS[item.criterion.label]: item.is_met
            for item in check.items.all()
            if item.criterion.label in ITEMS
        }
        facts |= {
            "result": check.result,
            "checked_on": check.checked_on,
            "checked_by": check.checked_by,
            "next_check_on": check.next_check_on,
        }
    elif site.stage == SiteStage.IN_USE:
        facts["remark"] = "未检查"
    if centre := centres.get(site.pk):
        facts |= {"level": centre.get_level_display(), "opening_hours": centre.opening_hours}
    return facts
