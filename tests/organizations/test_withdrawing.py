"""An act entered beforehand is taken back before its day; what follows from it is not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from core.dates import today
from core.models import AuditEntry
from organizations import services, tree
from organizations.models import ChangeKind, OrganizationChange, PartyOrganization
from organizations.past import name_as_of
from tests.builders import make_organization
from tests.organizations.acts import DOCUMENT
from tests.organizations.test_pages import desk
from tests.world import World

SOON, LATER = today() + timedelta(20), today() + timedelta(40)


def planned(world: World, service: Callable[..., Any], **facts: Any) -> OrganizationChange:
    said = {"actor": world.clerk, "organization": world.own_branch, "document": DOCUMENT}
    found: OrganizationChange = service(**{**said, "on": SOON, **facts})
    return found


def refused(change: OrganizationChange) -> str:
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        services.withdraw_act(actor=None, change=change, reason="误")
    return str(caught.value.messages[0])


def state(organization: PartyOrganization) -> list[Any]:
    return [
        list(rows.order_by("valid_from").values_list("valid_from", "valid_to"))
        for rows in (organization.placements, organization.periods, organization.guidances)
    ]


@pytest.mark.parametrize(
    ("service", "name"),
    [
        (services.move_organization, "parent"),
        (services.rename_organization, "name"),
        (services.upgrade_organization, "kind"),
        (services.set_guiding_superior, "superior"),
    ],
)
def test_a_planned_act_is_taken_back_whole(
    world: World, service: Callable[..., Any], name: str
) -> None:
    given = {"name": "新名党支部", "kind": "general_branch"}.get(name, world.east_committee)
    before = state(world.own_branch)
    change = planned(world, service, **{name: given})
    assert state(world.own_branch) != before

    client = desk(world.clerk)
    assert "撤回" in client.get(f"/orgs/changes/{change.pk}").content.decode()
    client.post(f"/orgs/changes/{change.pk}/withdraw", {"reason": "批复有误"})

    assert state(world.own_branch) == before
    assert not OrganizationChange.objects.filter(pk=change.pk).exists()
    entry = AuditEntry.objects.get(verb="organization.withdraw")
    assert entry.reason == "批复有误"
    assert entry.before is not None
    assert entry.before["document"] == DOCUMENT


def test_a_later_act_is_taken_back_first(world: World) -> None:
    first = planned(world, services.rename_organization, name="甲党支部")
    second = planned(world, services.rename_organization, name="乙党支部", on=LATER)

    said = refused(first)
    assert said == "该日及以后另有变动，请先撤回后来的变动。"
    services.withdraw_act(actor=None, change=second, reason="误")
    assert name_as_of(world.own_branch, LATER) == "甲党支部"


def test_an_organization_of_tomorrow_is_taken_back_unless_something_hangs_on_it(
    world: World,
) -> None:
    made = services.form_organization(
        actor=None,
        organization=PartyOrganization(code="N1", name="新党支部", established_on=SOON),
        parent=world.east_committee,
    )
    change = OrganizationChange.objects.about(made.pk).get()
    below = make_organization("下级党支部", parent=made, since=SOON)

    said = refused(change)
    assert "不能撤回" in said
    tree.uproot(below)
    services.withdraw_act(actor=None, change=change, reason="误")
    assert not PartyOrganization.objects.filter(code="N1").exists()


def test_what_has_taken_effect_or_rehomes_others_stays(world: World) -> None:
    done = planned(world, services.rename_organization, name="甲党支部", on=today())
    empty = make_organization("空党支部", parent=world.east_committee)
    kept = planned(world, services.close_organization, organization=empty)
    for change, sentence in ((done, "已经生效"), (kept, "不能整件撤回")):
        assert sentence in refused(change)


def test_what_lists_bring_begins_its_history(world: World) -> None:
    listed = PartyOrganization(code="N2", name="名单上的党支部", established_on=today())
    services.take_over([(listed, world.east_committee)], actor=world.clerk, reason="导入台账")

    page = desk(world.clerk).get(f"/orgs/{listed.pk}?tab=history").content.decode()

    assert OrganizationChange.objects.about(listed.pk).get().kind == ChangeKind.FORM
    assert "建立" in page
    assert "导入台账" in page
