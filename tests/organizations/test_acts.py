"""Acts on organizations: what each changes from its day on, what it refuses, what it leaves."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organizations import past, services, tree
from organizations.closing import Homes
from organizations.models import (
    ChangeKind,
    OrganizationChange,
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
)
from tests.builders import make_organization
from tests.organizations.acts import DAY, DOCUMENT, EVE, Role, parts_of, refusal
from tests.world import World

# What every act asks for ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "arguments"),
    [
        (services.move_organization, {"parent": "east_committee"}),
        (services.rename_organization, {"name": "某党支部"}),
        (services.upgrade_organization, {"kind": "committee"}),
        (services.close_organization, {}),
        (services.restore_organization, {}),
        (services.set_guiding_superior, {"superior": "east_committee"}),
        (services.end_guiding_superior, {}),
        (services.split_organization, {"parts": []}),
    ],
)
def test_an_act_without_document_is_refused_at_the_field(
    world: World, service: Callable[..., Any], arguments: dict[str, Any]
) -> None:
    arguments = {name: getattr(world, str(value), value) for name, value in arguments.items()}

    said = refusal(service, organization=world.own_branch, document=" ", **arguments)

    assert [*said] == ["document"]
    assert said["document"][0].endswith("须填写批准文号。")


def test_the_database_too_wants_a_document(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationChange.objects.create(kind=ChangeKind.MOVE, effective_on=DAY)


@pytest.mark.parametrize(
    ("service", "arguments"),
    [
        (services.move_organization, {"parent": "east_committee"}),
        (services.rename_organization, {"name": "某党支部"}),
        (services.close_organization, {}),
        (services.set_guiding_superior, {"superior": "east_committee"}),
    ],
)
def test_nothing_happens_before_the_day_of_establishment(
    world: World, service: Callable[..., Any], arguments: dict[str, Any]
) -> None:
    arguments = {name: getattr(world, str(value), value) for name, value in arguments.items()}

    said = refusal(service, organization=world.own_branch, on=date(2019, 1, 1), **arguments)

    assert said == {"on": ["“北湖电子党支部”在 2019-01-01 尚未成立，成立日期为 2020-01-01。"]}


# Places --------------------------------------------------------------------------------------


def test_a_move_enters_both_superiors_into_its_history(world: World) -> None:
    change = services.move_organization(
        actor=world.clerk,
        organization=world.own_branch,
        parent=world.east_committee,
        on=DAY,
        document=DOCUMENT,
    )

    assert parts_of(change) == {
        ("北湖电子党支部", Role.SUBJECT),
        ("东岭镇党委", Role.PARENT),
        ("北湖园区综合党委", Role.FORMER_PARENT),
    }
    assert list(OrganizationChange.objects.of(world.park_committee.pk)) == [change]


def test_history_is_seen_by_whoever_sees_a_partner(world: World) -> None:
    services.move_organization(
        actor=None,
        organization=world.own_branch,
        parent=world.east_committee,
        on=DAY,
        document=DOCUMENT,
    )

    seen = OrganizationChange.objects.visible_to
    assert seen(world.east_officer).count() == seen(world.park_officer).count() == 1
    assert seen(world.west_officer).count() == 0
    assert seen(world.system_administrator).count() == 0


@pytest.mark.parametrize(
    ("parent", "sentence"),
    [
        ("own_branch", "上级党组织不能是它自己。"),
        ("park_committee", "“北湖电子党支部”已隶属“北湖园区综合党委”。"),
    ],
)
def test_a_senseless_superior_is_refused(world: World, parent: str, sentence: str) -> None:
    said = refusal(
        services.move_organization, organization=world.own_branch, parent=getattr(world, parent)
    )

    assert said == {"parent": [sentence]}


def test_a_second_move_before_a_planned_one_is_refused(world: World) -> None:
    services.move_organization(
        actor=None,
        organization=world.own_branch,
        parent=world.east_committee,
        on=date(2027, 1, 1),
        document=DOCUMENT,
    )

    said = refusal(
        services.move_organization, organization=world.own_branch, parent=world.west_committee
    )

    assert said == {"on": ["该日之后已有隶属变动，请先核对。"]}


def test_every_column_that_stores_a_path_follows_a_move() -> None:
    """But the log and published figures, which tell where something was on their day."""
    kept = {"core.AuditEntry.scope_path", "reports.CoverageFigure.path"}
    kept |= {"core.Attachment.path", "activities.ActivityPhoto.path"}  # where a file lies
    stored = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.name in {"path", "scope_path"}
    }

    assert {f"{model}.{field}" for model, field in tree.followers()} == stored - kept


def test_stored_paths_of_jobs_and_views_follow_a_move(world: World) -> None:
    from core.models import Job, SavedView

    old = world.own_branch.path
    job = Job.objects.create(kind="x", title="任务", idempotency_key="1", scope_path=old)
    view = SavedView.objects.create(owner=world.clerk, page="p", name="v", scope_path=old)

    services.move_organization(
        actor=None,
        organization=world.park_committee,
        parent=world.east_committee,
        on=DAY,
        document=DOCUMENT,
    )

    path = PartyOrganization.objects.get(pk=world.own_branch.pk).path
    job.refresh_from_db()
    view.refresh_from_db()
    assert path != old
    assert (job.scope_path, view.scope_path) == (path, path)


# Setting up ----------------------------------------------------------------------------------


def test_setting_up_is_the_first_line_of_the_history(world: World) -> None:
    organization = services.form_organization(
        actor=world.clerk,
        organization=PartyOrganization(
            code="N2", name="东岭竹器党支部", kind="branch", established_on=DAY
        ),
        parent=world.east_committee,
        document=DOCUMENT,
    )

    change = OrganizationChange.objects.of(organization.pk).get()
    assert (change.kind, change.effective_on, change.document) == ("form", DAY, DOCUMENT)
    assert past.name_as_of(organization, DAY) == "东岭竹器党支部"


def test_nothing_is_set_up_below_a_superior_that_is_gone(world: World) -> None:
    old = make_organization("旧党委", parent=world.county_committee)
    services.close_organization(actor=None, organization=old, on=DAY, document=DOCUMENT)

    with pytest.raises(ValidationError) as caught:
        services.form_organization(
            actor=None,
            organization=PartyOrganization(
                code="N3", name="新党支部", kind="branch", established_on=DAY
            ),
            parent=old,
        )

    assert caught.value.message_dict == {"parent": ["“旧党委”在 2026-03-01 已撤销。"]}


def test_a_temporary_body_becomes_a_regular_one(world: World) -> None:
    body = make_organization(
        "项目临时党支部", parent=world.park_committee, nature=OrganizationNature.TEMPORARY
    )

    services.upgrade_organization(
        actor=None,
        organization=body,
        kind=OrganizationKind.BRANCH,
        nature=OrganizationNature.REGULAR,
        on=DAY,
        document=DOCUMENT,
    )

    assert PartyOrganization.objects.get(pk=body.pk).nature == OrganizationNature.REGULAR
    assert body.periods.as_of(EVE).get().nature == OrganizationNature.TEMPORARY


def test_homes_are_found_from_the_single_row_to_the_whole(world: World) -> None:
    from organizations.closing import Dependent

    homes = Homes(
        everything=world.county_committee,
        kinds={"children": world.east_committee},
        single={("children", 7): world.west_committee},
    )

    assert homes.of(Dependent("children", 7, "")) == world.west_committee
    assert homes.of(Dependent("children", 8, "")) == world.east_committee
    assert homes.of(Dependent("areas", 7, "")) == world.county_committee
