"""Areas and committees of the demonstration county, and how many firms each area has."""

from dataclasses import dataclass
from datetime import date

from organizations.models import (
    Area,
    AreaKind,
    AreaResponsibility,
    OrganizationKind,
    ParkLevel,
    PartyOrganization,
)
from organizations.services import take_over
from reports.demo.names import Names

COUNTY_CODE = "340822"
COUNTY = "怀宁县"
FOUNDED = date(2012, 6, 1)


@dataclass(frozen=True)
class Plan:
    """One area: firms with their own organization, and the sizes of its joint branches.

    The last firms of a branch may stand in a smaller neighbour: `shared` (neighbour, firms).
    """

    name: str
    kind: AreaKind
    own: int
    branches: tuple[int, ...] = ()
    shared: tuple[str, int] | None = None
    keywords: tuple[str, ...] = ()
    level: str = ""


PARK, TOWN = AreaKind.PARK, AreaKind.TOWNSHIP
PLANS = (
    Plan(
        "怀宁经济开发区",
        PARK,
        20,
        (13,) * 5,
        keywords=("经济开发区", "开发区"),
        level=ParkLevel.PROVINCIAL,
    ),
    Plan("马庙工业园", PARK, 6, (13,) * 2, keywords=("马庙工业",), level=ParkLevel.OTHER),
    Plan("月山工业园", PARK, 4, (13,), keywords=("月山工业",), level=ParkLevel.OTHER),
    Plan("高河镇", TOWN, 6, (13,) * 2),
    Plan("石牌镇", TOWN, 5, (13,) * 2),
    Plan("月山镇", TOWN, 1, (13,), ("秀山乡", 4)),
    Plan("马庙镇", TOWN, 1, (13,), ("清河乡", 4)),
    Plan("金拱镇", TOWN, 1, (13,), ("凉亭乡", 4)),
    Plan("茶岭镇", TOWN, 1, (13,), ("雷埠乡", 4)),
    Plan("公岭镇", TOWN, 1, (12,), ("腊树镇", 4)),
    Plan("黄墩镇", TOWN, 1, (12,), ("石镜乡", 4)),
    Plan("三桥镇", TOWN, 1, (12,)),
    Plan("小市镇", TOWN, 1, (12,), ("江镇镇", 4)),
    Plan("黄龙镇", TOWN, 1, (12,), ("洪铺镇", 4)),
    Plan("平山镇", TOWN, 1, (12,)),
    Plan("腊树镇", TOWN, 1),
    Plan("洪铺镇", TOWN, 0),
    Plan("江镇镇", TOWN, 0),
    Plan("凉亭乡", TOWN, 0),
    Plan("石镜乡", TOWN, 0),
    Plan("秀山乡", TOWN, 0),
    Plan("清河乡", TOWN, 0),
    Plan("雷埠乡", TOWN, 0),
)


@dataclass
class County:
    """What was built: the county, its areas by name, each with its committee."""

    area: Area
    areas: dict[str, Area]

    @property
    def committee(self) -> PartyOrganization:
        return self.area.committee


def build_county(names: Names) -> County:
    top = _committee("D340822", "中共怀宁县委非公有制经济组织和社会组织工作委员会", names)
    top.short_name, top.kind = "县委两新工委", OrganizationKind.WORK_COMMITTEE
    below = [_committee(f"D340822{n:03d}", _title(plan), names) for n, plan in _numbered()]
    take_over([(top, None), *((one, top) for one in below)])
    county = Area.objects.create(
        code=COUNTY_CODE,
        name=COUNTY,
        kind=AreaKind.COUNTY,
        committee=top,
        keywords=["怀宁"],
    )
    areas = Area.objects.bulk_create(
        Area(
            code=f"{COUNTY_CODE}{_number(n, plan):03d}",
            name=plan.name,
            kind=plan.kind,
            park_level=plan.level,
            parent=county,
            committee=committee,
            official_order=n,
            keywords=list(plan.keywords),
        )
        for (n, plan), committee in zip(_numbered(), below, strict=True)
    )
    AreaResponsibility.objects.bulk_create(
        AreaResponsibility(area=area, organization=area.committee, valid_from=FOUNDED)
        for area in [county, *areas]
    )
    return County(county, {area.name: area for area in areas})


def _numbered() -> list[tuple[int, Plan]]:
    return list(enumerate(PLANS, 1))


def _number(order: int, plan: Plan) -> int:
    """Parks stand outside the numbers of towns and villages."""
    return 400 + order if plan.kind == PARK else 96 + order


def _title(plan: Plan) -> str:
    return f"{plan.name}综合党委" if plan.kind == PARK else f"中共{plan.name}委员会"


def _committee(code: str, name: str, names: Names) -> PartyOrganization:
    return PartyOrganization(
        code=code,
        name=name,
        kind=OrganizationKind.COMMITTEE,
        established_on=FOUNDED,
        secretary_name=names.person(),
    )
