"""The board in the browser: numbers with their integers, lists behind them, nobody else's units."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reports import runs
from reports.board import heat_level
from reports.coverage import measure
from reports.indicators import INDICATORS, Side
from reports.models import CoverageRun
from tests.builders import cover, make_organization, make_user
from tests.reports.county import DAY, County, joint_branch
from tests.reports.test_coverage import varied


def signed_in(county: County, role: str = "county_clerk", place: str = "") -> Client:
    at = getattr(county, f"{place}_committee") if place else county.committee
    client = Client()
    client.force_login(make_user("王县办", role=role, at=at))
    return client


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def listed(text: str) -> int:
    """How many rows the list says it has."""
    found = re.search(r"共 <b>([\d,]+)</b> 条", text)
    assert found, text[:2000]
    return int(found[1])


BOARD = f"/board/?as_of={DAY}"


def test_the_board_shows_each_rate_with_its_integers_and_the_day(county: County) -> None:
    varied(county)
    text = page(signed_in(county), BOARD)
    assert "怀川县两个覆盖看板" in text
    assert "数据截至 2025-12-31" in text
    assert "口径：实体运营" in text
    assert "75.0% <small>27/36</small>" in text
    assert "规上：党建口径" in text


def test_no_percentage_stands_without_numerator_and_denominator(county: County) -> None:
    varied(county)
    text = page(signed_in(county), BOARD)
    body = re.sub(r"<[^>]+>", "", text[text.index('id="main"') :])
    body = re.sub(r"颜色说明.*", "", body)
    shown = re.findall(r"\d+\.\d%\s*(\(?\d+/\d+)?", body)
    assert len(shown) > 20
    assert all(shown)


def test_units_stand_in_the_official_order(county: County) -> None:
    text = page(signed_in(county), BOARD)
    places = [text.index(f'<span class="unit">{name}') for name in ("怀川县经济开发区", "东河镇")]
    assert places == sorted(places)


def test_every_number_leads_to_a_list_of_that_length(county: County) -> None:
    varied(county)
    client = signed_in(county)
    park = measure(DAY).of(county.park.code)
    for indicator in INDICATORS:
        rate = park.rate(indicator)
        assert rate
        sizes = {
            Side.NUMERATOR: rate.numerator,
            Side.DENOMINATOR: rate.denominator,
            Side.GAP: rate.denominator - rate.numerator,
        }
        for side, size in sizes.items():
            url = f"/board/{indicator.key}?area={park.unit.code}&side={side}&as_of={DAY}"
            assert listed(page(client, url)) == size


def test_all_links_of_the_board_open(county: County) -> None:
    varied(county)
    county.unclaimed("待领公司")
    client = signed_in(county)
    text = page(client, BOARD)
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/board/[^"]+)"', text)]
    assert len(links) > 30
    one_of_each = {re.sub(r"area=\w+", "", link): link for link in links}
    assert len(one_of_each) > 10
    for link in one_of_each.values():
        page(client, link)


def test_the_unclaimed_stand_beside_the_county_with_their_list(county: County) -> None:
    county.unclaimed("待领公司")
    client = signed_in(county)
    text = page(client, BOARD)
    assert "未认领企业 1 家" in text
    link = re.search(r'href="(/board/unclaimed[^"]+)"', text)
    assert link
    assert listed(page(client, link[1].replace("&amp;", "&"))) == 1


def test_a_township_sees_its_own_figures_only(county: County) -> None:
    varied(county)
    client = signed_in(county, "organizer", "east")
    text = page(client, BOARD)
    assert "东河镇两个覆盖看板" in text
    for other in ("西岭镇", "怀川县经济开发区"):
        assert other not in text
    refused = f"/board/organization_coverage?area={county.west.code}&as_of={DAY}"
    assert client.get(refused).status_code == 404


def test_a_list_of_the_past_names_how_many_have_left_the_readers_scope(county: County) -> None:
    firm = county.enterprise("甲", county.east)
    firm.reporting_area = county.west
    firm.save()
    url = f"/board/organization_coverage?area={county.east.code}&side=denominator&as_of={DAY}"
    text = page(signed_in(county, "organizer", "east"), url)
    assert listed(text) == 0
    assert "另有 1 家现已不在您的数据范围内" in text


def test_a_number_without_a_question_is_that_of_the_highest_unit_today(county: County) -> None:
    county.enterprise("甲公司", county.east)
    county.enterprise("乙公司", county.west)
    url = "/board/organization_coverage"

    assert "怀川县" in page(signed_in(county), f"{url}?side=denominator")
    assert listed(page(signed_in(county, "organizer", "east"), f"{url}?side=denominator")) == 1
    assert signed_in(county).get(url).status_code == 200


@pytest.mark.parametrize(
    "question", ["area=x", "as_of=明天", "side=left", "population=many", "as_of=1999-01-01"]
)
def test_a_broken_question_is_no_page(county: County, question: str) -> None:
    assert signed_in(county).get(f"/board/organization_coverage?{question}").status_code == 404
    assert signed_in(county).get(f"/board/nothing?area={county.area.code}").status_code == 404


def test_whoever_sees_no_unit_is_told_why(county: County) -> None:
    own = make_organization("甲支部", parent=county.east_committee)
    cover(county.enterprise("甲"), own)
    client = Client()
    client.force_login(make_user("郑书记", role="branch_secretary", at=own))
    assert "没有乡镇、街道或园区" in page(client, BOARD)


def test_administrators_of_the_system_have_no_board(county: County) -> None:
    assert signed_in(county, "system_administrator").get(BOARD).status_code == 403


def test_coverage_that_cannot_be_known_is_said_in_words(county: County) -> None:
    county.enterprise("甲", county.west)
    joint_branch("联合", county.west_committee)
    text = page(signed_in(county), BOARD)
    assert "有 1 个联合党支部未登记覆盖哪些企业" in text
    assert "不可计算" in text


def test_large_joint_branches_are_pointed_out(county: County) -> None:
    joint = joint_branch("联合", county.west_committee)
    for number in range(11):
        cover(county.enterprise(f"企业{number}", county.west), joint, mode="joint")
    text = page(signed_in(county), BOARD)
    assert "联合党支部 1 个，平均覆盖 11.0 家（11/1）" in text
    assert "超过 10 家的 1 个" in text


def test_the_board_tells_what_moved_since_the_last_published_day(county: County) -> None:
    firm = county.enterprise("甲")
    county.enterprise("乙")
    run = runs.freeze(date(2025, 6, 30))
    runs.publish(actor=make_user("李县长"), run=run)
    cover(firm, make_organization("甲支部", parent=county.east_committee), since=date(2025, 9, 1))
    client = signed_in(county)
    text = page(client, BOARD)
    assert "2025-06-30 以来的变动" in text
    assert "由 0/2 (0.0%) 到 1/2 (50.0%)" in text
    assert "新增覆盖 1 家</a>：分子 +1，分母 +0" in text
    link = re.search(r'href="([^"]+step=gained)"', text)
    assert link
    url = link[1].replace("&amp;", "&")
    assert listed(page(client, url)) == 1
    assert client.get(url.replace("gained", "lost")).status_code == 404


def test_a_county_clerk_publishes_a_run_and_a_township_does_not(county: County) -> None:
    run = runs.freeze(DAY)
    url = f"/board/runs/{run.pk}/publish"
    assert signed_in(county, "organizer", "east").post(url).status_code == 404
    assert signed_in(county).post(url).status_code == 302
    assert CoverageRun.objects.get().published_at


def test_the_board_takes_the_same_queries_for_few_and_many(
    county: County, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(county)
    page(client, BOARD)
    varied(county)
    with django_assert_max_num_queries(32):
        page(client, BOARD)


@pytest.mark.parametrize(
    ("missing", "total", "level"),
    [(0, 0, 0), (0, 9, 0), (1, 100, 1), (10, 100, 1), (11, 100, 2), (50, 100, 4), (9, 9, 5)],
)
def test_a_tile_is_the_darker_the_more_is_missing(missing: int, total: int, level: int) -> None:
    assert heat_level(missing, total) == level
