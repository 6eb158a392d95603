"""Second, guiding superiors: dated, without a path and without rows."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from organizations import past, services
from organizations.models import (
    DualManagement,
    OrganizationChange,
    PartyOrganization,
)
from tests.organizations.acts import DAY, DOCUMENT, EVE, Role, parts_of, refusal
from tests.world import World


def guide(world: World, superior: PartyOrganization, on: date = DAY) -> OrganizationChange:
    return services.set_guiding_superior(
        actor=None, organization=world.own_branch, superior=superior, on=on, document=DOCUMENT
    )


def test_a_guiding_superior_moves_no_path_and_opens_no_rows(world: World) -> None:
    path = world.own_branch.path

    guide(world, world.east_committee)

    assert PartyOrganization.objects.get(pk=world.own_branch.pk).path == path
    assert past.guided_by(world.own_branch, DAY) == world.east_committee
    assert past.guided_by(world.own_branch, EVE) is None
    assert world.own_branch not in PartyOrganization.objects.visible_to(world.east_officer)


def test_another_guiding_superior_ends_the_one_before(world: World) -> None:
    guide(world, world.east_committee)
    guide(world, world.west_committee, on=date(2026, 5, 1))

    assert past.guided_by(world.own_branch, date(2026, 4, 30)) == world.east_committee
    assert past.guided_by(world.own_branch, date(2026, 5, 1)) == world.west_committee


def test_double_management_ends_on_its_day(world: World) -> None:
    guide(world, world.east_committee)

    change = services.end_guiding_superior(
        actor=None, organization=world.own_branch, on=date(2026, 6, 1), document=DOCUMENT
    )

    assert past.guided_by(world.own_branch, date(2026, 6, 1)) is None
    assert ("东岭镇党委", Role.GUIDE) in parts_of(change)


@pytest.mark.parametrize(
    ("superior", "sentence"),
    [
        ("park_committee", "指导上级应是本组织和隶属上级之外的党组织。"),
        ("own_branch", "指导上级应是本组织和隶属上级之外的党组织。"),
    ],
)
def test_who_is_superior_already_does_not_guide(world: World, superior: str, sentence: str) -> None:
    said = refusal(
        services.set_guiding_superior,
        organization=world.own_branch,
        superior=getattr(world, superior),
    )

    assert said == {"superior": [sentence]}


def test_no_committee_is_guided_from_below(world: World) -> None:
    said = refusal(
        services.set_guiding_superior,
        organization=world.park_committee,
        superior=world.own_branch,
    )

    assert said == {"superior": ["指导上级不能是它自己的下级。"]}


def test_the_database_refuses_two_guiding_superiors(world: World) -> None:
    guide(world, world.east_committee)

    with pytest.raises(IntegrityError), transaction.atomic():
        DualManagement.objects.create(
            organization=world.own_branch,
            superior=world.west_committee,
            valid_from=date(2026, 4, 1),
            document=DOCUMENT,
        )
