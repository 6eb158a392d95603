"""The yearly flow closes, whatever moves: members, or the branch they are in."""

from datetime import date, timedelta
from itertools import pairwise

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import PartyMember
from members.services import memberships
from members.services.memberships import Move
from members.yearly_flow import (
    ACTUAL,
    DECREASE,
    DUE,
    INCREASE,
    OPENING,
    Event,
    Stay,
    Stretch,
    events,
    flow_of,
)
from tests.members.test_member_pages import desk, registered
from tests.world import EAST, PARK, World

FIRST = date(2024, 12, 31)
LAST = date(2025, 12, 31)
HOMES = st.sampled_from([1, 2, 3])
PLANS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(-40, 400), st.integers(1, 300), HOMES), max_size=8
)
TREES = st.lists(st.tuples(st.integers(1, 364), st.frozensets(HOMES)), min_size=1, max_size=3)


def lives(plans: list[tuple[int, int, int, int]]) -> list[Stay]:
    """The stays of a few members, none of them twice at once; a last one may go on."""
    found: list[Stay] = []
    for member, begin, length, home in sorted(plans):
        start = FIRST + timedelta(days=begin)
        before = found[-1] if found and found[-1].member == member else None
        if before is None or (before.end and before.end <= start):
            end = start + timedelta(days=length) if length < 250 else None
            found.append(Stay(member, home, start, end, "transferred", "transferred"))
    return found


def tree_of(changes: list[tuple[int, frozenset[int]]]) -> list[Stretch]:
    inside = {0: changes[0][1], **dict(changes)}
    days = [FIRST + timedelta(days=day) for day in sorted(inside)] + [LAST + timedelta(days=1)]
    return [Stretch(start, end, inside[(start - FIRST).days]) for start, end in pairwise(days)]


def inside(stays: list[Stay], stretch: Stretch, day: date) -> set[int]:
    return {
        stay.member
        for stay in stays
        if stay.organization in stretch.organizations
        and stay.start <= day
        and (stay.end is None or day < stay.end)
    }


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PLANS.map(lives), TREES.map(tree_of))
def test_the_flow_closes_for_every_history(stays: list[Stay], tree: list[Stretch]) -> None:
    before, after = inside(stays, tree[0], FIRST), inside(stays, tree[-1], LAST)
    found = events(stays, tree)
    for member in {stay.member for stay in stays}:
        own = [1 if one.side == INCREASE else -1 for one in found if one.member == member]
        assert (member in before) + sum(own) == (member in after)
    assert all(FIRST < one.day <= LAST for one in found)


def test_a_move_within_is_no_change_and_a_handed_branch_is_whole() -> None:
    within = [Stay(7, 1, date(2020, 1, 1), date(2025, 6, 1), "developed", "transferred")]
    within.append(Stay(7, 2, date(2025, 6, 1), None, "transferred", ""))
    both = Stretch(FIRST, date(2025, 9, 1), frozenset({1, 2}))
    assert events(within, [both]) == []
    less = Stretch(date(2025, 9, 1), LAST + timedelta(days=1), frozenset({1}))
    assert events(within, [both, less]) == [Event(7, date(2025, 9, 1), DECREASE, "whole")]


def test_every_number_names_its_persons(world: World) -> None:
    stays = registered(world.own_branch, f"{PARK}甲")
    gone, moved = (
        registered(world.own_branch, f"{PARK}乙"),
        registered(world.own_branch, f"{PARK}丙"),
    )
    memberships.end_membership(actor=None, member=gone, on=date(2022, 5, 1), kind="dropped")
    move = Move(world.joint_branch, date(2022, 6, 1))
    memberships.move_membership(actor=None, member=moved, move=move)
    park = flow_of(world.park_committee, 2022)
    assert (park.opening, park.increase, park.decrease, park.due, park.actual) == (3, 0, 2, 1, 1)
    behind = {line.kind: line.members for line in park.lines if line.members}
    assert behind == {"dropped": [gone.pk], "transferred": [moved.pk]}
    asked = {side: park.behind(side, "") for side in (OPENING, INCREASE, DECREASE, DUE, ACTUAL)}
    assert {side: set(rows or ()) for side, rows in asked.items()} == {
        OPENING: {stays, gone, moved},
        INCREASE: set(),
        DECREASE: {gone, moved},
        DUE: {stays},
        ACTUAL: {stays},
    }
    assert park.behind("due", "dropped") is None
    county = flow_of(world.county_committee, 2022)
    assert (county.opening, county.decrease, county.closes) == (3, 1, True)
    assert flow_of(world.county_committee, 2021).increase == 3


def test_the_page_shows_whom_the_reader_may_see(world: World) -> None:
    moved = registered(world.own_branch, f"{PARK}丙")
    move = Move(world.joint_branch, date(2022, 6, 1))
    memberships.move_membership(actor=None, member=moved, move=move)
    client: Client = desk(world.park_officer)
    asked = f"/members/flow?organization={world.park_committee.pk}&year=2022"
    opening = client.get(f"{asked}&side=opening").content.decode()
    for side in (OPENING, DECREASE):
        assert f"side={side}&amp;kind=#people" in opening
    assert f"{PARK}丙" in opening
    page = client.get(f"{asked}&side=out&kind=transferred").content.decode()
    assert f"{PARK}丙" in page
    assert EAST not in page
    assert f'href="/members/{moved.pk}' not in page
    assert "平衡" in page
    assert not PartyMember.objects.visible_to(world.park_officer).exists()
    foreign = client.get(f"/members/flow?organization={world.east_committee.pk}&year=2022")
    assert EAST not in foreign.content.decode()
