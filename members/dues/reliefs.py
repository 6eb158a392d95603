"""少交 and 免交: the branch asks for its member, the committee above approves or returns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from core import audit, notices
from core.models import MessageKind
from core.refusals import clean_at
from members.dues import reckoning
from members.dues.services import CHANGE
from members.models import DuesRelief, Membership, PartyMember
from members.services.persons import Actor
from organizations import audience
from organizations.elections import REVIEW
from organizations.models import PartyOrganization

AT = {
    "members_dues_relief_once": "valid_from",
    "members_duesrelief_in_order": "valid_to",
    "members_dues_relief_amount": "amount",
    "members_dues_relief_asked_first": "agreed_on",
    "members_dues_relief_approved": "on",
}


@transaction.atomic
def ask(
    *,
    actor: Actor,
    member: PartyMember,
    organization: PartyOrganization,
    valid_from: date,
    valid_to: date,
    **facts: Any,
) -> DuesRelief:
    """Put the request before the superior committee; both months count from their first day.

    Raises ValidationError keyed by the fields of the relief.
    """
    PartyMember.objects.select_for_update().get(pk=member.pk)
    if not Membership.objects.filter(
        member=member, organization=organization, valid_to=None
    ).exists():
        raise ValidationError(f"{member}的组织关系现在不在{organization}。")
    relief = DuesRelief(
        member=member,
        organization=organization,
        valid_from=reckoning.month_of(valid_from),
        valid_to=reckoning.month_of(valid_to),
        **facts,
    )
    _require_free(relief)
    clean_at(relief, AT)
    relief.save()
    _log(actor, "dues.ask", relief, after=_facts(relief), reason=relief.reason)
    above = audience.superior_path(organization.path)
    _tell(audience.nearest(audience.holders(REVIEW), above), relief, f"{organization}申请{relief}")
    return relief


@transaction.atomic
def approve(*, actor: Actor, relief: DuesRelief, on: date, document: str) -> DuesRelief:
    relief = _proposed(relief)
    relief.state, relief.approved_on, relief.document = DuesRelief.State.APPROVED, on, document
    clean_at(relief, AT)
    relief.save()
    _log(actor, "dues.approve", relief, after={"approved_on": on, "document": document})
    _tell_branch(relief, "已批准")
    return relief


@transaction.atomic
def send_back(*, actor: Actor, relief: DuesRelief, reason: str) -> DuesRelief:
    relief = _proposed(relief)
    relief.state, relief.remark = DuesRelief.State.RETURNED, reason
    relief.save(update_fields=["state", "remark"])
    _log(actor, "dues.return", relief, after={"state": relief.state}, reason=reason)
    _tell_branch(relief, "已退回")
    return relief


def _proposed(relief: DuesRelief) -> DuesRelief:
    rows = DuesRelief.objects.select_for_update(of=("self",))
    found: DuesRelief = rows.select_related("member__person", "organization").get(pk=relief.pk)
    if found.state != DuesRelief.State.PROPOSED:
        raise ValidationError(f"这项申请{found.get_state_display()}，不能再批复。")
    return found


def _require_free(relief: DuesRelief) -> None:
    """What is approved for the time already is told when it is asked for."""
    approved = DuesRelief.objects.filter(member=relief.member_id, state="approved")
    overlapping = approved.filter(valid_from__lt=relief.valid_to, valid_to__gt=relief.valid_from)
    if overlapping.exists():
        raise ValidationError({"valid_from": "该党员在此期间已批准少交或免交"})


def _facts(relief: DuesRelief) -> dict[str, Any]:
    names = ("valid_from", "valid_to", "amount", "requested_on", "agreed_on")
    return {
        "kind": relief.get_kind_display(),
        **{name: getattr(relief, name) for name in names},
    }


def _log(actor: Actor, verb: str, relief: DuesRelief, **facts: Any) -> None:
    path = relief.organization.path
    audit.record(actor=actor, verb=verb, target=relief, scope_path=path, **facts)


def _tell_branch(relief: DuesRelief, what: str) -> None:
    holders = audience.holders(CHANGE).get(relief.organization_id, [])
    _tell(holders, relief, f"{relief}{what}")


def _tell(users: Iterable[Any], relief: DuesRelief, title: str) -> None:
    notices.notify(
        users,
        kind=MessageKind.ACTION,
        title=title,
        url=reverse("members:dues_relief", args=[relief.pk]),
        key=f"relief:{relief.pk}:{relief.state}",
    )
