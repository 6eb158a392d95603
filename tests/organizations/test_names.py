"""Names, kinds and natures by day; corrections hold for as long as the wrong fact did."""

from datetime import date, timedelta
from typing import Any

import pytest

from core.dates import today
from core.models import AuditEntry
from organizations import past, services, tree
from organizations.models import (
    OrganizationKind,
    PartyOrganization,
)
from tests.builders import LONG_AGO
from tests.organizations.acts import DAY, DOCUMENT, EVE, refusal
from tests.world import World


def test_a_past_report_shows_the_name_of_its_day(world: World) -> None:
    old = world.own_branch.name

    change = services.rename_organization(
        actor=world.clerk,
        organization=world.own_branch,
        name="长江路党支部",
        on=DAY,
        document=DOCUMENT,
        reason="企业更名",
    )

    assert past.name_as_of(world.own_branch, EVE) == old
    assert past.name_as_of(world.own_branch, DAY) == "长江路党支部"
    stored = PartyOrganization.objects.get(pk=world.own_branch.pk)
    assert (stored.name, "changjianglu" in stored.search_key) == ("长江路党支部", True)
    assert (change.before, change.after) == ({"name": old}, {"name": "长江路党支部"})
    entry = AuditEntry.objects.get(verb="organization.rename")
    assert (entry.actor, entry.reason) == (world.clerk, "企业更名")
    assert entry.after == {
        "name": "长江路党支部",
        "effective_on": str(DAY),
        "document": DOCUMENT,
    }


def test_a_branch_becomes_a_general_branch_with_a_new_name(world: World) -> None:
    services.upgrade_organization(
        actor=None,
        organization=world.own_branch,
        kind=OrganizationKind.GENERAL_BRANCH,
        name="北湖电子党总支",
        on=DAY,
        document=DOCUMENT,
    )

    world.own_branch.refresh_from_db()
    assert world.own_branch.kind == OrganizationKind.GENERAL_BRANCH
    assert past.kind_as_of(world.own_branch, EVE) == OrganizationKind.BRANCH
    assert past.kind_as_of(world.own_branch, DAY) == OrganizationKind.GENERAL_BRANCH


def test_many_organizations_take_their_past_names_in_one_query(
    world: World, django_assert_num_queries: Any
) -> None:
    services.rename_organization(
        actor=None, organization=world.own_branch, name="新名党支部", on=DAY, document=DOCUMENT
    )
    rows = list(PartyOrganization.objects.all())

    with django_assert_num_queries(1):
        then = {one.pk: one.name for one in past.as_they_were(rows, EVE)}

    assert then[world.own_branch.pk] == "北湖电子党支部"


def test_a_name_of_tomorrow_waits_for_the_night(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = today() + timedelta(days=1)
    services.rename_organization(
        actor=None, organization=world.own_branch, name="明日党支部", on=tomorrow, document=DOCUMENT
    )
    assert PartyOrganization.objects.get(pk=world.own_branch.pk).name == "北湖电子党支部"

    monkeypatch.setattr(past, "today", lambda: tomorrow)
    services.refresh_today()

    assert PartyOrganization.objects.get(pk=world.own_branch.pk).name == "明日党支部"


def test_renamed_twice_on_one_day_keeps_the_last_name(world: World) -> None:
    for name in ("甲党支部", "乙党支部"):
        services.rename_organization(
            actor=None, organization=world.own_branch, name=name, on=DAY, document=DOCUMENT
        )

    assert past.name_as_of(world.own_branch, DAY) == "乙党支部"
    assert world.own_branch.periods.count() == 2


def test_a_name_before_a_later_name_is_refused(world: World) -> None:
    services.rename_organization(
        actor=None, organization=world.own_branch, name="甲党支部", on=DAY, document=DOCUMENT
    )

    said = refusal(
        services.rename_organization, organization=world.own_branch, name="乙党支部", on=EVE
    )

    assert said == {"on": ["该日之后已有名称或类别变动，请先核对。"]}


def test_an_unchanged_kind_is_no_upgrade(world: World) -> None:
    said = refusal(services.upgrade_organization, organization=world.own_branch, kind="branch")

    assert said == {"kind": ["与现在相同，无须变动。"]}


def test_a_correction_changes_the_name_for_as_long_as_it_held(world: World) -> None:
    services.change_organization(
        actor=world.clerk, organization=world.own_branch, name="北湖电子厂党支部", reason="录入有误"
    )

    assert past.name_as_of(world.own_branch, LONG_AGO) == "北湖电子厂党支部"


def test_a_corrected_day_of_establishment_moves_the_first_place(world: World) -> None:
    earlier = date(2019, 5, 1)

    services.change_organization(
        actor=world.clerk, organization=world.own_branch, established_on=earlier, reason="录入有误"
    )

    assert world.own_branch.pk in tree.path_as_of(earlier)
    assert past.name_as_of(world.own_branch, earlier) == "北湖电子党支部"
