"""The ledgers of sites, of stars and model points, and of parks."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.models import User
from core.rates import Rate
from enterprises.models import FormationMode
from organizations.models import (
    Area,
    DemonstrationPoint,
    PartyOrganization,
    Rating,
    RatingScheme,
    ServiceCentre,
    Site,
    SiteCheck,
)
from organizations.scoring import Mark
from organizations.services import ratings, sites
from organizations.standards import ensure_shipped
from reports.ledgers import LEDGER, Ledger
from reports.ledgers.workbook import preview, write
from reports.units import Unit, units_on
from tests.builders import cover, make_organization, make_user
from tests.reports.county import DAY, County

SITES, STARS, PARKS = LEDGER["sites"], LEDGER["stars"], LEDGER["parks"]
OPENED = date(2024, 1, 1)


@pytest.fixture(autouse=True)
def _schemes(county: County) -> None:
    ensure_shipped()


@pytest.fixture
def branch(county: County) -> PartyOrganization:
    """A branch of one firm in the park."""
    made = make_organization("甲公司党支部", parent=county.park_committee)
    firm = county.enterprise("甲公司", county.park, member_count=6, full_member_count=5)
    cover(firm, made, mode=FormationMode.SINGLE)
    return made


def unit(county: County, place: str = "area", day: date = DAY) -> Unit:
    area: Area = getattr(county, place)
    return next(one for one in units_on(day) if one.area == area)


def rows(
    ledger: Ledger, county: County, place: str = "area", day: date = DAY
) -> list[dict[str, Any]]:
    fields = [column.field for column in ledger.columns]
    found = ledger.lines(unit(county, place, day), day)
    return [dict(zip(fields, line.values, strict=True)) for line in found]


def opened(name: str, **facts: Any) -> Site:
    return sites.open_site(actor=None, site=Site(name=name, **{"valid_from": OPENED, **facts}))


def checked(site: Site, on: date, met: int) -> SiteCheck:
    scheme = RatingScheme.objects.get(key="six_haves")
    answers = {one.pk: Mark(Decimal(one.place <= met)) for one in scheme.criteria.all()}
    check = SiteCheck(site=site, scheme=scheme, checked_on=on, checked_by="检查组", evidence="照片")
    return sites.record_check(actor=None, check=check, answers=answers)


def test_each_site_has_a_line_with_the_six_one_by_one(
    county: County, branch: PartyOrganization
) -> None:
    site = opened("红色驿站", organization=branch, square_metres=Decimal(120), rooms=2)
    checked(site, date(2025, 3, 1), 4)
    checked(site, date(2026, 3, 1), 6)

    line, total = rows(SITES, county)

    assert (line["owner"], line["name"], line["result"]) == ("甲公司党支部", "红色驿站", "4/6")
    assert [line[f"item{n}"] for n in range(6)] == [True] * 4 + [False] * 2
    assert (total["square_metres"], total["item0"], total["result"]) == (120, 1, "达标0个")
    assert rows(SITES, county, day=date(2026, 3, 31))[-1]["result"] == "达标1个"


def test_an_organization_of_firms_without_a_site_is_named(
    county: County, branch: PartyOrganization
) -> None:
    opened("园区驿站", area=county.park)
    opened("新址", organization=county.park_committee, stage="building")

    lines = rows(SITES, county, "park")[:-1]

    assert [(line["owner"], line["remark"]) for line in lines] == [
        ("中共怀川县经济开发区工作委员会", "在建"),
        ("甲公司党支部", "没有阵地"),
        ("怀川县经济开发区", "未检查"),
    ]
    assert [line["owner"] for line in rows(SITES, county, "east")[:-1]] == []


def rated(county: County, branch: PartyOrganization, on: date) -> Rating:
    scheme = RatingScheme.objects.get(key="double_strong")
    RatingScheme.objects.filter(pk=scheme.pk).update(star_scores=[4, 6, 8])
    officers: list[User] = [
        make_user(name, role="organizer", at=county.park_committee) for name in ("甲一", "乙二")
    ]
    rating = ratings.start_rating(actor=officers[0], organization=branch, scheme=scheme, year=2025)
    marks = {one.pk: Mark(Decimal(one.place <= 7)) for one in scheme.criteria.all()}
    ratings.rate_oneself(actor=officers[0], rating=rating, marks=marks, submit=True)
    return ratings.confirm_rating(actor=officers[1], rating=rating, marks=marks, on=on)


def test_stars_and_model_points_of_the_day_stand_side_by_side(
    county: County, branch: PartyOrganization
) -> None:
    rated(county, branch, date(2025, 6, 1))
    for title, since, until in (("市示范", OPENED, None), ("旧示范", OPENED, date(2025, 1, 1))):
        DemonstrationPoint.objects.create(
            organization=branch,
            title=title,
            level="city",
            awarded_by="市委",
            valid_from=since,
            valid_to=until,
        )

    line, total = rows(STARS, county)
    before = rows(STARS, county, day=date(2025, 5, 31))[0]

    assert (line["name"], line["scheme"], line["stars"]) == ("甲公司党支部", "双强六好", "★★")
    assert (line["title"], line["score"], line["superior"]) == (
        "市示范",
        7,
        "中共怀川县经济开发区工作委员会",
    )
    assert (total["stars"], total["title"]) == ("有星1个", "1个")
    assert (before["scheme"], before["title"]) == (None, "市示范")


def test_a_park_has_a_line_with_its_firms_organizations_and_places(
    county: County, branch: PartyOrganization
) -> None:
    Area.objects.filter(pk=county.park.pk).update(park_level="provincial")
    county.enterprise("乙公司", county.park)
    county.enterprise("丙公司", county.east)
    site = opened("园区中心", area=county.park)
    checked(site, date(2025, 3, 1), 6)
    ServiceCentre.objects.create(site=site, name="中心", level="park", full_time_staff=3)

    line, total = rows(PARKS, county)

    assert (line["name"], line["level"]) == ("怀川县经济开发区", "省级")
    assert line["committee"] == "中共怀川县经济开发区工作委员会"
    assert [line[key] for key in ("total", "covered", "branches", "members")] == [2, 1, 1, 6]
    assert [line[key] for key in ("organizers_due", "centres", "centre_staff")] == [1, 1, 3]
    assert [line[key] for key in ("sites", "passed", "points")] == [1, 1, 0]
    assert line["organization_coverage"] == Rate(1, 2)
    assert line["remark"] == ""
    assert (total["total"], total["organization_coverage"]) == (2, Rate(1, 2))


def test_a_park_of_city_level_without_a_committee_is_remarked(county: County) -> None:
    Area.objects.filter(pk=county.park.pk).update(park_level="city")
    PartyOrganization.objects.filter(pk=county.park_committee.pk).update(kind="branch")
    county.park_committee.periods.all().delete()

    assert rows(PARKS, county)[0]["remark"] == "市级以上园区应设企业党委；没有党群服务中心"


def test_a_park_counts_all_organizations_of_its_list(
    county: County, branch: PartyOrganization
) -> None:
    make_organization("筹备中的党支部", parent=county.park_committee)
    elsewhere = make_organization("镇上的联合党支部", parent=county.east_committee)
    cover(county.enterprise("乙公司", county.park), elsewhere, mode=FormationMode.JOINT)

    line = rows(PARKS, county)[0]
    listed = rows(LEDGER["organizations"], county, "park")

    assert line["branches"] == 2
    assert [one["kind"] for one in listed].count("党支部") == 2
    assert "另有园区外1个党组织覆盖园区企业" in line["remark"]


def test_a_park_under_the_county_committee_counts_what_covers_its_firms(
    county: County, branch: PartyOrganization
) -> None:
    make_organization("筹备中的党支部", parent=county.park_committee)
    county.park.responsibilities.update(organization=county.committee)

    assert rows(PARKS, county)[0]["branches"] == 1


@pytest.mark.parametrize("ledger", [SITES, STARS, PARKS])
def test_the_workbook_says_what_the_preview_shows(
    ledger: Ledger, county: County, branch: PartyOrganization, tmp_path: Path
) -> None:
    checked(opened("红色驿站", organization=branch, area=county.park), date(2025, 3, 1), 6)
    rated(county, branch, date(2025, 6, 1))
    target = tmp_path / "ledger.xlsx"

    written = write(ledger, unit(county), DAY, target)
    shown = preview(ledger, unit(county), DAY)

    sheet = load_workbook(target).worksheets[0]
    assert written.rows == len(shown.rows) - 1 == 1
    texts = {str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value}
    for cells in shown.rows[:1]:
        said = [text for text, _ in cells.cells if text and not text[0].isdigit()]
        assert set(said) <= texts
    assert sheet.page_setup.orientation == "landscape"


def test_many_sites_take_no_more_queries(
    county: County, branch: PartyOrganization, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        checked(opened(f"驿站{number}", organization=branch), date(2025, 3, 1), number % 7)
    for ledger, most in ((SITES, 20), (STARS, 20), (PARKS, 25)):
        with django_assert_max_num_queries(most):
            list(ledger.lines(unit(county), DAY))
