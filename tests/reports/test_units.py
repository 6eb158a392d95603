"""Where an enterprise counts: areas, the committees that answer for them, and the roll-up."""

from datetime import date

from core.rates import Rate
from enterprises.classifying import classify
from enterprises.models import EnterprisePeriod
from enterprises.models.enterprise import OperatingStatus, Ownership, UnitKind
from organizations.models import AreaKind, AreaResponsibility, Placement
from organizations.tree import refresh_paths
from reports.coverage import measure
from reports.indicators import INDICATOR
from tests.builders import LONG_AGO, cover, make_area, make_organization
from tests.reports.county import DAY, County

COVERAGE = INDICATOR["organization_coverage"]


def test_an_enterprise_counts_where_its_area_is_whoever_covers_it(county: County) -> None:
    cover(
        county.enterprise("甲", county.west),
        make_organization("东河支部", parent=county.east_committee),
    )
    figures = measure(DAY)
    assert figures.of(county.west.code).rate(COVERAGE) == Rate(1, 1)
    assert figures.of(county.east.code).rate(COVERAGE) == Rate(0, 0)
    assert figures.of(county.area.code).rate(COVERAGE) == Rate(1, 1)


def test_past_figures_use_the_area_of_that_day(county: County) -> None:
    firm = county.enterprise("甲", county.east)
    firm.periods.update(valid_to=date(2025, 5, 1))
    EnterprisePeriod.objects.create(
        enterprise=firm,
        valid_from=date(2025, 5, 1),
        operating_status=OperatingStatus.IN_OPERATION,
        unit_kind=UnitKind.ENTERPRISE,
        ownership=Ownership.PRIVATE,
        reporting_area=county.park,
    )
    before, after = measure(date(2025, 4, 30)), measure(date(2025, 5, 1))
    assert [before.of(code).total for code in (county.east.code, county.park.code)] == [1, 0]
    assert [after.of(code).total for code in (county.east.code, county.park.code)] == [0, 1]


def test_the_county_comes_first_and_areas_follow_in_the_official_order(county: County) -> None:
    units = [figures.unit.name for figures in measure(DAY).units]
    assert units == ["怀川县", "怀川县经济开发区", "东河镇", "西岭镇"]


def test_a_park_of_a_township_counts_in_both_and_once_in_the_county(county: County) -> None:
    committee = make_organization("中共东河镇工业园委员会", parent=county.east_committee)
    inner = make_area("东河镇工业园", committee=committee, parent=county.east, kind=AreaKind.PARK)
    county.enterprise("甲", inner)
    county.enterprise("乙", county.east)
    figures = measure(DAY)
    totals = {one.unit.name: one.total for one in figures.units}
    assert totals["东河镇工业园"] == 1
    assert totals["东河镇"] == 2
    assert totals["怀川县"] == 2
    within = figures.of(inner.code).unit.within
    assert within == county.east


def test_two_areas_of_one_committee_are_counted_apart(county: County) -> None:
    twin = make_area("怀川县物流园", committee=county.park_committee, parent=county.area)
    county.enterprise("甲", county.park)
    county.enterprise("乙", twin)
    totals = {figures.unit.name: figures.total for figures in measure(DAY).units}
    assert (totals["怀川县经济开发区"], totals["怀川县物流园"], totals["怀川县"]) == (1, 1, 2)


def test_an_area_answered_for_by_the_county_itself_counts_in_the_county(county: County) -> None:
    direct = make_area("县直", committee=county.committee, kind=AreaKind.STREET)
    county.enterprise("甲", direct)
    totals = {figures.unit.name: figures.total for figures in measure(DAY).units}
    assert (totals["县直"], totals["怀川县"]) == (1, 1)


def test_a_moved_committee_counts_under_its_superior_of_that_day(county: County) -> None:
    committee = make_organization("中共东河镇工业园委员会", parent=county.east_committee)
    inner = make_area("工业园", committee=committee, parent=county.area, kind=AreaKind.PARK)
    county.enterprise("甲", inner)
    committee.placements.update(valid_to=date(2025, 6, 1))
    Placement.objects.create(
        organization=committee, parent=county.west_committee, valid_from=date(2025, 6, 1)
    )
    refresh_paths()
    before, after = measure(date(2025, 5, 31)), measure(date(2025, 6, 1))
    codes = (county.east.code, county.west.code)
    assert [before.of(code).total for code in codes] == [1, 0]
    assert [after.of(code).total for code in codes] == [0, 1]


def test_a_building_counts_in_the_street_it_is_part_of(county: County) -> None:
    """It is no unit of its own; whoever sits in it reports under the street."""
    building = make_area(
        "金融大厦", committee=county.east_committee, parent=county.east, kind=AreaKind.BUILDING
    )
    firm = county.enterprise("甲", county.east)
    classify(actor=None, enterprises=[firm], area=building, on=LONG_AGO, reason="入驻")
    figures = measure(DAY)
    assert "金融大厦" not in [one.unit.name for one in figures.units]
    assert figures.of(county.east.code).total == 1


def test_an_area_handed_to_another_committee_counts_there_from_that_day(county: County) -> None:
    committee = make_organization("中共怀川县商贸城委员会", parent=county.east_committee)
    market = make_area("商贸城", committee=committee, kind=AreaKind.PARK)
    county.enterprise("甲", market)
    other = make_organization("中共怀川县市场委员会", parent=county.park_committee)
    market.responsibilities.update(valid_to=date(2025, 6, 1))
    AreaResponsibility.objects.create(area=market, organization=other, valid_from=date(2025, 6, 1))
    before, after = measure(date(2025, 5, 31)), measure(date(2025, 6, 1))
    codes = (county.east.code, county.park.code, county.area.code)
    assert [before.of(code).total for code in codes] == [1, 0, 1]
    assert [after.of(code).total for code in codes] == [0, 1, 1]


def test_a_closed_area_is_a_unit_until_the_day_it_closes(county: County) -> None:
    county.west.closed_on = date(2025, 6, 1)
    county.west.save()
    names = [figures.unit.name for figures in measure(date(2025, 5, 31)).units]
    assert "西岭镇" in names
    assert "西岭镇" not in [figures.unit.name for figures in measure(date(2025, 6, 1)).units]
