"""Closing: nothing is left without a home, and the days before keep what held."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User
from core.dates import today
from core.models import AuditEntry
from enterprises.models import FormationMode
from organizations import services, tree
from organizations.closing import Homes
from organizations.models import (
    Area,
    OrganizationChange,
    PartyOrganization,
    Placement,
)
from organizations.services import nightly
from tests.builders import cover, make_organization, make_person
from tests.organizations.acts import DAY, DOCUMENT, EVE, Role, at_once, close, covered_by
from tests.world import World

# What blocks ---------------------------------------------------------------------------------


def test_a_branch_with_a_firm_and_people_does_not_close(world: World) -> None:
    make_person("张北湖", home=world.own_branch)

    with pytest.raises(ValidationError) as caught:
        close(world.own_branch)

    assert caught.value.message_dict == {
        "coverage": ["以下覆盖企业还没有新的去向：北湖电子有限公司。"],
        "persons": ["以下人员还没有新的去向：张北湖。"],
    }
    assert PartyOrganization.objects.get(pk=world.own_branch.pk).abolished_on is None


def test_a_committee_with_children_and_an_area_does_not_close(world: World) -> None:
    with pytest.raises(ValidationError) as caught:
        close(world.park_committee)

    assert caught.value.message_dict == {
        "children": ["以下下级党组织还没有新的去向：北湖电子党支部。"],
        "areas": ["以下负责的辖区还没有新的去向：北湖园区。"],
    }


def test_a_refusal_names_three_and_counts_the_rest(world: World) -> None:
    for number in range(4):
        make_organization(f"西河第{number}支部", parent=world.west_committee)

    with pytest.raises(ValidationError) as caught:
        close(world.west_committee, Homes(kinds={"areas": world.east_committee}))

    (said,) = caught.value.message_dict["children"]
    assert said.endswith("等 4 项。")


def test_a_home_that_is_gone_is_no_home(world: World) -> None:
    gone = make_organization("旧党委", parent=world.county_committee)
    close(gone, on=date(2025, 1, 1))

    with pytest.raises(ValidationError, match="旧党委”在 2026-03-01 尚未成立或已撤销"):
        close(world.own_branch, Homes(everything=gone))


def test_nobody_is_his_own_heir(world: World) -> None:
    with pytest.raises(ValidationError, match="不能是“北湖电子党支部”自己"):
        close(world.own_branch, Homes(everything=world.own_branch))


def test_a_child_does_not_take_over_its_own_superior(world: World) -> None:
    general = make_organization("北湖第二总支", parent=world.park_committee)
    make_organization("北湖第二总支一支部", parent=general)
    child = general.child_placements.get().organization

    with pytest.raises(ValidationError, match="新上级不能是它自己"):
        close(general, Homes(everything=child))


# Closing -------------------------------------------------------------------------------------


def test_a_closed_committee_hands_everything_on_from_its_day(world: World) -> None:
    close(world.park_committee, Homes(everything=world.east_committee))

    world.own_branch.refresh_from_db()
    assert world.own_branch.path.startswith(world.east_committee.path)
    assert tree.parents_as_of(EVE)[world.own_branch.pk] == world.park_committee.pk
    assert tree.parents_as_of(DAY)[world.own_branch.pk] == world.east_committee.pk
    assert world.park_committee.pk not in tree.path_as_of(DAY)
    assert Area.objects.get(pk=world.park.pk).committee == world.east_committee
    assert world.park.responsibilities.as_of(EVE).get().organization == world.park_committee
    existing = PartyOrganization.objects.existing
    assert world.park_committee in existing(EVE)
    assert world.park_committee not in existing(DAY)


def test_the_history_keeps_what_went_where(world: World) -> None:
    close(world.park_committee, Homes(everything=world.east_committee))

    change = OrganizationChange.objects.of(world.park_committee.pk).get(kind="abolish")
    assert {(line["label"], line["count"], line["home"]) for line in change.consequences} == {
        ("下级党组织", 1, "东岭镇党委"),
        ("负责的辖区", 1, "东岭镇党委"),
        ("岗位授权", 1, ""),
    }
    assert change.parts.get(role=Role.SUCCESSOR).organization == world.east_committee
    assert AuditEntry.objects.get(verb="organization.abolish").target_label == "北湖园区综合党委"


def test_each_firm_may_go_elsewhere(world: World) -> None:
    other = make_organization("东岭第二支部", parent=world.east_committee)

    close(
        world.joint_branch,
        Homes(kinds={"coverage": other}, single={("coverage", world.joint.pk): world.own_branch}),
    )

    assert covered_by(world.joint, EVE) == [("东岭第一联合党支部", "joint")]
    assert covered_by(world.joint, DAY) == [("北湖电子党支部", "joint")]
    assert covered_by(world.joint_too, DAY) == [("东岭第二支部", "joint")]


def test_an_own_branch_that_takes_in_a_second_firm_becomes_joint_cover(world: World) -> None:
    close(world.joint_branch, Homes(everything=world.own_branch))

    assert covered_by(world.own, EVE) == [("北湖电子党支部", FormationMode.SINGLE)]
    assert covered_by(world.own, DAY) == [("北湖电子党支部", FormationMode.JOINT)]


def test_a_firm_that_its_new_home_covers_already_keeps_one_link(world: World) -> None:
    cover(world.joint, world.own_branch, mode=FormationMode.JOINT, since=date(2025, 1, 1))

    close(world.joint_branch, Homes(everything=world.own_branch))

    assert covered_by(world.joint, DAY) == [("北湖电子党支部", FormationMode.JOINT)]


def test_posts_at_a_closed_organization_end_with_it(world: World) -> None:
    close(world.own_branch, Homes(everything=world.joint_branch))

    assert world.secretary.grants.get().valid_to == DAY
    assert not PartyOrganization.objects.visible_to(User.objects.get(pk=world.secretary.pk))
    entry = AuditEntry.objects.get(verb="grant.end")
    assert entry.reason == "北湖电子党支部撤销"


def test_bodies_that_it_guided_are_guided_no_longer(world: World) -> None:
    guide = make_organization("行业党委", parent=world.county_committee)
    services.set_guiding_superior(
        actor=None,
        organization=world.own_branch,
        superior=guide,
        on=date(2026, 1, 1),
        document=DOCUMENT,
    )

    close(guide)

    assert world.own_branch.guidances.get().valid_to == DAY


def test_a_planned_closing_waits_for_its_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person("张北湖", home=world.own_branch)
    path = world.own_branch.path
    tomorrow = today() + timedelta(days=1)

    close(world.own_branch, Homes(everything=world.joint_branch), on=tomorrow)

    person.refresh_from_db()
    assert person.home_organization == world.own_branch
    assert world.own_branch in PartyOrganization.objects.existing(today())
    assert PartyOrganization.objects.get(pk=world.own_branch.pk).path == path

    monkeypatch.setattr(nightly, "today", lambda: tomorrow)
    services.refresh_today()

    person.refresh_from_db()
    assert person.home_organization == world.joint_branch
    assert OrganizationChange.objects.of(world.own_branch.pk).get().pending == []


# The database --------------------------------------------------------------------------------


def test_the_database_gives_no_place_below_a_closed_committee(world: World) -> None:
    empty = make_organization("空党委", parent=world.county_committee)
    close(empty)
    late = make_organization("后来的支部", parent=world.county_committee, since=DAY)

    with pytest.raises(IntegrityError, match="已撤销"), at_once():
        Placement.objects.filter(organization=late).update(parent=empty)


def test_the_database_ends_no_place_that_children_stand_below(world: World) -> None:
    with pytest.raises(IntegrityError, match="已撤销"), at_once():
        world.park_committee.placements.update(valid_to=DAY)


def test_the_database_covers_no_firm_by_a_closed_organization(world: World) -> None:
    empty = make_organization("空支部", parent=world.county_committee)
    close(empty)

    with pytest.raises(IntegrityError, match="撤销"), at_once():
        cover(world.uncovered, empty)


def test_the_database_closes_no_organization_that_covers_a_firm(world: World) -> None:
    with pytest.raises(IntegrityError, match="撤销"), at_once():
        PartyOrganization.objects.filter(pk=world.own_branch.pk).update(abolished_on=DAY)
