"""Writes of 双找: somebody is found, verified to be a member or not, and brought in."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.horizon import Reach
from core.horizon import require as require_day
from core.masking import mask
from core.readable import personal_kind
from members.flow_codes import HiddenResult
from members.models import HiddenMember, Membership, MobileRecord, PartyMember
from members.models.hidden import HIDDEN
from members.models.mobile import OPEN_MOBILE
from members.services import cases
from members.services.cases import keep, locked, not_before, step
from members.services.persons import Actor

REGISTER, CORRECT = "hidden.register", "hidden.change"
VERBS = {
    REGISTER: "登记口袋隐形党员",
    CORRECT: "修改口袋隐形党员",
    **{one.name: one.label for one in HIDDEN},
}


@transaction.atomic
def register(*, actor: Actor, found_on: date, **facts: Any) -> HiddenMember:
    """Note whom the search found and who verifies it."""
    require_day(found_on, Reach.FACT, "found_on")
    row = HiddenMember(found_on=found_on, **facts)
    after = {
        "name": row.name,
        "kind": row.get_kind_display(),
        "source": row.get_source_display(),
        "phone": _hidden(row.phone),
    }
    keep(actor, row, REGISTER, at=row.organization, after=after)
    return row


@transaction.atomic
def change_finding(
    *, actor: Actor, finding: HiddenMember, reason: str, **facts: Any
) -> HiddenMember:
    row = locked(finding)
    if not row.is_open:
        raise ValidationError(f"这条登记{row.get_state_display()}，不能再修改。")
    cases.change(actor, row, CORRECT, at=row.organization, facts=facts, reason=reason)
    return row


@transaction.atomic
def verify(
    *, actor: Actor, finding: HiddenMember, on: date, verified_by: str, evidence: str
) -> HiddenMember:
    """Files or the former organization confirm that the person is a member."""
    return _judge(actor, finding, "hidden.verify", on, verified_by, evidence)


@transaction.atomic
def disprove(
    *, actor: Actor, finding: HiddenMember, on: date, verified_by: str, evidence: str
) -> HiddenMember:
    return _judge(actor, finding, "hidden.disprove", on, verified_by, evidence)


@transaction.atomic
def settle(
    *,
    actor: Actor,
    finding: HiddenMember,
    on: date,
    member: PartyMember,
    result: str,
    remark: str = "",
) -> HiddenMember:
    """What became of it; the result must stand in the registers already."""
    row = locked(finding)
    step(row, HIDDEN, "hidden.settle")
    require_day(on, Reach.FACT, "on")
    if sentence := _lacking(member, result, row.found_on):
        raise ValidationError({"result": sentence})
    row.member, row.result, row.settled_on = member, result, on
    row.remark = remark or row.remark
    after = {"state": row.get_state_display(), "result": row.get_result_display(), "on": on}
    keep(actor, row, "hidden.settle", at=row.organization, after={"member": member, **after})
    return row


def _judge(
    actor: Actor, finding: HiddenMember, act: str, on: date, by: str, evidence: str
) -> HiddenMember:
    row = locked(finding)
    step(row, HIDDEN, act)
    require_day(on, Reach.FACT, "on")
    not_before(on, row.found_on, "发现日期")
    row.verified_on, row.verified_by, row.evidence = on, by, evidence
    after = {"state": row.get_state_display(), "verified_on": on, "evidence": evidence}
    keep(actor, row, act, at=row.organization, after=after)
    return row


def _lacking(member: PartyMember, result: str, found_on: date) -> str:
    """What the registers lack for that result; empty if it stands there."""
    if result == HiddenResult.MOVED:
        moved = Membership.objects.filter(member=member, valid_from__gte=found_on, valid_to=None)
        return "" if moved.exists() else f"{member}发现以后没有转入记录，请先办理转入。"
    if result == HiddenResult.MOBILE:
        mobile = MobileRecord.objects.filter(member=member, state__in=OPEN_MOBILE)
        return "" if mobile.exists() else f"{member}没有流动登记，请先登记为流动党员。"
    return ""


def _hidden(phone: str | None) -> str:
    return mask(personal_kind("members.hiddenmember", "phone"), phone or "")
