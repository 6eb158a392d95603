"""Which committee decides on the development of a branch's people, and who answers for it."""

from typing import Any

from core.dates import today
from core.parameters import Parameter
from members.models import StepRule
from organizations.models import OrganizationKind, OrganizationNature, PartyOrganization
from organizations.tree import SEGMENT

RECORD, APPROVE = "members.development", "members.approve"
WORK_COMMITTEES_APPROVE = Parameter(
    "development.work_committees_approve",
    "党工委有权审批预备党员",
    True,
    "",
    "《中国共产党发展党员工作细则》：经授权的党工委可以审批；未授权的由上一级党委审批",
)


def committee_of(organization: PartyOrganization) -> PartyOrganization | None:
    """The nearest committee above that has the right to approve; branches have none."""
    kinds = {OrganizationKind.COMMITTEE, OrganizationKind.LOCAL_COMMITTEE}
    if WORK_COMMITTEES_APPROVE.value(on=today()):
        kinds.add(OrganizationKind.WORK_COMMITTEE)
    path = organization.path
    above = [int(path[end - SEGMENT : end], 36) for end in range(SEGMENT, len(path), SEGMENT)]
    found: PartyOrganization | None = (
        PartyOrganization.objects.existing(today())
        .filter(pk__in=above, kind__in=kinds, nature=OrganizationNature.REGULAR)
        .order_by("-path")
        .first()
    )
    return found


def may_record(user: Any, organization: PartyOrganization, rule: StepRule) -> bool:
    """Whether the user may record that step for people of the organization."""
    if not rule.by_committee:
        return bool(user.has_perm(RECORD))
    return may_approve(user, organization)


def may_approve(user: Any, organization: PartyOrganization) -> bool:
    """Whether the user answers for a committee above the organization."""
    above = organization.path[:-SEGMENT]
    return bool(above and user.has_perm(APPROVE) and user.scope.covers(above))
