"""The tree of any day: complete, without cycle, and the prefix of a path is the subtree."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.dates import today
from core.models import AuditEntry
from organizations import services, tree
from organizations.models import Area, OrganizationKind, PartyOrganization, Placement
from organizations.services import move_organization
from tests.builders import make_organization
from tests.world import World

# Paths out of superiors ----------------------------------------------------------------------


@st.composite
def forests(draw: st.DrawFn) -> dict[int, int | None]:
    """Any number of organizations, each below an earlier one or on top."""
    numbers = draw(st.lists(st.integers(1, 10**9), unique=True, min_size=1, max_size=30))
    parents: dict[int, int | None] = {}
    for number in numbers:
        parents[number] = draw(st.sampled_from([None, *parents]))
    order = draw(st.permutations(numbers))
    return {number: parents[number] for number in order}


def ancestors(parents: dict[int, int | None], number: int) -> set[int]:
    found: set[int] = set()
    here: int | None = number
    while here is not None:
        found.add(here)
        here = parents[here]
    return found


@given(forests())
def test_a_prefix_is_exactly_the_subtree(parents: dict[int, int | None]) -> None:
    paths = tree.paths(parents)

    for number in parents:
        above = ancestors(parents, number)
        assert {other for other in parents if paths[number].startswith(paths[other])} == above
        assert tree.depth(paths[number]) == len(above) - 1


@given(forests(), st.data())
def test_a_circle_of_superiors_is_found(
    parents: dict[int, int | None], data: st.DataObject
) -> None:
    low = data.draw(st.sampled_from(list(parents)))
    top = min(ancestors(parents, low), key=lambda one: len(ancestors(parents, one)))

    with pytest.raises(tree.Cycle):
        tree.paths(parents | {top: low})


def test_numbers_beyond_one_digit_keep_their_width() -> None:
    assert tree.segment(35) == "00000z"
    assert tree.segment(36) == "000010"
    assert tree.segment(36**6 - 1) == "zzzzzz"


DOCUMENT = "县工委〔2026〕1号"

# Moves ---------------------------------------------------------------------------------------


def test_a_move_takes_the_whole_subtree_with_it(world: World) -> None:
    move_organization(
        actor=world.clerk,
        organization=world.park_committee,
        parent=world.east_committee,
        on=date(2026, 3, 1),
        document=DOCUMENT,
    )

    world.own_branch.refresh_from_db()
    world.park_committee.refresh_from_db()
    assert world.own_branch.path.startswith(world.park_committee.path)
    assert world.park_committee.path.startswith(world.east_committee.path)


def test_the_tree_of_last_year_stands_after_a_move(world: World) -> None:
    before = tree.path_as_of(date(2025, 12, 31))

    move_organization(
        actor=None,
        organization=world.own_branch,
        parent=world.east_committee,
        on=date(2026, 3, 1),
        document=DOCUMENT,
    )

    assert tree.path_as_of(date(2025, 12, 31)) == before
    assert tree.path_as_of(date(2026, 2, 28)) == before
    assert tree.path_as_of(date(2026, 3, 1)) != before


def test_a_move_of_tomorrow_waits_for_the_night(world: World) -> None:
    path = world.own_branch.path
    tomorrow = today() + timedelta(days=1)

    move_organization(
        actor=None,
        organization=world.own_branch,
        parent=world.east_committee,
        on=tomorrow,
        document=DOCUMENT,
    )

    assert PartyOrganization.objects.get(pk=world.own_branch.pk).path == path
    assert tree.refresh_paths(tomorrow) == 1
    moved = PartyOrganization.objects.get(pk=world.own_branch.pk)
    assert moved.path.startswith(world.east_committee.path)


def test_nothing_is_placed_below_its_own_branch(world: World) -> None:
    with pytest.raises(ValidationError, match="自己的下级"):
        move_organization(
            actor=None,
            organization=world.park_committee,
            parent=world.own_branch,
            on=date(2026, 3, 1),
            document=DOCUMENT,
        )


def test_two_dated_moves_do_not_make_a_circle_later(world: World) -> None:
    move_organization(
        actor=None,
        organization=world.east_committee,
        parent=world.west_committee,
        on=date(2027, 6, 1),
        document=DOCUMENT,
    )

    with pytest.raises(ValidationError, match="自己的下级"):
        move_organization(
            actor=None,
            organization=world.west_committee,
            parent=world.east_committee,
            on=date(2027, 3, 1),
            document=DOCUMENT,
        )


def test_a_superior_must_exist_on_the_day_of_the_move(world: World) -> None:
    young = make_organization("新党委", parent=world.county_committee, since=date(2026, 6, 1))

    with pytest.raises(ValidationError, match="尚未成立"):
        move_organization(
            actor=None,
            organization=world.own_branch,
            parent=young,
            on=date(2026, 3, 1),
            document=DOCUMENT,
        )


# Other services ------------------------------------------------------------------------------


def test_a_new_organization_has_its_place_and_key(world: World) -> None:
    organization = PartyOrganization(
        code="N1", name="重庆路联合党支部", kind=OrganizationKind.JOINT_BRANCH
    )

    services.form_organization(
        actor=world.clerk, organization=organization, parent=world.east_committee
    )

    assert organization.path == world.east_committee.path + tree.segment(organization.pk)
    assert "chongqinglu" in organization.search_key
    assert Placement.objects.get(organization=organization).valid_from == today()
    assert AuditEntry.objects.get(verb="organization.form").scope_path == organization.path


def test_a_renamed_organization_is_found_under_its_new_name(world: World) -> None:
    services.change_organization(
        actor=world.clerk, organization=world.own_branch, name="长江路党支部", reason="更名"
    )

    world.own_branch.refresh_from_db()
    assert "changjianglu" in world.own_branch.search_key
    entry = AuditEntry.objects.get(verb="organization.change")
    assert entry.after == {"name": "长江路党支部"}


def test_an_area_handed_over_keeps_its_past(world: World) -> None:
    services.hand_over_area(
        actor=world.clerk, area=world.east, committee=world.west_committee, on=date(2026, 3, 1)
    )

    held = world.east.responsibilities.as_of(date(2026, 2, 28)).get()
    assert held.organization == world.east_committee
    assert Area.objects.get(pk=world.east.pk).committee == world.west_committee
    assert world.east not in Area.objects.visible_to(world.east_officer)


def test_a_hand_over_of_tomorrow_waits_for_the_night(world: World) -> None:
    tomorrow = today() + timedelta(days=1)
    services.hand_over_area(
        actor=world.clerk, area=world.east, committee=world.west_committee, on=tomorrow
    )

    assert Area.objects.get(pk=world.east.pk).committee == world.east_committee


def test_an_area_is_not_handed_to_its_own_committee(world: World) -> None:
    with pytest.raises(ValidationError, match="已由"):
        services.hand_over_area(
            actor=None, area=world.east, committee=world.east_committee, on=date(2026, 3, 1)
        )
