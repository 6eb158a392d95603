"""Acts on organizations: what each changes from its day on, what it refuses, what it leaves."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.dates import today
from core.models import AuditEntry
from organizations import past, services, tree
from organizations.closing import Homes
from organizations.models import (
    ChangeKind,
    ChangePart,
    DualManagement,
    OrganizationChange,
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
    Placement,
)
from tests.builders import LONG_AGO, make_organization
from tests.world import World

DAY = date(2026, 3, 1)
EVE = date(2026, 2, 28)
DOCUMENT = "江工委〔2026〕3号"
Role = ChangePart.Role


def refusal(service: Callable[..., Any], **arguments: Any) -> dict[str, list[str]]:
    """What the service says, by field; it must refuse and leave nothing behind."""
    before = OrganizationChange.objects.count(), Placement.objects.count()
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        service(**{"actor": None, "on": DAY, "document": DOCUMENT} | arguments)
    assert (OrganizationChange.objects.count(), Placement.objects.count()) == before
    return caught.value.message_dict


def parts_of(change: OrganizationChange) -> set[tuple[str, str]]:
    return set(change.parts.values_list("organization__name", "role"))


# Names and kinds -----------------------------------------------------------------------------


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


# What every act asks for -----------------------------------------------------------------------


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


# Second superiors ------------------------------------------------------------------------------


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


# Setting up ------------------------------------------------------------------------------------


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
