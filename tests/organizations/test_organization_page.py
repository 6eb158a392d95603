"""One organization on its page: head, tabs of all apps, any day, and its card on paper."""

from datetime import date
from typing import Any

import pytest

from members import posts
from organizations import tabs
from organizations.services import rename_organization, restore_organization
from organizations.tabs import Mark, Tab
from tests.builders import make_organization, make_person
from tests.organizations.acts import DAY, DOCUMENT, EVE, close
from tests.organizations.test_pages import desk, shown
from tests.world import EAST, PARK, World


def test_the_head_says_where_it_stands_and_how_much_it_covers(world: World) -> None:
    page = shown(desk(world.clerk), f"/orgs/{world.east_committee.pk}")

    assert f'href="/orgs/{world.county_committee.pk}"' in page
    assert "直接 1，含各级 1" in page  # organizations below
    assert "直接 0，含各级 2" in page  # firms


def test_a_superior_outside_the_scope_is_named_but_not_opened(world: World) -> None:
    page = shown(desk(world.east_officer), f"/orgs/{world.east_committee.pk}")

    assert world.county_committee.name in page
    assert f'href="/orgs/{world.county_committee.pk}"' not in page


def test_the_tab_of_covered_firms_follows_the_day(world: World) -> None:
    world.joint_too.coverage_links.update(valid_to="2026-01-01")
    client, url = desk(world.clerk), f"/orgs/{world.joint_branch.pk}?tab=coverage"

    now, then = shown(client, url), shown(client, f"{url}&on=2025-12-31")

    assert "直接覆盖企业 1 家" in now
    assert world.joint_too.name not in now
    assert world.joint_too.name in then
    assert "2025年12月31日的情况，不是今天的" in then


def test_the_tab_of_subordinates_lists_them_with_their_numbers(world: World) -> None:
    page = shown(desk(world.clerk), f"/orgs/{world.east_committee.pk}?tab=below")

    assert f"{EAST}第一联合党支部" in page
    assert "覆盖企业 2" in page


def test_a_tab_is_shown_to_who_may_open_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "_tabs", dict(tabs._tabs))
    monkeypatch.setattr(tabs, "_marks", dict(tabs._marks))
    provide: Any = lambda visit: {"history": [], "stories": []}  # noqa: E731
    tabs.register_tab(
        Tab("secret", "密档", "organizations/_changes.html", provide, permission="core.parameters")
    )
    tabs.register_marks("test", lambda visit: [Mark("任期还有 90 天", "attention")])
    url = f"/orgs/{world.own_branch.pk}?tab=secret"

    page = shown(desk(world.clerk), url)

    assert "密档" not in page
    assert "任期还有 90 天" in page
    assert "组织变动" not in page  # the first tab instead


def test_pages_take_as_many_queries_for_many_subordinates(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client, url = desk(world.clerk), f"/orgs/{world.east_committee.pk}?tab=below"
    shown(client, url)
    for number in range(20):
        make_organization(f"{EAST}第{number}支部", parent=world.east_committee)

    with django_assert_max_num_queries(20):
        shown(client, url)


def test_the_card_has_the_facts_the_firms_and_the_acts(world: World) -> None:
    rename_organization(
        actor=world.clerk,
        organization=world.own_branch,
        name=f"{PARK}芯片党支部",
        on=date(2026, 3, 1),
        document="江工〔2026〕2号",
    )

    card = shown(desk(world.clerk), f"/orgs/{world.own_branch.pk}/print")

    assert f"填报单位：{PARK}芯片党支部" in card
    assert world.own.name in card
    assert "江工〔2026〕2号" in card


def test_between_abolition_and_restoration_the_page_says_abolished(world: World) -> None:
    body = make_organization(f"{PARK}商会党支部", parent=world.park_committee)
    close(body, on=date(2026, 1, 1))
    client, url = desk(world.clerk), f"/orgs/{body.pk}"
    restore = f"{url}/case/restore"

    gone = shown(client, url)
    assert "已撤销" in gone
    assert restore in gone
    restore_organization(actor=None, organization=body, on=DAY, document=DOCUMENT)

    days = ["2025-12-31", "2026-01-01", f"{EVE}", f"{DAY}"]
    pages = [shown(client, f"{url}?on={day}") for day in days]
    assert ["已撤销" in page for page in pages] == [False, True, True, False]
    assert not any(restore in page for page in pages)


def test_a_link_from_the_board_names_the_day_as_the_board_does(world: World) -> None:
    page = shown(desk(world.clerk), f"/orgs/{world.own_branch.pk}?as_of=2025-12-31")

    assert "2025年12月31日的情况，不是今天的" in page


def _appointed(world: World, name: str, kind: str = "secretary", **facts: Any) -> None:
    person = make_person(name, home=world.own_branch)
    posts.appoint(
        actor=world.clerk,
        organization=world.own_branch,
        person=person,
        kind=kind,
        on=DAY,
        source="owner",
        **facts,
    )


def test_changes_of_the_body_stand_in_the_history(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client, url = desk(world.clerk), f"/orgs/{world.own_branch.pk}?tab=history"
    assert "还没有变动" in shown(client, url)
    _appointed(world, f"{PARK}甲")

    page = shown(client, url).split("班子变动")[1]
    assert f"{world.own_branch}书记 {PARK}甲" in page
    assert "王县办" in page

    for number in range(9):
        _appointed(world, f"{PARK}委员{number}", "member")
    with django_assert_max_num_queries(22):
        assert f"{PARK}委员8" in shown(client, url)


def test_a_secretary_who_failed_the_review_is_warned_of_and_not_blocked(world: World) -> None:
    _appointed(world, f"{PARK}甲", review_on=DAY, review_result="failed")

    page = shown(desk(world.clerk), f"/orgs/{world.own_branch.pk}?tab=body")

    assert f"书记{PARK}甲的政治审查结论为不合格" in page
    assert "党支部书记应当具备良好政治素质" in page
