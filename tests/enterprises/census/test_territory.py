"""Which township or park an address belongs to, with the traps that addresses set."""

import pytest

from enterprises.census.territory import Claim, Place, Territory
from organizations.models import Area, AreaKind

COUNTY = Area(pk=1, code="340899", name="江南县", kind=AreaKind.COUNTY)
EAST = Area(pk=2, code="340899100", name="东岭镇", kind=AreaKind.TOWNSHIP)
WEST = Area(pk=3, code="340899200", name="西河乡", kind=AreaKind.TOWNSHIP, keywords=["老西河"])
SMALL = Area(pk=4, code="340899300", name="小市镇", kind=AreaKind.TOWNSHIP)
PARK = Area(
    pk=5,
    code="340899900",
    name="江南经济开发区",
    kind=AreaKind.PARK,
    keywords=["工业园", "开发区", "独秀产业园"],
)
TERRITORY = Territory(COUNTY, [EAST, WEST, SMALL, PARK])
INSIDE, CITY, ABROAD = "340899", "340800", "110108"


def claim(address: str, region: str = INSIDE, **facts: str) -> Claim:
    return TERRITORY.claim(Place(region=region, addresses=(address,), **facts))


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("安徽省安庆市江南县东岭镇茶山路1号", EAST),
        ("江南县东岭镇茶山村", EAST),
        ("安徽省安庆市东岭镇建设路106号", EAST),
        ("安徽省安庆市江南县东岭街", EAST),
        ("东岭镇育才村", EAST),
        ("江南县老西河村", WEST),
        ("安徽省安庆市小市镇良湖村", SMALL),
        ("安徽省安庆市江南县工业园创新路9号", PARK),
        ("江南县开发区(东岭镇)", PARK),
        ("江南县东岭镇独秀产业园内", PARK),
        ("江南经济开发区三期", PARK),
        ("江南县东岭镇工业园2号", EAST),
        ("江南县东岭工业小区", EAST),
    ],
)
def test_addresses_inside_the_county(address: str, area: Area) -> None:
    found = claim(address)
    assert found.area_id == area.pk
    assert "住所含" in found.reason


def test_a_street_of_the_countys_name_in_another_city_is_not_the_county() -> None:
    found = claim("安徽省合肥市蜀山区江南路100号", ABROAD)
    assert (found.area_id, found.outside) == (None, True)


def test_a_street_of_a_townships_name_is_not_the_township() -> None:
    assert claim("安徽省安庆市江南县新县城东岭大道8号").area_id is None


def test_anybodys_industrial_park_is_not_ours() -> None:
    assert claim("安徽省桐城市文昌工业园", "340881").outside
    assert claim("安徽省安庆市开发区湖心北路", CITY).outside


def test_a_township_of_that_name_in_another_county_is_not_ours() -> None:
    assert claim("安徽省安庆市太湖县东岭镇", "340825").outside


def test_by_code_though_the_address_names_no_county() -> None:
    found = claim("安徽省安庆市东岭镇建设路7号")
    assert (found.by_code, found.area_id) == (True, EAST.pk)


def test_by_address_though_the_code_is_of_the_city() -> None:
    found = claim("安徽省安庆市江南县东岭镇", CITY)
    assert (found.by_code, found.by_address, found.area_id) == (False, True, EAST.pk)


def test_by_code_though_the_address_lies_elsewhere() -> None:
    found = claim("合肥市蜀山区长江路", INSIDE)
    assert (found.outside, found.area_id) == (False, None)


def test_without_code_and_address_nothing_is_known_and_nothing_denied() -> None:
    found = TERRITORY.claim(Place())
    assert (found.area_id, found.outside) == (None, False)


@pytest.mark.parametrize(
    ("facts", "area", "reason"),
    [
        ({"township_code": "340899200"}, WEST, "名单写明代码 340899200"),
        ({"township": "西河乡"}, WEST, "名单写明“西河乡”"),
        ({"township": "西河"}, WEST, "名单写明“西河”"),
        ({"park": "江南经济开发区", "township": "西河乡"}, PARK, "名单写明“江南经济开发区”"),
    ],
)
def test_the_lists_own_word_comes_first(facts: dict[str, str], area: Area, reason: str) -> None:
    found = claim("江南县东岭镇", **facts)
    assert (found.area_id, found.reason) == (area.pk, reason)


def test_the_registering_office_helps_where_the_address_does_not() -> None:
    found = claim("江南县新县城", authority="东岭市场监督管理所")
    assert (found.area_id, found.reason) == (EAST.pk, "登记机关为“东岭市场监督管理所”")


def test_the_name_helps_last() -> None:
    found = claim("安徽省安庆市", name="江南县东岭造纸厂")
    assert (found.area_id, found.reason) == (EAST.pk, "企业名称含“东岭”")


def test_the_place_of_business_comes_before_the_registered_one() -> None:
    found = TERRITORY.claim(Place(region=INSIDE, addresses=("江南县西河乡", "江南县东岭镇")))
    assert found.area_id == WEST.pk


def test_a_county_without_areas_claims_nothing() -> None:
    assert Territory(COUNTY, []).claim(Place(INSIDE, addresses=("江南县东岭镇",))).area_id is None


def test_a_city_that_runs_the_census_takes_its_counties_codes() -> None:
    city = Territory(Area(pk=9, code="340800", name="安庆市", kind=AreaKind.COUNTY), [])
    assert city.claim(Place("340881", addresses=("桐城市",))).by_code
