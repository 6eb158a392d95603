"""Writes of lost members: searched for, then suspended and removed, or found and restored."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.codes import EntryKind, ExitKind, Standing
from members.flow_parameters import LOST_MONTHS, SEARCHES, STOPPED_MONTHS
from members.models import LostContact, LostSearch, PartyMember
from members.models.lost import LOST
from members.rules_lost import removable_from, suspendable_from
from members.services import cases, mobiles
from members.services.cases import keep, locked, not_before, step
from members.services.memberships import Move, begin, end_membership, present_of
from members.services.persons import Actor
from organizations.models import PartyOrganization

REGISTER, CORRECT, SEARCH = "lost.register", "lost.change", "lost.search"
VERBS = {
    REGISTER: "登记失联党员",
    CORRECT: "修改失联登记",
    SEARCH: "登记查找经过",
    **{one.name: one.label for one in LOST},
}


@transaction.atomic
def register(
    *,
    actor: Actor,
    member: PartyMember,
    lost_since: date,
    situation: str,
    kind: str,
    remark: str = "",
) -> LostContact:
    """Nobody reaches the member since that day; the organization that holds him searches."""
    require_day(lost_since, Reach.FACT, "lost_since")
    present = present_of(member)
    if present is None or member.standing != Standing.ACTIVE:
        raise ValidationError({"member": f"{member}的组织关系不在任何党组织，不能登记失联。"})
    row = LostContact(
        member=member,
        organization=present.organization,
        lost_since=lost_since,
        situation=situation,
        kind=kind,
        remark=remark,
    )
    after = {"member": member, "lost_since": lost_since, "situation": row.get_situation_display()}
    keep(actor, row, REGISTER, at=row.organization, after=after)
    mobiles.close_for_loss(actor=actor, member=member, on=lost_since)
    return row


@transaction.atomic
def search(
    *, actor: Actor, case: LostContact, on: date, way: str, by: str, result: str
) -> LostSearch:
    """Keep one attempt to reach the member as evidence."""
    row = _open(case)
    require_day(on, Reach.FACT, "on")
    not_before(on, row.lost_since, "失联时间")
    found = LostSearch(
        case=row, on=on, way=way, by=by, result=result, actor_id=actor.pk if actor else None
    )
    clean_at(found, {})
    found.save()
    after = {"on": on, "way": found.get_way_display(), "by": by, "result": result}
    audit.record(
        actor=actor, verb=SEARCH, target=row, after=after, scope_path=row.organization.path
    )
    return found


@transaction.atomic
def find(*, actor: Actor, case: LostContact, on: date, end_note: str) -> LostContact:
    """The member was reached; the case ends, the relation was never given up."""
    row = locked(case)
    step(row, LOST, "lost.find")
    require_day(on, Reach.FACT, "on")
    row.ended_on, row.end_note = on, end_note
    after = {"state": row.get_state_display(), "ended_on": on}
    keep(actor, row, "lost.find", at=row.organization, after=after, reason=end_note)
    return row


@transaction.atomic
def suspend(*, actor: Actor, case: LostContact, on: date, by: str, document: str) -> LostContact:
    """停止党籍: after six months and repeated search, by decision of the branch or above."""
    row = locked(case)
    step(row, LOST, "lost.suspend")
    require_day(on, Reach.FACT, "on")
    months = LOST_MONTHS.value(on=on)
    if on < (first := suspendable_from(row.lost_since, months)):
        raise ValidationError({"on": f"失去联系满 {months} 个月，即 {first} 起才能停止党籍。"})
    least = SEARCHES.value(on=on)
    if (done := row.searches.filter(on__lte=on).count()) < max(least, 1):
        sentence = f"停止党籍前至少查找 {max(least, 1)} 次，现在登记了 {done} 次。"
        raise ValidationError(sentence)
    row.suspended_on, row.suspended_by, row.suspension_document = on, by, document
    after = {"state": row.get_state_display(), "suspended_on": on, "document": document, "by": by}
    keep(actor, row, "lost.suspend", at=row.organization, after=after)
    end_membership(
        actor=actor,
        member=row.member,
        on=on,
        kind=ExitKind.SUSPENDED,
        reason=f"失去联系{months}个月以上",
        document=document,
    )
    return row


@transaction.atomic
def restore(
    *,
    actor: Actor,
    case: LostContact,
    on: date,
    organization: PartyOrganization,
    by: str,
    document: str,
    end_note: str = "",
) -> LostContact:
    """The member came back: restored by decision, into a branch of today."""
    row = locked(case)
    step(row, LOST, "lost.restore")
    _end(row, on, by, document, end_note)
    after = {"state": row.get_state_display(), "ended_on": on, "document": document, "by": by}
    keep(actor, row, "lost.restore", at=row.organization, after=after, reason=end_note)
    move = Move(organization, on, EntryKind.RESTORED, document)
    begin(actor=actor, member=row.member, move=move)
    return row


@transaction.atomic
def remove(
    *, actor: Actor, case: LostContact, on: date, by: str, document: str, end_note: str = ""
) -> LostContact:
    """除名: two years after the suspension, searched for again in vain."""
    row = locked(case)
    step(row, LOST, "lost.remove")
    assert row.suspended_on is not None  # a constraint ties it to the state
    months = STOPPED_MONTHS.value(on=on)
    if on < (first := removable_from(row.suspended_on, months)):
        raise ValidationError({"on": f"停止党籍满 {months} 个月，即 {first} 起才能除名。"})
    if not row.searches.filter(on__gte=row.suspended_on, on__lte=on).exists():
        raise ValidationError("除名前请登记停止党籍以后的查找经过。")
    _end(row, on, by, document, end_note)
    after = {"state": row.get_state_display(), "ended_on": on, "document": document, "by": by}
    keep(actor, row, "lost.remove", at=row.organization, after=after, reason=end_note)
    member = cases.locked(row.member)
    member.standing = Standing.LEFT
    member.save(update_fields=["standing"])
    return row


@transaction.atomic
def change_case(*, actor: Actor, case: LostContact, reason: str, **facts: object) -> LostContact:
    """Correct what was noted while the search goes on."""
    row = _open(case)
    cases.change(actor, row, CORRECT, at=row.organization, facts=facts, reason=reason)
    return row


def _end(row: LostContact, on: date, by: str, document: str, note: str) -> None:
    require_day(on, Reach.FACT, "on")
    row.ended_on, row.ended_by, row.end_document, row.end_note = on, by, document, note


def _open(case: LostContact) -> LostContact:
    row = locked(case)
    if not row.is_open:
        raise ValidationError(f"这次失联登记{row.get_state_display()}，不能再办理。")
    return row
