"""The county that every benchmark imports into: twenty townships, a park, their committees."""

from datetime import date

from organizations.models import Area, AreaKind, AreaResponsibility, OrganizationKind
from organizations.models import PartyOrganization as Organization
from organizations.tree import plant

SINCE = date(2000, 1, 1)
TOWNS = [
    "高河镇",
    "石牌镇",
    "月山镇",
    "洪铺镇",
    "金拱镇",
    "茶岭镇",
    "马庙镇",
    "平山镇",
    "腊树镇",
    "公岭镇",
    "黄墩镇",
    "小市镇",
    "黄龙镇",
    "三桥镇",
    "江镇镇",
    "凉亭乡",
    "石镜乡",
    "清河乡",
    "雷埠乡",
    "秀山乡",
]


def found_county() -> Area:
    """An empty county without a single enterprise."""
    top = _organization("340822", "中共怀宁县委两新工委", OrganizationKind.WORK_COMMITTEE, None)
    county = _area("340822", "怀宁县", AreaKind.COUNTY, top, None, 0, [])
    for place, name in enumerate(TOWNS, 1):
        code = f"3408221{place:02d}"
        committee = _organization(code, f"{name}党委", OrganizationKind.COMMITTEE, top)
        _area(code, name, AreaKind.TOWNSHIP, committee, county, place, [name, name[:-1]])
    park = _organization("340822900", "怀宁经开区党工委", OrganizationKind.WORK_COMMITTEE, top)
    words = ["经济开发区", "工业园", "独秀大道"]
    _area("340822900", "怀宁经济开发区", AreaKind.PARK, park, county, 50, words)
    return county


def _organization(code: str, name: str, kind: str, parent: Organization | None) -> Organization:
    organization = Organization(code=code, name=name, kind=kind, established_on=SINCE)
    plant([(organization, parent)])
    return organization


def _area(
    code: str,
    name: str,
    kind: str,
    committee: Organization,
    parent: Area | None,
    order: int,
    keywords: list[str],
) -> Area:
    area: Area = Area.objects.create(
        code=code,
        name=name,
        kind=kind,
        committee=committee,
        parent=parent,
        official_order=order,
        keywords=keywords,
    )
    AreaResponsibility.objects.create(area=area, organization=committee, valid_from=SINCE)
    return area
