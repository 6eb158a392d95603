"""The county of the tests is what its names say."""

import pytest

from enterprises.models import Enterprise
from tests.world import World


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_officer_of_a_township_sees_its_firms_and_no_others(world: World, time: str) -> None:
    seen = Enterprise.objects.visible_to(world.east_officer)

    assert set(seen) == {world.joint, world.joint_too}


def test_the_county_clerk_sees_the_unclaimed_but_not_the_neighbour(world: World) -> None:
    seen = set(Enterprise.objects.visible_to(world.clerk))

    assert world.unclaimed in seen
    assert world.foreign not in seen
