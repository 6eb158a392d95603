"""The yearly plan (指导性计划): handed down by the committee above, put right by the same act."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.refusals import clean_at
from members.development.approving import APPROVE
from members.models import DevelopmentPlan
from members.services.persons import Actor
from organizations.audience import superior_path
from organizations.models import PartyOrganization


def may_plan(user: Any, organization: PartyOrganization) -> bool:
    """Whether the user answers for a committee above; the topmost one plans for itself."""
    return bool(user.has_perm(APPROVE) and user.scope.covers(superior_path(organization.path)))


@transaction.atomic
def set_plan(
    *, actor: Actor, organization: PartyOrganization, year: int, quota: int, document: str = ""
) -> DevelopmentPlan:
    """How many may be accepted in the year; a plan of that year is replaced, both are logged."""
    if actor is not None and not may_plan(actor, organization):
        raise ValidationError({"organization": "计划由上级党委下达，请选择下级党组织。"})
    plan = DevelopmentPlan.objects.select_for_update().filter(
        organization=organization, year=year
    ).first() or DevelopmentPlan(organization=organization, year=year)
    before = {"quota": plan.quota, "document": plan.document} if plan.pk else None
    plan.quota, plan.document = quota, document
    clean_at(plan, {})
    plan.save()
    audit.record(
        actor=actor,
        verb="development.plan",
        target=plan,
        before=before,
        after={"year": year, "quota": quota, "document": document},
        scope_path=organization.path,
    )
    return plan
