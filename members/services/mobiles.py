"""Writes of absences: registered by either side, received or refused, contacted, ended."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.horizon import Reach
from core.horizon import require as require_day
from core.models import MessageKind
from core.notices import notify
from members.codes import Standing
from members.models import MobileRecord, PartyMember
from members.models.mobile import MOBILE, OPEN_MOBILE
from members.services import cases
from members.services.cases import CHANGE, keep, locked, not_before, step
from members.services.memberships import present_of
from members.services.persons import Actor
from organizations import audience
from organizations.models import PartyOrganization

REGISTER, CORRECT, CONTACT = "mobile.register", "mobile.change", "mobile.contact"
VERBS = {
    REGISTER: "登记流动党员",
    CORRECT: "修改流动登记",
    CONTACT: "登记联系流动党员",
    **{one.name: f"流动党员{one.label}" for one in MOBILE},
}
PHONES = ("origin_phone", "host_phone")


@transaction.atomic
def register(*, actor: Actor, member: PartyMember, left_on: date, **facts: Any) -> MobileRecord:
    """Note an absence; a member whose relation is held in the system leaves from there.

    With `received_on` the host has the member already. Raises ValidationError keyed by field.
    """
    require_day(left_on, Reach.FACT, "left_on")
    if member.standing != Standing.ACTIVE:
        raise ValidationError(
            {"member": f"{member}的党籍状态是“{member.get_standing_display()}”。"}
        )
    if present := present_of(member):
        facts |= {"origin": present.organization, "origin_unit": ""}
    elif not facts.get("origin_unit"):
        facts["origin_unit"] = member.relation_unit
    row = MobileRecord(member=member, left_on=left_on, **facts)
    if row.received_on:
        require_day(row.received_on, Reach.FACT, "received_on")
        if row.received_on < left_on:
            raise ValidationError({"received_on": "报到日期不能早于流出日期。"})
        step(row, MOBILE, "mobile.receive")
    after = {"left_on": left_on, "origin": row.leaves_from, "host": row.goes_to}
    keep(actor, row, REGISTER, at=side_of(row), after={"member": member, **after})
    if row.host is not None and not row.received_on:
        _tell(row.host, row, f"流动党员{member}待报到，请联系并纳入管理")
    return row


@transaction.atomic
def change_mobile(*, actor: Actor, record: MobileRecord, reason: str, **facts: Any) -> MobileRecord:
    row = _open(record)
    cases.change(actor, row, CORRECT, at=side_of(row), facts=facts, reason=reason)
    return row


@transaction.atomic
def receive(
    *,
    actor: Actor,
    record: MobileRecord,
    on: date,
    host: PartyOrganization | None = None,
    host_unit: str = "",
    host_contact: str = "",
) -> MobileRecord:
    """The member has reported: the host leads him in its activities, the vote stays at home."""
    row = locked(record)
    step(row, MOBILE, "mobile.receive")
    require_day(on, Reach.FACT, "on")
    not_before(on, row.left_on, "流出日期")
    if host is not None or host_unit:
        row.host, row.host_unit = host, "" if host else host_unit
    if not row.goes_to:
        raise ValidationError({"host_unit": "请填写流入党组织。"})
    row.received_on, row.contacted_on = on, on
    row.host_contact = host_contact or row.host_contact
    after = {"state": row.get_state_display(), "received_on": on, "host": row.goes_to}
    keep(actor, row, "mobile.receive", at=side_of(row), after=after)
    return row


@transaction.atomic
def refuse(*, actor: Actor, record: MobileRecord, on: date, refusal: str) -> MobileRecord:
    """The host does not take the member and says why; the side that sent him is told."""
    row = locked(record)
    step(row, MOBILE, "mobile.refuse")
    require_day(on, Reach.FACT, "on")
    not_before(on, row.left_on, "流出日期")
    row.refusal = refusal
    after = {"state": row.get_state_display(), "refusal": refusal, "refused_on": on}
    keep(actor, row, "mobile.refuse", at=side_of(row), after=after, reason=refusal)
    if row.origin is not None:
        _tell(row.origin, row, f"流动党员{row.member}未被接收：{refusal}")
    return row


@transaction.atomic
def contact(*, actor: Actor, record: MobileRecord, on: date, contact_note: str) -> MobileRecord:
    """Somebody heard of the member on that day."""
    row = _open(record)
    require_day(on, Reach.FACT, "on")
    not_before(on, row.last_contact(), "上次联系")
    before = {"contacted_on": row.contacted_on, "contact_note": row.contact_note}
    row.contacted_on, row.contact_note = on, contact_note
    after = {"contacted_on": on, "contact_note": contact_note}
    keep(actor, row, CONTACT, at=side_of(row), before=before, after=after)
    return row


@transaction.atomic
def come_back(*, actor: Actor, record: MobileRecord, on: date, end_note: str = "") -> MobileRecord:
    return _end(actor, record, "mobile.return", on, end_note)


def close_for_transfer(*, actor: Actor, member: PartyMember, on: date) -> None:
    """Who has moved with the relation is mobile no more."""
    for row in MobileRecord.objects.filter(member=member, state__in=OPEN_MOBILE):
        _end(actor, row, "mobile.transfer", max(on, row.left_on), "")


def close_for_loss(*, actor: Actor, member: PartyMember, on: date) -> None:
    for row in MobileRecord.objects.filter(member=member, state__in=OPEN_MOBILE):
        _end(actor, row, "mobile.lose", max(on, row.left_on), "")


def _end(actor: Actor, record: MobileRecord, act: str, on: date, note: str) -> MobileRecord:
    row = locked(record)
    step(row, MOBILE, act)
    require_day(on, Reach.FACT, "on")
    not_before(on, row.left_on, "流出日期")
    row.ended_on, row.end_note = on, note
    after = {"state": row.get_state_display(), "ended_on": on}
    keep(actor, row, act, at=side_of(row), after=after, reason=note)
    return row


def _open(record: MobileRecord) -> MobileRecord:
    row = locked(record)
    if not row.is_open:
        raise ValidationError(f"这次流动登记{row.get_state_display()}，不能再办理。")
    return row


def side_of(row: MobileRecord) -> PartyOrganization:
    """The side within the system that answers for the record; the home before the host."""
    side = row.origin or row.host
    if side is None:
        raise ValidationError({"host": "流出、流入党组织至少有一个在系统内。"})
    return side


def _tell(organization: PartyOrganization, row: MobileRecord, title: str) -> None:
    notify(
        audience.nearest(audience.holders(CHANGE), organization.path),
        kind=MessageKind.ACTION,
        title=title,
        url=row.get_absolute_url(),
        key=f"mobile:{row.pk}:{row.state}",
    )
