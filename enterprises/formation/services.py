"""Writes of formation plans: opened, planned, carried on, closed; each step with who and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from core import audit
from core.states import TransitionRefusedError
from enterprises.models import (
    CoverageLink,
    Enterprise,
    FormationPlan,
    FormationReason,
    FormationState,
    FormationStep,
)
from enterprises.models.formation import FORMATION, OPEN_STATES
from enterprises.periods import scope_path_of

OPEN, CHANGE = "formation.open", "formation.change"
PLANNED_FACTS = (
    "mode",
    "proposed_name",
    "unit",
    "leader",
    "person",
    "planned_on",
    "obstacle",
    "measures",
    "remark",
)
Actor = AbstractBaseUser | None
Change = tuple[dict[str, Any], dict[str, Any]]
_QUEUE = 7_240_031  # number of the lock under which the queue is filled


def lock_queue() -> None:
    """Fill the queue one at a time: who waits finds the plans of the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_QUEUE])


@transaction.atomic
def open_plans(
    *,
    actor: Actor,
    reasons: Mapping[Enterprise, FormationReason],
    on: date,
    remark: str = "",
    **facts: Any,
) -> list[FormationPlan]:
    """One plan for each enterprise that has none open; `facts` are what they share.

    The committee of its reporting area is responsible, unless `facts` name another unit.
    """
    lock_queue()
    taken = set(
        FormationPlan.objects.filter(enterprise__in=reasons, state__in=OPEN_STATES).values_list(
            "enterprise_id", flat=True
        )
    )
    plans = FormationPlan.objects.bulk_create(
        FormationPlan(
            enterprise=one,
            reason=reason,
            identified_on=on,
            remark=remark,
            **{"unit": one.reporting_area.committee if one.reporting_area else None, **facts},
        )
        for one, reason in reasons.items()
        if one.pk not in taken
    )
    _step(actor, plans, FormationState.IDENTIFIED, on, remark)
    _record(actor, OPEN, plans, [({}, {"reason": plan.get_reason_display()}) for plan in plans])
    return plans


@transaction.atomic
def plan_formation(
    *, actor: Actor, plans: Iterable[FormationPlan], on: date, reason: str = "", **facts: Any
) -> list[FormationPlan]:
    """Say who builds, how and until when; a plan that is only identified becomes planned."""
    if unknown := set(facts) - set(PLANNED_FACTS):
        raise ValueError(f"not facts of a plan: {sorted(unknown)}")
    locked = _locked(plans)
    changes = []
    for plan in locked:
        if not plan.is_open:
            raise ValidationError(f"“{plan.enterprise}”的组建计划已经{plan.get_state_display()}。")
        changes.append(audit.difference({name: getattr(plan, name) for name in facts}, facts))
        for name, value in facts.items():
            setattr(plan, name, value)
        _check(plan, on)
    fresh = [plan for plan in locked if plan.state == FormationState.IDENTIFIED]
    for plan in fresh:
        plan.state = FormationState.PLANNED
    for plan in locked:
        plan.save()
    _step(actor, fresh, FormationState.PLANNED, on, reason)
    _record(actor, CHANGE, locked, [_plainly(change) for change in changes], reason)
    return locked


def _check(plan: FormationPlan, on: date) -> None:
    problems: dict[str, str] = {}
    if plan.unit is None:
        problems["unit"] = "请选择责任单位。"
    elif plan.unit.abolished_on and plan.unit.abolished_on <= on:
        problems["unit"] = f"“{plan.unit}”已于 {plan.unit.abolished_on} 撤销。"
    if plan.planned_on is None:
        problems["planned_on"] = "请填写拟建日期。"
    elif plan.planned_on < plan.identified_on:
        problems["planned_on"] = f"拟建日期不能早于识别日期 {plan.identified_on}。"
    if problems:
        raise ValidationError({name: [sentence] for name, sentence in problems.items()})


@transaction.atomic
def advance(
    *,
    actor: Actor,
    plans: Iterable[FormationPlan],
    act: str,
    on: date,
    reason: str = "",
    document: str = "",
) -> list[FormationPlan]:
    """Carry the plans on by an act of FORMATION; an act that is not possible refuses them all."""
    locked = _locked(plans)
    if act == "formation.approve" and not document:
        raise ValidationError({"document": ["批准成立须填写批准文号。"]})
    if act == "formation.close" and not reason:
        raise ValidationError({"reason": ["撤并须说明原因。"]})
    before = [plan.get_state_display() for plan in locked]
    for plan in locked:
        _refuse_early(plan, on)
        try:
            plan.state = FORMATION.target(act, plan.state)
        except TransitionRefusedError as refused:
            raise ValidationError(f"“{plan.enterprise}”的组建计划{refused}。") from refused
        plan.document = document or plan.document
        plan.save(update_fields=["state", "document", "updated_at"])
    _step(actor, locked, FORMATION[act].target, on, reason, document)
    _record(actor, act, locked, _moves(before, locked), reason)
    return locked


def _refuse_early(plan: FormationPlan, on: date) -> None:
    latest = max((step.on for step in plan.steps.all()), default=plan.identified_on)
    if on < latest:
        raise ValidationError({"on": [f"日期不能早于上一步 {latest}。"]})


@transaction.atomic
def begin_work(
    *, actor: Actor, links: Mapping[FormationPlan, CoverageLink], reason: str = ""
) -> list[FormationPlan]:
    """The enterprises are covered now: their plans have reached what they were made for."""
    locked = [plan for plan in _locked(links) if plan.is_open]
    covered = {plan.pk: link for plan, link in links.items()}
    before = [plan.get_state_display() for plan in locked]
    for plan in locked:
        plan.link = covered[plan.pk]
        plan.state = FormationState.WORKING
        plan.document = plan.document or plan.link.document
        plan.save(update_fields=["state", "link", "document", "updated_at"])
    FormationStep.objects.bulk_create(
        FormationStep(
            plan=plan,
            state=FormationState.WORKING,
            on=max(covered[plan.pk].valid_from, _latest(plan)),
            reason=reason or f"由“{covered[plan.pk].organization}”覆盖",
            actor_id=actor.pk if actor else None,
        )
        for plan in locked
    )
    _record(actor, "formation.work", locked, _moves(before, locked), reason)
    return locked


def _moves(before: Iterable[str], plans: Iterable[FormationPlan]) -> list[Change]:
    """From which state to which, in words."""
    return [
        ({"state": old}, {"state": plan.get_state_display()})
        for old, plan in zip(before, plans, strict=True)
    ]


def _latest(plan: FormationPlan) -> date:
    return max((step.on for step in plan.steps.all()), default=plan.identified_on)


def _locked(plans: Iterable[FormationPlan]) -> list[FormationPlan]:
    rows = FormationPlan.objects.select_for_update(of=("self",)).order_by("pk")
    return list(
        rows.filter(pk__in=[plan.pk for plan in plans])
        .select_related(
            "unit", "enterprise__reporting_area__committee", "enterprise__county__committee"
        )
        .prefetch_related("steps")
    )


def _step(
    actor: Actor,
    plans: Iterable[FormationPlan],
    state: str,
    on: date,
    reason: str = "",
    document: str = "",
) -> None:
    FormationStep.objects.bulk_create(
        FormationStep(
            plan=plan,
            state=state,
            on=on,
            reason=reason[:200],
            document=document,
            actor_id=actor.pk if actor else None,
        )
        for plan in plans
    )


def _plainly(
    change: Change,
) -> Change:
    def plain(value: Any) -> Any:
        return value.name if hasattr(value, "pk") else str(value) if value is not None else None

    before, after = change
    return (
        {name: plain(value) for name, value in before.items()},
        {name: plain(value) for name, value in after.items()},
    )


def _record(
    actor: Actor,
    verb: str,
    plans: Sequence[FormationPlan],
    changes: Sequence[Change],
    reason: str = "",
) -> None:
    audit.record_many(
        actor=actor,
        verb=verb,
        reason=reason,
        changes=(
            audit.Change(plan, before or None, after, scope_path_of(plan.enterprise))
            for plan, (before, after) in zip(plans, changes, strict=True)
        ),
    )
