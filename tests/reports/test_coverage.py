"""Who counts as covered on a day, in which unit, and who is behind each number."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from core.models import ParameterValue
from core.rates import Rate
from enterprises.models import EnterpriseYear, FormationMode
from enterprises.models.enterprise import OperatingStatus, Ownership, UnitKind
from organizations.models import OrganizationNature
from reports.conditions import CLASSES, POPULATIONS
from reports.coverage import counted, drill_down, measure, unclaimed, undetermined
from reports.indicators import INDICATOR, INDICATORS, Indicator, Side
from reports.rules import CoverageRules
from tests.builders import LONG_AGO, cover, make_organization
from tests.reports.county import DAY, County, instruct, joint_branch, union

COVERAGE = INDICATOR["organization_coverage"]
SINGLE = INDICATOR["single_formation_rate"]
WORK = INDICATOR["work_coverage"]


def rate_of(county: County, key: str = "organization_coverage", **options: object) -> Rate | None:
    day = options.pop("day", DAY)
    return measure(day, **options).of(county.area.code).rate(INDICATOR[key])  # type: ignore[arg-type]


def test_a_joint_branch_covers_each_of_its_enterprises(county: County) -> None:
    joint = joint_branch("联合党支部", county.east_committee)
    for name in ("甲", "乙", "丙"):
        cover(county.enterprise(name), joint, mode=FormationMode.JOINT)
    county.enterprise("丁")
    assert rate_of(county) == Rate(3, 4)
    assert rate_of(county, "single_formation_rate") == Rate(0, 4)


def test_an_enterprise_with_two_links_counts_once_by_the_first_mode(county: County) -> None:
    firm = county.enterprise("甲")
    cover(
        firm,
        make_organization("联合党支部", parent=county.east_committee),
        mode=FormationMode.JOINT,
    )
    cover(
        firm, make_organization("甲支部", parent=county.east_committee), mode=FormationMode.SINGLE
    )
    figures = measure(DAY).of(county.area.code)
    assert figures.rate(COVERAGE) == Rate(1, 1)
    assert (figures.counts["single"], figures.counts["joint"]) == (1, 0)


@pytest.mark.parametrize(
    ("day", "covered"),
    [
        (date(2024, 6, 30), 0),
        (date(2024, 7, 1), 1),
        (date(2025, 6, 30), 1),
        (date(2025, 7, 1), 0),
    ],
)
def test_a_link_counts_from_its_first_day_to_the_day_before_its_end(
    county: County, day: date, covered: int
) -> None:
    own = make_organization("甲支部", parent=county.east_committee)
    cover(county.enterprise("甲"), own, since=date(2024, 7, 1), until=date(2025, 7, 1))
    assert rate_of(county, day=day) == Rate(covered, 1)


@pytest.mark.parametrize("nature", [OrganizationNature.FUNCTIONAL, OrganizationNature.TEMPORARY])
def test_functional_and_temporary_branches_count_only_where_the_county_says_so(
    county: County, nature: OrganizationNature
) -> None:
    cover(
        county.enterprise("甲"),
        make_organization("攻坚支部", parent=county.east_committee, nature=nature),
    )
    assert rate_of(county) == Rate(0, 1)
    ParameterValue.objects.create(
        key="coverage.counts_temporary", value=True, document="县发1号", valid_from=LONG_AGO
    )
    assert rate_of(county) == Rate(1, 1)


def test_a_mode_that_the_county_does_not_count_covers_nobody(county: County) -> None:
    cover(
        county.enterprise("甲"),
        make_organization("网格支部", parent=county.east_committee),
        mode=FormationMode.GRID,
    )
    ParameterValue.objects.create(
        key="coverage.counted_modes",
        value=["single", "joint"],
        document="县发2号",
        valid_from=date(2025, 1, 1),
    )
    assert rate_of(county, day=date(2024, 12, 31)) == Rate(1, 1)
    assert rate_of(county, day=date(2025, 1, 1)) == Rate(0, 1)


def test_work_coverage_adds_instructors_in_post_and_mass_organizations(county: County) -> None:
    instruct(county.enterprise("甲"), county.committee, until=date(2025, 6, 1))
    union(county.enterprise("乙"), since=date(2025, 6, 1))
    cover(county.enterprise("丙"), make_organization("丙支部", parent=county.east_committee))
    county.enterprise("丁")
    assert rate_of(county, "work_coverage", day=date(2025, 5, 31)) == Rate(2, 4)
    assert rate_of(county, "work_coverage", day=date(2025, 6, 1)) == Rate(2, 4)
    assert rate_of(county, "work_coverage", day=date(2025, 1, 1)) == Rate(2, 4)


REGISTERED = {"all", "operating", "base"}
STANDING: list[tuple[dict[str, Any], set[str]]] = [
    ({}, REGISTERED),
    ({"operating_status": OperatingStatus.SUSPENDED}, {"all"}),
    ({"operating_status": OperatingStatus.REVOKED}, {"all"}),
    ({"operating_status": OperatingStatus.DEREGISTERED}, set()),
    ({"operating_status": OperatingStatus.RELOCATED}, set()),
    ({"unit_kind": UnitKind.BRANCH}, set()),
    ({"unit_kind": UnitKind.INDIVIDUAL}, set()),
    ({"unit_kind": UnitKind.COOPERATIVE}, set()),
    ({"ownership": Ownership.PUBLIC}, set()),
    ({"ownership": Ownership.UNKNOWN}, set()),
    ({"in_base_list": False}, {"all", "operating"}),
    ({"full_member_count": 3}, REGISTERED | {"eligible", "with_members"}),
    ({"full_member_count": 2, "member_count": 3}, REGISTERED | {"with_members"}),
    ({"employee_count": 50}, REGISTERED | {"staff_50"}),
    ({"employee_count": 49}, REGISTERED),
    ({"employee_count": 100}, REGISTERED | {"staff_50", "staff_100", "party_scale"}),
    ({"is_statistical_scale": True}, REGISTERED | {"statistical_scale"}),
    ({"ownership": Ownership.FOREIGN}, REGISTERED | {"foreign"}),
    ({"ownership": Ownership.HMT}, REGISTERED | {"foreign"}),
]


@pytest.mark.parametrize(("state", "populations"), STANDING)
def test_populations_take_in_only_what_they_say(
    county: County, state: dict[str, Any], populations: set[str]
) -> None:
    county.enterprise("甲", **state)
    rules = CoverageRules()
    found = {one.key for one in POPULATIONS if counted(DAY, one.key, rules).exists()}
    assert found == populations


def test_unclaimed_enterprises_are_in_no_population_and_stand_beside_the_county(
    county: County,
) -> None:
    county.unclaimed("甲")
    county.unclaimed("乙", operating_status=OperatingStatus.DEREGISTERED)
    figures = measure(DAY, population="all")
    assert [one.total for one in figures.units] == [0, 0, 0, 0]
    assert [one.unclaimed for one in figures.units] == [1, 0, 0, 0]
    assert [fact.enterprise.name for fact in unclaimed(DAY, county.area)] == ["甲"]


def test_enterprises_of_unjudged_control_stand_beside_their_unit(county: County) -> None:
    county.enterprise("甲", ownership=Ownership.UNKNOWN)
    figures = measure(DAY)
    assert figures.of(county.area.code).counts["undetermined"] == 1
    assert figures.of(county.east.code).counts["undetermined"] == 1
    assert figures.of(county.west.code).counts["undetermined"] == 0
    assert undetermined(DAY, figures.of(county.east.code).unit).count() == 1


def test_the_latest_yearly_record_on_or_before_the_day_decides(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=2, member_count=2)
    EnterpriseYear.objects.create(
        enterprise=firm, reference_date=date(2025, 1, 1), full_member_count=3, member_count=3
    )
    assert rate_of(county, "three_member_coverage", day=date(2024, 12, 31)) == Rate(0, 0)
    assert rate_of(county, "three_member_coverage", day=date(2025, 1, 1)) == Rate(0, 1)


def varied(county: County) -> None:
    """Enterprises of every class, scale and standing in three areas."""
    places = (county.park, county.east, county.west)
    for number in range(36):
        firm = county.enterprise(
            f"企业{number}",
            places[number % 3],
            employee_count=(10, 60, 120)[number % 4 % 3],
            annual_revenue=None if number % 5 else 6_000_000,
            member_count=number % 6,
            full_member_count=max(number % 6 - 1, 0),
            is_statistical_scale=number % 7 == 0,
        )
        if number % 4:
            mode = FormationMode.values[number % 5]
            cover(firm, make_organization(f"支部{number}", parent=county.east_committee), mode=mode)
        elif number % 8 == 0:
            instruct(firm, county.committee)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.key)
def test_the_list_behind_a_number_has_as_many_rows_as_the_number_says(
    county: County, indicator: Indicator
) -> None:
    varied(county)
    for population in ("operating", "with_members"):
        figures = measure(DAY, population=population)
        for one in figures.units:
            rate = one.rate(indicator)
            assert rate is not None
            sides = {
                side: len(drill_down(indicator, one.unit, side, as_of=DAY, population=population))
                for side in Side
            }
            assert sides[Side.NUMERATOR] == rate.numerator
            assert sides[Side.DENOMINATOR] == rate.denominator
            assert sides[Side.GAP] == rate.denominator - rate.numerator


def test_the_classes_add_up_to_the_population_in_every_unit(county: County) -> None:
    varied(county)
    for figures in measure(DAY).units:
        assert sum(figures.counts[one.key] for one in CLASSES) == figures.total
        counts = figures.counts
        assert counts["due"] == counts["formed"] + counts["due_not_formed"]
        assert counts["covered"] == counts["single"] + counts["joined"]
        kinds = ("by_committee", "by_general_branch", "by_branch")
        assert counts["covered"] == sum(counts[kind] for kind in kinds)


def test_units_add_up_to_the_county(county: County) -> None:
    varied(county)
    whole, *parts = measure(DAY).units
    for key, number in whole.counts.items():
        assert number == sum(part.counts[key] for part in parts), key


def test_figures_take_the_same_number_of_queries_for_few_and_many(
    county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    county.enterprise("甲")
    with django_assert_num_queries(9):
        measure(DAY)
    varied(county)
    with django_assert_num_queries(9):
        measure(DAY)
