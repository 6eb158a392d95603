"""What tests of dues share: a member in a branch with a base, and a payment."""

from datetime import date
from decimal import Decimal
from typing import Any

from core.dates import today
from members.dues.reckoning import later, month_of
from members.dues.services import Payment, Received, record_payments, set_base
from members.dues.sheet import Row, held_in, posts_first, rows_of
from members.models import Membership, PartyMember
from organizations.models import PartyOrganization
from tests.builders import make_full_member, make_person

SINCE = date(2020, 1, 1)


def month(back: int = 0) -> date:
    """The first day of the month that many months ago."""
    return later(month_of(today()), -back)


def make_payer(
    organization: PartyOrganization,
    name: str,
    base: str | None = "5000",
    since: date = SINCE,
    **facts: Any,
) -> PartyMember:
    member = make_full_member(make_person(name, home=organization), **facts)
    Membership.objects.create(
        member=member, organization=organization, valid_from=since, entry_kind="transferred"
    )
    if base is not None:
        set_base(actor=None, member=member, month=since, payer="wage", amount=Decimal(base))
    return member


def pay(
    organization: PartyOrganization,
    member: PartyMember,
    amounts: dict[date, str | None],
    reason: str = "",
    on: date | None = None,
) -> int:
    return record_payments(
        actor=None,
        organization=organization,
        payments=[
            Payment(member.pk, day, None if amount is None else Decimal(amount))
            for day, amount in amounts.items()
        ],
        received=Received(on or today(), "cash", reason),
    )


def sheet(organization: PartyOrganization, months: list[date]) -> list[Row]:
    held = held_in(months, organization=organization)
    return rows_of(posts_first(held, today()), months, today())
