"""Closing, merging, splitting, restoring: nothing is left without a home, nothing half-written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core.dates import today
from core.models import AuditEntry
from enterprises.models import CoverageLink, Enterprise, FormationMode
from organizations import closing, services, tree
from organizations.closing import Homes
from organizations.consequences import perform, preview
from organizations.models import (
    Area,
    ChangePart,
    OrganizationChange,
    OrganizationKind,
    PartyOrganization,
    Placement,
)
from organizations.services import nightly
from tests.builders import cover, make_organization, make_person
from tests.world import World

DAY, EVE = date(2026, 3, 1), date(2026, 2, 28)
DOCUMENT = "江工委〔2026〕5号"
Role = ChangePart.Role


def close(organization: PartyOrganization, homes: Homes | None = None, on: date = DAY) -> None:
    services.close_organization(
        actor=None,
        organization=organization,
        on=on,
        document=DOCUMENT,
        reason="整合",
        homes=homes or Homes(),
    )


def covered_by(enterprise: Enterprise, on: date) -> list[tuple[str, str]]:
    links = CoverageLink.objects.as_of(on).filter(enterprise=enterprise)
    return list(links.values_list("organization__name", "mode"))


# What blocks ----------------------------------------------------------------------------------


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


# Closing --------------------------------------------------------------------------------------


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


# The database ---------------------------------------------------------------------------------


@contextmanager
def at_once() -> Iterator[None]:
    """A transaction whose end is here, as far as deferred constraints are concerned."""
    with transaction.atomic():
        yield
        connection.check_constraints()


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


# Merging --------------------------------------------------------------------------------------


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


# Splitting ------------------------------------------------------------------------------------


def part(code: str, name: str) -> PartyOrganization:
    return PartyOrganization(code=code, name=name, kind=OrganizationKind.BRANCH)


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


# Restoring ------------------------------------------------------------------------------------


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


# Previews -------------------------------------------------------------------------------------


def test_a_preview_lists_the_homeless_and_writes_nothing(world: World) -> None:
    make_person("张北湖", home=world.own_branch)

    seen = preview(
        services.close_organization,
        actor=world.clerk,
        organization=world.own_branch,
        on=DAY,
        document=DOCUMENT,
    )

    assert [(one.key, one.label) for one in seen.homeless] == [
        ("coverage", "北湖电子有限公司"),
        ("persons", "张北湖"),
    ]
    assert not seen.is_possible
    assert world.own_branch.abolished_on is None
    assert OrganizationChange.objects.count() == 0
    assert covered_by(world.own, DAY) == [("北湖电子党支部", FormationMode.SINGLE)]


def test_a_preview_shows_coverage_before_and_after(world: World) -> None:
    seen = preview(
        services.close_organization,
        actor=world.clerk,
        organization=world.own_branch,
        on=DAY,
        document=DOCUMENT,
    )

    lines = {line.label: line for group in seen.groups for line in group.lines}
    park = lines["北湖园区：党的组织覆盖率"]
    assert (park.before, park.after, park.concern) == ("1/1 (100.0%)", "0/1 (0.0%)", True)
    assert "东岭镇：党的组织覆盖率" not in lines


def test_a_preview_shows_no_unit_beyond_the_scope_of_its_reader(world: World) -> None:
    seen = preview(
        services.close_organization,
        actor=world.park_officer,
        organization=world.own_branch,
        on=DAY,
        document=DOCUMENT,
    )

    units = {line.label.split("：")[0] for group in seen.groups for line in group.lines}
    assert units == {"北湖园区"}


def test_a_preview_of_a_split_leaves_the_parts_unsaved(world: World) -> None:
    own = part("F1", "东岭茶业党支部")
    arguments = {
        "actor": world.clerk,
        "organization": world.joint_branch,
        "parts": [own],
        "on": DAY,
        "document": DOCUMENT,
        "homes": Homes(single={("coverage", world.joint.pk): own}),
    }

    seen = preview(services.split_organization, **arguments)

    assert own._state.adding
    assert seen.is_possible
    assert list(seen.moves) == [{"label": "覆盖企业", "count": 1, "home": "东岭茶业党支部"}]
    perform(services.split_organization, **arguments)
    assert not own._state.adding


def test_what_a_preview_refuses_is_refused_with_its_field(world: World) -> None:
    with pytest.raises(ValidationError) as caught:
        preview(
            services.move_organization,
            actor=None,
            organization=world.park_committee,
            parent=world.own_branch,
            on=DAY,
            document=DOCUMENT,
        )

    assert caught.value.message_dict == {"parent": ["上级党组织不能是它自己的下级。"]}


def test_a_performed_act_keeps_its_figures(world: World) -> None:
    change = perform(
        services.close_organization,
        actor=world.clerk,
        organization=world.own_branch,
        on=DAY,
        document=DOCUMENT,
        homes=Homes(everything=world.joint_branch),
    )

    change.refresh_from_db()
    figures = {line["label"]: line["after"] for line in change.consequences if "group" in line}
    assert figures["北湖园区：单独组建率"] == "0/1 (0.0%)"


def test_every_kind_of_thing_is_registered_once() -> None:
    keys = {hold.key for hold in closing.holds()}
    assert keys >= {"children", "areas", "guided", "coverage", "persons", "posts", "terms"}
    with pytest.raises(ValueError, match="registered"):
        closing.register(
            closing.Hold("children", "下级", lambda one, on: [], lambda departure, rows: None)
        )
