"""Plans of formation: opened once, planned with unit and day, carried on step by step."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from enterprises.formation.services import advance, begin_work, open_plans, plan_formation
from enterprises.models import FormationPlan, FormationReason, FormationState, FormationStep
from tests.builders import cover
from tests.world import World, build_world

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def plan(world: World) -> FormationPlan:
    reasons = {world.uncovered: FormationReason.FULL_MEMBERS}
    return open_plans(actor=world.clerk, reasons=reasons, on=JUNE)[0]


def planned(world: World, plan: FormationPlan, **facts: object) -> FormationPlan:
    wanted: dict[str, Any] = {"unit": world.west_committee, "planned_on": AUGUST, **facts}
    return plan_formation(actor=world.west_officer, plans=[plan], on=JUNE, **wanted)[0]


def step(plan: FormationPlan, act: str, **said: object) -> FormationPlan:
    facts: dict[str, Any] = {"on": JULY, "reason": "按计划", **said}
    return advance(actor=None, plans=[plan], act=f"formation.{act}", **facts)[0]


def test_the_committee_of_the_area_is_responsible(world: World, plan: FormationPlan) -> None:
    assert (plan.unit, plan.state) == (world.west_committee, FormationState.IDENTIFIED)


def test_an_enterprise_has_one_open_plan(world: World, plan: FormationPlan) -> None:
    again = open_plans(actor=None, reasons={world.uncovered: FormationReason.ABOVE_SCALE}, on=JULY)
    assert again == []
    with pytest.raises(IntegrityError), transaction.atomic():
        FormationPlan.objects.create(
            enterprise=world.uncovered, reason=FormationReason.OTHER, identified_on=JULY
        )


def test_a_plan_goes_through_its_states_with_who_when_and_why(
    world: World, plan: FormationPlan
) -> None:
    planned(world, plan, person="林专干")
    step(plan, "prepare")
    step(plan, "approve", document="江组〔2026〕8号")
    plan.refresh_from_db()
    assert (plan.state, plan.document) == (FormationState.APPROVED, "江组〔2026〕8号")
    assert list(plan.steps.values_list("state", "on", "actor__full_name")) == [
        ("identified", JUNE, "王县办"),
        ("planned", JUNE, "林西河"),
        ("preparing", JULY, None),
        ("approved", JULY, None),
    ]
    verbs = set(AuditEntry.objects.filter(target_id=str(plan.pk)).values_list("verb", flat=True))
    assert verbs == {"formation.open", "formation.change", "formation.prepare", "formation.approve"}


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"unit": None}, "unit", "请选择责任单位。"),
        ({"planned_on": None}, "planned_on", "请填写拟建日期。"),
        (
            {"planned_on": date(2026, 5, 1)},
            "planned_on",
            "拟建日期不能早于识别日期 2026-06-01。",
        ),
    ],
)
def test_a_plan_names_a_unit_and_a_day(
    world: World, plan: FormationPlan, facts: dict[str, object], field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as problem:
        planned(world, plan, **facts)
    assert problem.value.message_dict == {field: [sentence]}
    plan.refresh_from_db()
    assert plan.state == FormationState.IDENTIFIED


def test_an_abolished_unit_cannot_be_responsible(world: World, plan: FormationPlan) -> None:
    world.west_committee.abolished_on = JUNE
    world.west_committee.save()
    with pytest.raises(ValidationError) as problem:
        planned(world, plan)
    assert problem.value.message_dict == {"unit": ["“西河镇党委”已于 2026-06-01 撤销。"]}


def test_approving_needs_the_number_of_the_document(world: World, plan: FormationPlan) -> None:
    planned(world, plan)
    step(plan, "prepare")
    with pytest.raises(ValidationError) as problem:
        step(plan, "approve")
    assert problem.value.message_dict == {"document": ["批准成立须填写批准文号。"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        FormationPlan.objects.filter(pk=plan.pk).update(state=FormationState.APPROVED)


def test_a_step_cannot_be_skipped(world: World, plan: FormationPlan) -> None:
    with pytest.raises(ValidationError) as problem:
        step(plan, "approve", document="江组〔2026〕8号")
    assert problem.value.messages == [
        "“西河纺织有限公司”的组建计划当前状态为“已识别”，不能批准成立。"
    ]


def test_a_step_is_not_dated_before_the_last_one(world: World, plan: FormationPlan) -> None:
    planned(world, plan)
    step(plan, "prepare")
    with pytest.raises(ValidationError) as problem:
        step(plan, "approve", on=JUNE, document="江组〔2026〕8号")
    assert problem.value.message_dict == {"on": ["日期不能早于上一步 2026-07-01。"]}


def test_closing_gives_a_reason_and_makes_room_for_a_new_plan(
    world: World, plan: FormationPlan
) -> None:
    with pytest.raises(ValidationError):
        step(plan, "close", reason="")
    step(plan, "close", reason="并入联合党支部")
    reasons = {world.uncovered: FormationReason.OTHER}
    assert len(open_plans(actor=None, reasons=reasons, on=AUGUST)) == 1


def test_a_finished_plan_is_not_changed(world: World, plan: FormationPlan) -> None:
    step(plan, "close")
    with pytest.raises(ValidationError, match="已经撤并"):
        planned(world, plan)


def test_a_covered_enterprise_ends_its_plan_with_the_link(
    world: World, plan: FormationPlan
) -> None:
    link = cover(world.uncovered, world.joint_branch, mode="joint", since=JULY)
    begin_work(actor=None, links={plan: link})
    plan.refresh_from_db()
    assert (plan.state, plan.link) == (FormationState.WORKING, link)
    last = FormationStep.objects.filter(plan=plan).last()
    assert last is not None
    assert (last.on, last.reason) == (JULY, "由“东岭第一联合党支部”覆盖")


def test_overdue_is_what_should_stand_by_now_and_does_not(
    world: World, plan: FormationPlan
) -> None:
    planned(world, plan)
    assert not FormationPlan.objects.overdue(AUGUST).exists()
    assert FormationPlan.objects.overdue(date(2026, 8, 2)).exists()
    step(plan, "close")
    assert not FormationPlan.objects.overdue(date(2026, 8, 2)).exists()
