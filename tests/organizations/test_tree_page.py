"""The tree page: only opened levels, any day, found by a word, and the card beside it."""

from datetime import date
from typing import Any

import pytest

from organizations import branches
from organizations.models import PartyOrganization
from organizations.services import move_organization, rename_organization
from organizations.tree import plant
from tests.builders import LONG_AGO
from tests.organizations.test_pages import desk, shown
from tests.world import EAST, PARK, WEST, World


def tree_of(page: str) -> str:
    """The part of the page that holds the tree, without the card and the hits."""
    return page[page.index("<ui-tree") : page.index("</ui-tree>")] if "<ui-tree" in page else ""


def order(text: str, *words: str) -> list[int]:
    return [text.index(word) for word in words]


def test_the_first_level_stands_in_official_order(world: World) -> None:
    for number, one in enumerate(
        (world.west_committee, world.east_committee, world.park_committee), start=1
    ):
        PartyOrganization.objects.filter(pk=one.pk).update(official_order=number)

    tree = tree_of(shown(desk(world.clerk), "/orgs/"))

    places = order(tree, f"{WEST}镇党委", f"{EAST}镇党委", f"{PARK}园区综合党委")
    assert places == sorted(places)


def test_only_opened_levels_are_on_the_page(world: World) -> None:
    client = desk(world.clerk)

    closed = tree_of(shown(client, "/orgs/"))
    opened = tree_of(shown(client, f"/orgs/?at={world.park_committee.pk}"))

    assert f"{PARK}电子党支部" not in closed
    assert f"{PARK}电子党支部" in opened
    assert f"{EAST}第一联合党支部" not in opened


def test_a_line_says_how_much_stands_below_it(world: World) -> None:
    tree = tree_of(shown(desk(world.clerk), f"/orgs/?at={world.east_committee.pk}"))

    assert "下级 3" in tree  # the county's committee
    assert "覆盖企业 2" in tree  # the joint branch


def test_a_level_comes_alone_for_a_branch_that_is_opened(world: World) -> None:
    answer = desk(world.clerk).get(f"/orgs/{world.park_committee.pk}/children?level=3")
    level = answer.content.decode()

    assert f"{PARK}电子党支部" in level
    assert 'aria-level="3"' in level
    assert "<html" not in level
    assert f"{EAST}" not in level


@pytest.mark.parametrize("word", ["北湖电子", "bhdz", "beihudianzi"])
def test_a_search_opens_the_branch_of_what_it_finds(world: World, word: str) -> None:
    page = shown(desk(world.clerk), f"/orgs/?q={word}")

    assert f'at={world.own_branch.pk}" aria-current="true">{PARK}电子党支部' in page
    tree = tree_of(page)
    assert f"{PARK}电子党支部" in tree
    assert tree.count('aria-current="page"') == 1


def test_each_of_several_hits_says_where_it_stands(world: World) -> None:
    page = shown(desk(world.clerk), "/orgs/?q=党支部")

    assert f"{world.county_committee} / {EAST}镇党委</span>" in page
    assert f"{world.county_committee} / {PARK}园区综合党委</span>" in page


def test_a_code_finds_its_organization(world: World) -> None:
    page = shown(desk(world.clerk), f"/orgs/?q={world.joint_branch.code}")

    assert f"{EAST}第一联合党支部" in tree_of(page)


def test_a_search_without_hit_says_so_and_keeps_the_tree(world: World) -> None:
    page = shown(desk(world.clerk), "/orgs/?q=火星")

    assert "没有找到“火星”" in page
    assert f"{EAST}镇党委" in tree_of(page)


def test_the_tree_of_a_past_day_is_that_of_its_day(world: World) -> None:
    move_organization(
        actor=world.clerk,
        organization=world.own_branch,
        parent=world.east_committee,
        on=date(2026, 3, 1),
        document="江工〔2026〕1号",
        reason="园区调整",
    )
    client = desk(world.clerk)

    before = shown(client, f"/orgs/?at={world.own_branch.pk}&on=2026-02-28")
    now = shown(client, f"/orgs/?at={world.own_branch.pk}")

    assert "2026年2月28日的组织树，不是今天的" in before
    assert "不是今天的" not in now
    assert f'href="/orgs/{world.park_committee.pk}?on=2026-02-28"' in before  # its superior
    assert f'href="/orgs/{world.east_committee.pk}"' in now
    assert f"at={world.east_committee.pk}&amp;on=2026-02-28" in tree_of(before)  # the day stays


def test_a_past_day_shows_the_names_of_its_day(world: World) -> None:
    rename_organization(
        actor=world.clerk,
        organization=world.own_branch,
        name=f"{PARK}芯片党支部",
        on=date(2026, 3, 1),
        document="江工〔2026〕2号",
    )
    client, at = desk(world.clerk), f"/orgs/?at={world.own_branch.pk}"

    assert f"{PARK}电子党支部" in tree_of(shown(client, f"{at}&on=2026-02-28"))
    assert f"{PARK}芯片党支部" in tree_of(shown(client, at))


def test_before_the_first_committee_there_is_no_tree(world: World) -> None:
    assert "没有党组织" in shown(desk(world.clerk), "/orgs/?on=2010-01-01")


@pytest.mark.parametrize("word", ["昨天", "2026-02-30", ""])
def test_a_nonsense_day_shows_today(world: World, word: str) -> None:
    page = shown(desk(world.clerk), f"/orgs/?on={word}")

    assert f"{EAST}镇党委" in tree_of(page)
    assert "不是今天的" not in page


def test_a_township_reads_its_own_branch_of_the_tree(world: World) -> None:
    page = shown(desk(world.east_officer), "/orgs/")

    assert f"{EAST}第一联合党支部" in tree_of(page)
    assert PARK not in page
    assert WEST not in page


@pytest.mark.parametrize("route", ["card", "children", "print", "case/rename"])
def test_a_neighbours_organization_has_no_page_at_all(world: World, route: str) -> None:
    assert desk(world.outsider).get(f"/orgs/{world.own_branch.pk}/{route}").status_code == 404
    assert desk(world.outsider).get(f"/orgs/?at={world.own_branch.pk}").status_code == 404


def test_a_level_of_very_many_is_cut_and_can_be_had_whole(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branches, "LEVEL", 2)
    client = desk(world.clerk)
    last = world.west_committee

    page = tree_of(shown(client, "/orgs/"))
    whole = shown(client, f"/orgs/{world.county_committee.pk}/children?all=1&level=2")

    assert "还有 1 个" in page
    assert last.name not in page
    assert last.name in whole
    assert last.name in tree_of(shown(client, f"/orgs/?at={last.pk}"))  # never hidden itself


def grown(world: World, number: int) -> PartyOrganization:
    """The tree with so many organizations more, three levels deep; returns one of the lowest."""
    pairs: list[tuple[PartyOrganization, PartyOrganization | None]] = []
    for place in range(number):
        above = pairs[place // 20][0] if place >= 20 else world.county_committee
        one = PartyOrganization(code=f"G{place}", name=f"第{place}号党支部", kind="branch")
        one.established_on = LONG_AGO
        pairs.append((one, above))
    for start, end in ((0, 20), (20, 400), (400, number)):
        plant(pairs[start:end])
    return pairs[-1][0]


@pytest.mark.parametrize("day", ["", "&on=2025-12-31"])
@pytest.mark.parametrize("asked", ["at={pk}", "q={code}"])
def test_a_large_tree_takes_as_many_queries_as_a_small_one(
    world: World, django_assert_max_num_queries: Any, asked: str, day: str
) -> None:
    client, low = desk(world.clerk), world.own_branch
    shown(client, "/orgs/")  # what a process asks for once
    with django_assert_max_num_queries(15) as small:
        shown(client, f"/orgs/?{asked.format(pk=low.pk, code=low.code)}{day}")
    lowest = grown(world, 600)
    with django_assert_max_num_queries(15) as large:
        page = shown(client, f"/orgs/?{asked.format(pk=lowest.pk, code=lowest.code)}{day}")

    assert len(large) == len(small)
    assert page.count('role="treeitem"') < 80  # the opened levels and no others


def test_the_tree_on_paper_is_complete_and_indented(world: World) -> None:
    client = desk(world.clerk)

    chart = shown(client, "/orgs/paper?as=chart")
    part = shown(client, f"/orgs/paper?at={world.east_committee.pk}")

    assert f"\u3000\u3000{PARK}电子党支部" in chart
    assert "共 6 个" in chart
    assert f"{EAST}第一联合党支部" in part
    assert PARK not in part
