"""Writes of transfers: a letter is issued, accepted, returned or voided; the relation follows."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.dates import today
from core.horizon import Reach
from core.horizon import require as require_day
from core.models import MessageKind
from core.notices import notify
from members.codes import ExitKind, Standing
from members.flow_parameters import LETTER_MONTHS
from members.models import MembershipTransfer, PartyMember
from members.models.transfer import TRANSFER
from members.services import mobiles
from members.services.cases import CHANGE, keep, locked, not_before, step
from members.services.memberships import (
    Move,
    end_membership,
    move_membership,
    present_of,
    require_home,
)
from members.services.persons import Actor
from organizations import audience
from organizations.models import PartyOrganization
from organizations.rules import months_later

ISSUE = "transfer.issue"
_BARE = re.compile(r"[\W\d_第号年字]*")  # a number without the word of the issuing body
VERBS = {ISSUE: "开具组织关系介绍信", **{one.name: one.label for one in TRANSFER}}


@transaction.atomic
def issue(
    *,
    actor: Actor,
    member: PartyMember,
    receiver: PartyOrganization | None = None,
    receiving_unit: str = "",
    issued_on: date,
    **facts: Any,
) -> MembershipTransfer:
    """Send the member with a letter to one organization; the relation stays until it is accepted.

    `facts` are range, letter and reason. A unit whose name or code is that of an organization of
    the system is that organization.
    """
    require_day(issued_on, Reach.FACT, "issued_on")
    sender = _sender(member, issued_on)
    _require_new_letter(member, sender, issued_on, facts["letter"])
    if receiver is None and receiving_unit:
        receiver = _named(receiving_unit)
        receiving_unit = "" if receiver else receiving_unit
    if receiver is not None:
        _require_receiver(receiver, issued_on)
    row = MembershipTransfer(
        member=member,
        sender=sender,
        receiver=receiver,
        receiving_unit=receiving_unit,
        issued_on=issued_on,
        expires_on=months_later(issued_on, LETTER_MONTHS.value(on=issued_on)),
        **facts,
    )
    after = {"receiver": row.destination, "letter": row.letter, "expires_on": row.expires_on}
    keep(actor, row, ISSUE, at=sender, after={"member": member, **after})
    if receiver is not None:
        _tell(receiver, row, f"{member}的组织关系介绍信待接收")
    return row


@transaction.atomic
def accept(
    *, actor: Actor, transfer: MembershipTransfer, on: date, answer: str = ""
) -> MembershipTransfer:
    """The receiving organization takes the member: from that day the relation is held there."""
    row = _answered(transfer, "transfer.accept", on, answer)
    _require_still_at(row)
    after = {"state": row.get_state_display(), "answered_on": on}
    keep(actor, row, "transfer.accept", at=row.sender, after=after, reason=answer)
    if row.receiver is not None:
        move = Move(row.receiver, on, document=row.letter)
        move_membership(actor=actor, member=row.member, move=move)
    else:
        end_membership(
            actor=actor,
            member=row.member,
            on=on,
            kind=ExitKind.TRANSFERRED,
            reason=f"转往{row.receiving_unit}",
            document=row.letter,
        )
    mobiles.close_for_transfer(actor=actor, member=row.member, on=on)
    _tell(row.sender, row, f"{row.member}的组织关系已由{row.destination}接收")
    return row


@transaction.atomic
def send_back(
    *, actor: Actor, transfer: MembershipTransfer, on: date, answer: str
) -> MembershipTransfer:
    """The receiver does not take the member and says why; the sender stays responsible."""
    row = _answered(transfer, "transfer.return", on, answer)
    after = {"state": row.get_state_display(), "answered_on": on}
    keep(actor, row, "transfer.return", at=row.sender, after=after, reason=answer)
    _tell(row.sender, row, f"{row.member}的组织关系介绍信被退回：{answer}")
    return row


@transaction.atomic
def void(
    *, actor: Actor, transfer: MembershipTransfer, on: date, answer: str
) -> MembershipTransfer:
    """The sender takes the letter back, e.g. because it has expired; another may follow."""
    row = _answered(transfer, "transfer.void", on, answer)
    after = {"state": row.get_state_display(), "answered_on": on}
    keep(actor, row, "transfer.void", at=row.sender, after=after, reason=answer)
    return row


def _answered(transfer: MembershipTransfer, act: str, on: date, answer: str) -> MembershipTransfer:
    row = locked(transfer)
    step(row, TRANSFER, act)
    require_day(on, Reach.FACT, "on")
    not_before(on, row.issued_on, "介绍信的开具日期")
    row.answered_on, row.answer = on, answer.strip()
    return row


def _sender(member: PartyMember, on: date) -> PartyOrganization:
    """Where the relation is held that the letter carries away."""
    present = present_of(member)
    if present is None or member.standing != Standing.ACTIVE:
        raise ValidationError({"member": f"{member}的组织关系现在不在任何党组织，不能开具介绍信。"})
    if on < present.valid_from:
        day = present.valid_from
        raise ValidationError({"issued_on": f"不能早于转入{present.organization}的日期 {day}。"})
    return present.organization


def _require_new_letter(
    member: PartyMember, sender: PartyOrganization, on: date, letter: str
) -> None:
    """One number in a year is one member's; a bare number says nothing of who counts it."""
    of_year = MembershipTransfer.objects.filter(letter=letter, issued_on__year=on.year)
    same = of_year.exclude(member=member)
    if _BARE.fullmatch(letter):
        same = same.filter(sender=sender)
    if same.exists():
        told = f"编号“{letter}”的介绍信在 {on.year} 年已开给另一名党员，请核对。"
        raise ValidationError({"letter": told})


def _named(text: str) -> PartyOrganization | None:
    """The existing organization that is called exactly so; nobody is shown a list of strangers."""
    existing = PartyOrganization.objects.existing(today())
    for found in (existing.filter(code=text), existing.filter(name=text)):
        hits: list[PartyOrganization] = list(found[:2])
        if len(hits) == 1:
            return hits[0]
    return None


def _require_receiver(receiver: PartyOrganization, on: date) -> None:
    """The same refusals as for a home, at the fields of the letter."""
    try:
        require_home(receiver, on)
    except ValidationError as problem:
        errors = problem.message_dict
        raise ValidationError(
            {
                {"organization": "receiver", "on": "issued_on"}.get(name, name): sentences
                for name, sentences in errors.items()
            }
        ) from None


def _require_still_at(row: MembershipTransfer) -> None:
    present = present_of(row.member)
    if present is None or present.organization_id != row.sender_id:
        raise ValidationError(f"{row.member}的组织关系已不在{row.sender}，请作废这封介绍信。")


def _tell(organization: PartyOrganization, row: MembershipTransfer, title: str) -> None:
    """Whoever keeps the members of that organization, or of the nearest one above it."""
    notify(
        audience.nearest(audience.holders(CHANGE), organization.path),
        kind=MessageKind.ACTION,
        title=title,
        url=row.get_absolute_url(),
        key=f"transfer:{row.pk}:{row.state}",
    )
