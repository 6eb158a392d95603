"""Looking ahead at an act: who would be homeless, what would change; nothing is written."""

import pytest
from django.core.exceptions import ValidationError

from enterprises.models import FormationMode
from organizations import closing, services
from organizations.closing import Homes
from organizations.consequences import perform, preview
from organizations.models import (
    OrganizationChange,
)
from tests.builders import make_person
from tests.organizations.acts import DAY, DOCUMENT, covered_by, part
from tests.world import World


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

    rates = next(group.lines for group in seen.groups if group.label == "覆盖率")
    assert {line.label.split("：")[0] for line in rates} == {"北湖园区"}


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
