"""Merging, splitting and restoring: what goes where, and what was missing in between."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from enterprises.models import FormationMode
from organizations import services, tree
from organizations.closing import Homes
from organizations.models import (
    OrganizationChange,
    OrganizationKind,
    PartyOrganization,
)
from tests.builders import make_organization
from tests.organizations.acts import DAY, DOCUMENT, EVE, Role, close, covered_by, part
from tests.world import World

# Merging -------------------------------------------------------------------------------------


def test_two_branches_become_one(world: World) -> None:
    change = services.merge_organizations(
        actor=world.clerk,
        sources=[world.own_branch],
        into=world.joint_branch,
        on=DAY,
        document=DOCUMENT,
    )

    assert covered_by(world.own, DAY) == [("东岭第一联合党支部", FormationMode.JOINT)]
    assert world.own_branch not in PartyOrganization.objects.existing(DAY)
    assert change.parts.get(role=Role.SOURCE).organization == world.own_branch
    assert OrganizationChange.objects.of(world.own_branch.pk).get() == change


def test_several_merge_into_a_new_one(world: World) -> None:
    new = PartyOrganization(code="H1", name="北湖联合党支部", kind=OrganizationKind.JOINT_BRANCH)

    services.merge_organizations(
        actor=None,
        sources=[world.own_branch, world.joint_branch],
        into=new,
        on=DAY,
        document=DOCUMENT,
    )

    assert new.path.startswith(world.park_committee.path)
    assert {*covered_by(world.own, DAY), *covered_by(world.joint, DAY)} == {
        ("北湖联合党支部", FormationMode.JOINT)
    }


def test_a_merger_without_partners_is_none(world: World) -> None:
    for sources in ([], [world.own_branch]):
        with pytest.raises(ValidationError) as caught:
            services.merge_organizations(
                actor=None,
                sources=sources,
                into=world.own_branch,
                on=DAY,
                document=DOCUMENT,
            )
        assert caught.value.message_dict == {"sources": ["请选择要并入的其他党组织。"]}


# Splitting -----------------------------------------------------------------------------------


def test_a_firm_gets_its_own_branch_out_of_a_joint_one(world: World) -> None:
    own = part("F1", "东岭茶业党支部")

    change = services.split_organization(
        actor=None,
        organization=world.joint_branch,
        parts=[own],
        on=DAY,
        document=DOCUMENT,
        homes=Homes(single={("coverage", world.joint.pk): own}),
    )

    assert covered_by(world.joint, DAY) == [("东岭茶业党支部", FormationMode.JOINT)]
    assert covered_by(world.joint_too, DAY) == [("东岭第一联合党支部", FormationMode.JOINT)]
    assert own.path.startswith(world.east_committee.path)
    assert change.parts.get(role=Role.PART).organization == own


def test_a_branch_that_dissolves_into_parts_keeps_nothing(world: World) -> None:
    parts = [part("F1", "东岭茶业党支部"), part("F2", "东岭竹器党支部")]
    with pytest.raises(ValidationError, match="东岭竹器厂"), transaction.atomic():
        services.split_organization(
            actor=None,
            organization=world.joint_branch,
            parts=[part("F1", "东岭茶业党支部")],
            on=DAY,
            document=DOCUMENT,
            homes=Homes(single={("coverage", world.joint.pk): parts[0]}),
            keep=False,
        )

    services.split_organization(
        actor=None,
        organization=world.joint_branch,
        parts=parts,
        on=DAY,
        document=DOCUMENT,
        homes=Homes(everything=parts[1], single={("coverage", world.joint.pk): parts[0]}),
        keep=False,
    )

    assert world.joint_branch not in PartyOrganization.objects.existing(DAY)
    assert covered_by(world.joint_too, DAY) == [("东岭竹器党支部", FormationMode.JOINT)]


# Restoring -----------------------------------------------------------------------------------


def test_a_restored_organization_was_missing_in_between(world: World) -> None:
    body = make_organization("西河商会党支部", parent=world.west_committee)
    close(body, on=date(2025, 1, 1))

    services.restore_organization(
        actor=None, organization=body, on=DAY, document=DOCUMENT, reason="恢复"
    )

    existing = PartyOrganization.objects.existing
    assert [body in existing(day) for day in (date(2024, 12, 31), EVE, DAY)] == [True, False, True]
    assert body.pk not in tree.path_as_of(EVE)
    assert tree.parents_as_of(DAY)[body.pk] == world.west_committee.pk


def test_restored_on_the_day_it_closed_it_never_was_away(world: World) -> None:
    body = make_organization("西河商会党支部", parent=world.west_committee)
    close(body)

    services.restore_organization(actor=None, organization=body, on=DAY, document=DOCUMENT)

    assert body.placements.get().valid_to is None


def test_restoring_asks_for_a_day_and_a_superior_that_fit(world: World) -> None:
    body = make_organization("西河商会党支部", parent=world.west_committee)
    with pytest.raises(ValidationError, match="没有撤销，无须恢复"):
        services.restore_organization(actor=None, organization=body, on=DAY, document=DOCUMENT)
    close(body)
    with pytest.raises(ValidationError, match="恢复日期不能早于撤销日期"):
        services.restore_organization(actor=None, organization=body, on=EVE, document=DOCUMENT)
    close(world.west_committee, Homes(everything=world.county_committee))
    with pytest.raises(ValidationError, match="西河镇党委”在 2026-03-01 已撤销"):
        services.restore_organization(actor=None, organization=body, on=DAY, document=DOCUMENT)
