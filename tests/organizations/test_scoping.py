"""Who sees which rows: by subtree, by own branch, by assignment, or not at all."""

from datetime import date

import pytest

from accounts.models import ScopeGrant, User
from enterprises.models import CoverageLink, Enterprise
from members.models import Instructor, InstructorAssignment, Person
from organizations.models import Area, PartyOrganization
from tests.builders import cover, make_enterprise
from tests.world import World


def reloaded(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_the_officer_of_a_township_sees_its_firms_and_no_others(world: World) -> None:
    assert set(Enterprise.objects.visible_to(world.east_officer)) == {
        world.joint,
        world.joint_too,
    }


def test_the_county_clerk_sees_the_unclaimed_but_not_the_neighbour(world: World) -> None:
    seen = set(Enterprise.objects.visible_to(world.clerk))

    assert world.unclaimed in seen
    assert world.foreign not in seen


def test_a_township_does_not_see_what_nobody_has_claimed(world: World) -> None:
    assert world.unclaimed not in Enterprise.objects.visible_to(world.west_officer)


def test_a_secretary_sees_the_own_branch_and_the_firm_it_covers_today(world: World) -> None:
    assert set(Enterprise.objects.visible_to(world.secretary)) == {world.own}
    assert set(PartyOrganization.objects.visible_to(world.secretary)) == {world.own_branch}
    assert set(CoverageLink.objects.visible_to(world.secretary)) == {world.own.coverage_links.get()}


def test_a_firm_that_left_the_branch_is_the_secretarys_no_more(world: World) -> None:
    world.own.coverage_links.update(valid_to=date(2026, 1, 1))

    assert not Enterprise.objects.visible_to(world.secretary).exists()
    assert Enterprise.objects.visible_to(world.secretary, on=date(2025, 12, 31)).exists()


def test_a_firm_covered_twice_is_seen_once(world: World) -> None:
    cover(world.joint, world.own_branch, mode="hosted")

    assert Enterprise.objects.visible_to(world.secretary).count() == 2


def test_an_instructor_sees_the_firm_of_the_assignment(world: World) -> None:
    assert set(Enterprise.objects.visible_to(world.guide)) == {world.uncovered}
    assert set(Instructor.objects.visible_to(world.guide)) == {world.instructor}
    assert InstructorAssignment.objects.visible_to(world.guide).count() == 1


def test_the_instructors_own_post_opens_nothing_of_the_sending_committee(world: World) -> None:
    make_enterprise("西河新厂", county=world.county, area=world.west)

    assert set(Enterprise.objects.visible_to(world.guide)) == {world.uncovered}
    assert not Area.objects.visible_to(world.guide).exists()
    assert not Person.objects.visible_to(world.guide).exists()


@pytest.mark.parametrize("who", ["system", "security", "audit"])
@pytest.mark.parametrize("model", [Enterprise, PartyOrganization, Area, Person, CoverageLink])
def test_the_three_administrators_see_no_business_rows(
    world: World, who: str, model: type[Enterprise]
) -> None:
    assert not model.objects.visible_to(getattr(world, f"{who}_administrator")).exists()


def test_two_posts_add_up(world: World) -> None:
    ScopeGrant.objects.create(
        user=world.east_officer,
        role="organizer",
        organization=world.west_committee,
        valid_from=date(2026, 1, 1),
    )

    seen = Enterprise.objects.visible_to(reloaded(world.east_officer))

    assert set(seen) == {world.joint, world.joint_too, world.uncovered}


def test_a_post_that_has_ended_opens_nothing(world: World) -> None:
    world.east_officer.grants.update(valid_to=date(2026, 1, 1))

    assert not Enterprise.objects.visible_to(reloaded(world.east_officer)).exists()


def test_a_disabled_user_sees_nothing(world: World) -> None:
    world.clerk.is_active = False

    assert not Enterprise.objects.visible_to(world.clerk).exists()
