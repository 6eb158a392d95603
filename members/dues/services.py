"""Services of dues: payments month by month, and the base they are reckoned from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from core import audit
from core.dates import today
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from members.codes import Standing as PartyStanding
from members.dues import reckoning
from members.dues.sheet import Cell, held_in, rows_of
from members.models import DuesBase, DuesRecord, Membership, PartyMember
from members.services.persons import Actor
from organizations.models import PartyOrganization

CHANGE = "members.dues"
VERBS = {
    "dues.pay": "登记党费",
    "dues.base": "核定党费基数",
    "dues.ask": "申请少交免交党费",
    "dues.approve": "批准少交免交党费",
    "dues.return": "退回少交免交申请",
}
STOPPED = (PartyStanding.SUSPENDED, PartyStanding.LEFT, PartyStanding.DECEASED)
NOT_HELD = "该党员当月的组织关系不在这个党支部，不收缴党费。"
NO_MORE = "该党员已停止党籍、出党或死亡，不再收缴党费。"
NEEDS_REASON = "改动或取消已登记的金额，应填写更正原因。"


@dataclass(frozen=True)
class Payment:
    """What a member paid for a month; without an amount the entry is taken back."""

    member: int
    month: date
    amount: Decimal | None

    @property
    def key(self) -> str:
        """The field of a form in which it stands."""
        return f"p-{self.member}-{self.month:%Y-%m}"


@dataclass(frozen=True)
class Received:
    """When and how a sheet of payments came in."""

    on: date
    method: str
    reason: str = ""


@transaction.atomic
def record_payments(
    *,
    actor: Actor,
    organization: PartyOrganization,
    payments: Iterable[Payment],
    received: Received,
) -> int:
    """Write what is new or different, all or nothing; how many months were written.

    Raises ValidationError keyed by `Payment.key`, on and reason.
    """
    require_day(received.on, Reach.FACT, "on")
    given = {(one.member, one.month): one for one in payments}
    if not given:
        return 0
    pks = {member for member, _ in given}
    members = {
        one.pk: one
        for one in PartyMember.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    }
    cells = _cells(organization, given)
    changed = [one for key, one in given.items() if _differs(cells.get(key), one.amount)]
    gone = _without_home(members.values(), received.on)
    _require_fit(changed, cells, gone)
    if not received.reason and any(_recorded(cells, one) for one in changed):
        raise ValidationError({"reason": NEEDS_REASON})
    for pk in sorted({one.member for one in changed}):
        own = sorted((one for one in changed if one.member == pk), key=lambda one: one.month)
        _write(actor, organization, members[pk], own, cells, received)
    return len(changed)


def _cells(
    organization: PartyOrganization, given: Iterable[tuple[int, date]]
) -> dict[tuple[int, date], Cell]:
    pairs = list(given)
    months = sorted({month for _, month in pairs})
    span = [months[0]]
    while span[-1] < months[-1]:
        span.append(reckoning.next_month(span[-1]))
    held = held_in(span, organization=organization, member__in={pk for pk, _ in pairs})
    rows = rows_of(held.select_related("member"), span, today())
    return {(row.member.pk, cell.month): cell for row in rows for cell in row.cells}


def _differs(cell: Cell | None, amount: Decimal | None) -> bool:
    recorded = cell.record.paid if cell and cell.record else None
    return recorded != amount


def _recorded(cells: dict[tuple[int, date], Cell], payment: Payment) -> bool:
    cell = cells.get((payment.member, payment.month))
    return cell is not None and cell.record is not None


def _without_home(members: Iterable[PartyMember], day: date) -> set[int]:
    """Those who stopped being members and held no relation on the day."""
    stopped = {one.pk for one in members if one.standing in STOPPED}
    held = Membership.objects.as_of(day).filter(member__in=stopped)
    return stopped - set(held.values_list("member", flat=True))


def _require_fit(
    payments: Iterable[Payment], cells: dict[tuple[int, date], Cell], gone: set[int]
) -> None:
    faults = {one.key: fault for one in payments if (fault := _fault(one, cells, gone))}
    if faults:
        raise ValidationError(faults)


def _fault(payment: Payment, cells: dict[tuple[int, date], Cell], gone: set[int]) -> str:
    if payment.amount is None:
        return ""
    cell = cells.get((payment.member, payment.month))
    if cell is None or cell.standing is reckoning.Standing.AWAY:
        return NOT_HELD
    if payment.member in gone:
        return NO_MORE
    return reckoning.fault_of_payment(payment.amount, payment.month, today())


def _write(
    actor: Actor,
    organization: PartyOrganization,
    member: PartyMember,
    payments: list[Payment],
    cells: dict[tuple[int, date], Cell],
    received: Received,
) -> None:
    before, after = [], []
    for payment in payments:
        cell = cells[payment.member, payment.month]
        if cell.record is not None:
            before.append(_words(payment.month, cell.record.paid))
        if payment.amount is None:
            assert cell.record is not None
            cell.record.delete()
            continue
        after.append(_words(payment.month, payment.amount))
        record = cell.record or _new(organization, member, cell)
        record.paid, record.paid_on, record.method = payment.amount, received.on, received.method
        record.save()
    audit.record(
        actor=actor,
        verb="dues.pay",
        target=member,
        before={"paid": "、".join(before)} if before else None,
        after={"paid": "、".join(after), "paid_on": received.on, "method": received.method},
        reason=received.reason,
        scope_path=organization.path,
    )


def _words(month: date, amount: Decimal) -> str:
    return f"{month:%Y-%m} {amount}元"


def _new(organization: PartyOrganization, member: PartyMember, cell: Cell) -> DuesRecord:
    """What was due is kept as it stood when the payment came."""
    record = DuesRecord(member=member, organization=organization, month=cell.month)
    if cell.assessment is not None:
        record.base, record.rate = cell.assessment.base, cell.assessment.rate
        record.due = cell.assessment.due
    return record


@transaction.atomic
def set_base(
    *,
    actor: Actor,
    member: PartyMember,
    month: date,
    payer: str,
    amount: Decimal | None,
    remark: str = "",
) -> DuesBase:
    """From that month the dues are reckoned so; what was recorded for paid months stays.

    Raises ValidationError keyed by the fields of the base.
    """
    PartyMember.objects.select_for_update().get(pk=member.pk)
    month = reckoning.month_of(month)
    present: DuesBase | None = DuesBase.objects.as_of(month).filter(member=member).first()
    facts: dict[str, Any] = {"payer": payer, "amount": amount, "remark": remark}
    before = {name: getattr(present, name) for name in facts} if present else None
    if before == facts and present is not None:
        return present
    base = _base_from(member, month, present)
    for name, value in facts.items():
        setattr(base, name, value)
    clean_at(base, {"members_dues_base_amount": "amount", "members_dues_base_once": "valid_from"})
    base.save()
    audit.record(
        actor=actor,
        verb="dues.base",
        target=member,
        before=before,
        after={**facts, "valid_from": month},
        scope_path=member.person.home_organization.path,
    )
    return base


def _base_from(member: PartyMember, month: date, present: DuesBase | None) -> DuesBase:
    """The row that begins with the month: known already, or between its neighbours."""
    if present is not None and present.valid_from == month:
        return present
    later = DuesBase.objects.filter(Q(member=member), valid_from__gt=month).order_by("valid_from")
    following = later.first()
    base = DuesBase(member=member, valid_from=month)
    base.valid_to = following.valid_from if following else None
    if present is not None:
        present.valid_to = month
        present.save(update_fields=["valid_to"])
    return base


@dataclass(frozen=True)
class BaseGiven:
    member: PartyMember
    payer: str
    amount: Decimal | None


@transaction.atomic
def set_bases(*, actor: Actor, month: date, given: Iterable[BaseGiven]) -> None:
    """Settle the bases of a branch, all or none.

    Raises ValidationError keyed by the fields of the form: payer-<member>, amount-<member>, month.
    """
    errors: dict[str, Any] = {}
    for one in given:
        try:
            set_base(
                actor=actor, member=one.member, month=month, payer=one.payer, amount=one.amount
            )
        except ValidationError as problem:
            for name, found in problem.error_dict.items():
                at = f"{name}-{one.member.pk}" if name in {"payer", "amount"} else "month"
                errors.setdefault(at, []).extend(found)
    if errors:
        raise ValidationError(errors)
