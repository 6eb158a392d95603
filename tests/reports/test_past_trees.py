"""A past report uses the tree, the kinds and the natures of its day."""

from datetime import date

from enterprises.models import FormationMode
from organizations import services
from organizations.closing import Homes
from organizations.models import OrganizationKind, OrganizationNature
from reports.coverage import measure
from reports.facts import facts
from reports.parameters import rules_on
from reports.units import units_on
from tests.builders import cover, make_organization
from tests.world import World

DAY, EVE = date(2026, 3, 1), date(2026, 2, 28)
DOCUMENT = "江工委〔2026〕7号"


def test_figures_roll_up_in_the_tree_of_their_day(world: World) -> None:
    """The western committee comes under the park: from that day its figures are the park's."""
    before, old = measure(EVE), world.west_committee.path

    services.move_organization(
        actor=None,
        organization=world.west_committee,
        parent=world.park_committee,
        on=DAY,
        document=DOCUMENT,
    )

    assert measure(EVE) == before
    assert measure(EVE).of(world.park.code).total == 1
    assert measure(DAY).of(world.park.code).total == 2
    paths = {unit.name: unit.path for unit in units_on(EVE)}
    assert paths["西河镇"] == old


def test_a_closed_branch_still_covers_in_reports_of_days_before(world: World) -> None:
    services.close_organization(
        actor=None,
        organization=world.own_branch,
        on=DAY,
        document=DOCUMENT,
        homes=Homes(everything=world.joint_branch),
    )

    held = {
        day: facts(day, rules_on(day)).get(enterprise=world.own).organization for day in (EVE, DAY)
    }
    assert held == {EVE: world.own_branch, DAY: world.joint_branch}


def test_a_branch_counts_by_the_kind_of_its_day(world: World) -> None:
    services.upgrade_organization(
        actor=None,
        organization=world.own_branch,
        kind=OrganizationKind.GENERAL_BRANCH,
        on=DAY,
        document=DOCUMENT,
    )

    kinds = [
        facts(day, rules_on(day)).get(enterprise=world.own).organization_kind for day in (EVE, DAY)
    ]
    assert kinds == [OrganizationKind.BRANCH, OrganizationKind.GENERAL_BRANCH]


def test_a_temporary_body_counts_from_the_day_it_becomes_regular(world: World) -> None:
    body = make_organization(
        "西河临时党支部", parent=world.west_committee, nature=OrganizationNature.TEMPORARY
    )
    cover(world.uncovered, body, mode=FormationMode.HOSTED)
    services.upgrade_organization(
        actor=None,
        organization=body,
        kind=OrganizationKind.BRANCH,
        nature=OrganizationNature.REGULAR,
        on=DAY,
        document=DOCUMENT,
    )

    modes = [facts(day, rules_on(day)).get(enterprise=world.uncovered).mode for day in (EVE, DAY)]
    assert modes == [None, FormationMode.HOSTED]


def test_a_restored_branch_does_not_cover_while_it_was_away(world: World) -> None:
    body = make_organization("西河商会党支部", parent=world.west_committee)
    services.close_organization(
        actor=None, organization=body, on=date(2025, 6, 1), document=DOCUMENT
    )
    services.restore_organization(actor=None, organization=body, on=DAY, document=DOCUMENT)
    cover(world.uncovered, body, mode=FormationMode.HOSTED)

    modes = [facts(day, rules_on(day)).get(enterprise=world.uncovered).mode for day in (EVE, DAY)]
    assert modes == [None, FormationMode.HOSTED]
