"""Keeps the queue 应建未建 in step with the facts: opens plans, ends those overtaken by events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from core.dates import today
from core.jobs import JobRun
from enterprises.formation import services
from enterprises.models import (
    CoverageLink,
    Enterprise,
    FormationMode,
    FormationPlan,
    FormationReason,
    FormationState,
    OperatingStatus,
)
from reports.conditions import due_not_formed
from reports.coverage import counted
from reports.facts import Facts, covering_links
from reports.formation import notices
from reports.parameters import rules_on
from reports.rules import CoverageRules

REFRESH = "formation.refresh"
_JUDGED = (FormationReason.FULL_MEMBERS, FormationReason.ABOVE_SCALE)
_GONE = (OperatingStatus.DEREGISTERED, OperatingStatus.RELOCATED)
NO_LONGER_DUE = "不再达到应建条件"
COVER_ENDED = "覆盖关系已经终止"


@dataclass(frozen=True)
class Outcome:
    """How many plans were opened, reached their end, or were overtaken by events."""

    opened: int = 0
    working: int = 0
    closed: int = 0

    def __str__(self) -> str:
        return f"新列入 {self.opened} 家，转为运行 {self.working} 家，撤并 {self.closed} 家"


def refresh(run: JobRun) -> None:
    """The nightly job: the queue follows yesterday's changes, units are told and reminded."""
    with transaction.atomic():
        outcome = bring_up_to_date(actor=run.job.owner, day=today())
        notices.remind(today())
        run.finish(message=f"{outcome}。")


@transaction.atomic
def bring_up_to_date(
    *,
    actor: AbstractBaseUser | None,
    day: date,
    within: QuerySet[Enterprise] | None = None,
) -> Outcome:
    """All plans, or those of the enterprises `within`; doing it twice changes nothing."""
    services.lock_queue()
    rules = rules_on(day)
    working = _settle(actor, day, rules, within)
    closed = _close_overtaken(actor, day, rules, within)
    opened = services.open_plans(actor=actor, reasons=_due(day, rules, within), on=day)
    notices.tell_opened(opened, day)
    return Outcome(len(opened), working, closed)


def due(day: date, within: QuerySet[Enterprise] | None = None) -> int:
    """How many enterprises wait to be put into the queue."""
    planned = FormationPlan.objects.unfinished().values("enterprise")
    return _uncovered(day, rules_on(day), within).exclude(enterprise__in=planned).count()


def _uncovered(day: date, rules: CoverageRules, within: QuerySet[Enterprise] | None) -> Facts:
    found = counted(day, rules.population, rules).filter(due_not_formed(rules))
    return found if within is None else found.filter(enterprise__in=within)


def _due(
    day: date, rules: CoverageRules, within: QuerySet[Enterprise] | None
) -> dict[Enterprise, FormationReason]:
    planned = FormationPlan.objects.unfinished().values("enterprise")
    found = _uncovered(day, rules, within).exclude(enterprise__in=planned)
    members = dict(found.values_list("pk", "full_member_count"))
    firms = Enterprise.objects.filter(pk__in=members).select_related(
        "reporting_area__committee", "county__committee"
    )
    return {
        firm: FormationReason.FULL_MEMBERS
        if (members[firm.pk] or 0) >= rules.minimum
        else FormationReason.ABOVE_SCALE
        for firm in firms.order_by("pk")
    }


def _open(within: QuerySet[Enterprise] | None) -> QuerySet[FormationPlan]:
    plans: QuerySet[FormationPlan] = FormationPlan.objects.unfinished()
    plans = plans.select_related("enterprise")
    return plans if within is None else plans.filter(enterprise__in=within)


@transaction.atomic
def take_up(
    *,
    actor: AbstractBaseUser,
    enterprises: list[Enterprise],
    reason: FormationReason,
    mode: FormationMode,
    **facts: Any,
) -> list[FormationPlan]:
    """Plans for the enterprises of a proposal, all with the same unit, day and name."""
    plans = services.open_plans(
        actor=actor, reasons=dict.fromkeys(enterprises, reason), on=today(), remark="采用组建方案"
    )
    if len(plans) < len(enterprises):
        raise ValidationError("其中有企业已经有未完成的组建计划，请重新查看组建方案。")
    planned = services.plan_formation(actor=actor, plans=plans, on=today(), mode=mode, **facts)
    notices.tell_taken_up(planned)
    return planned


def _settle(
    actor: AbstractBaseUser | None,
    day: date,
    rules: CoverageRules,
    within: QuerySet[Enterprise] | None,
) -> int:
    """Plans of enterprises that are covered by now; who outgrew a branch needs its own."""
    plans = {plan.enterprise_id: plan for plan in _open(within)}
    deciding = covering_links(day, rules).filter(enterprise__in=list(plans))
    keys = list(deciding.values_list("id", flat=True))
    links = CoverageLink.objects.filter(pk__in=keys).select_related("organization")
    reached = {
        plans[link.enterprise_id]: link
        for link in links
        if plans[link.enterprise_id].reason != FormationReason.OUTGROWN
        or link.mode == FormationMode.SINGLE
    }
    return len(services.begin_work(actor=actor, links=reached)) if reached else 0


def _close_overtaken(
    actor: AbstractBaseUser | None,
    day: date,
    rules: CoverageRules,
    within: QuerySet[Enterprise] | None,
) -> int:
    """Firms that are gone, no longer due before anybody planned, or have lost their cover again."""
    plans = list(_open(within))
    gone = [plan for plan in plans if plan.enterprise.operating_status in _GONE]
    fresh = [
        plan
        for plan in plans
        if plan.state == FormationState.IDENTIFIED and plan.reason in _JUDGED and plan not in gone
    ]
    still = set(
        counted(day, rules.population, rules)
        .filter(due_not_formed(rules), pk__in=[plan.enterprise_id for plan in fresh])
        .values_list("pk", flat=True)
    )
    done = FormationPlan.objects.filter(
        state=FormationState.WORKING, link__valid_to__lte=day
    ).select_related("enterprise")
    ended = done if within is None else done.filter(enterprise__in=within)
    for_reason: Iterable[tuple[list[FormationPlan], str]] = (
        (gone, "企业已注销或迁出"),
        ([plan for plan in fresh if plan.enterprise_id not in still], NO_LONGER_DUE),
        (list(ended), COVER_ENDED),
    )
    return sum(_close(actor, group, day, reason) for group, reason in for_reason)


def _close(
    actor: AbstractBaseUser | None, plans: list[FormationPlan], day: date, reason: str
) -> int:
    if not plans:
        return 0
    return len(
        services.advance(actor=actor, plans=plans, act="formation.close", on=day, reason=reason)
    )
