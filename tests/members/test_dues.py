"""Dues of members: who owes what to which branch, what is refused, and what stays on record."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core.dates import today
from core.models import AuditEntry
from members.dues.reckoning import Standing
from members.dues.services import NEEDS_REASON, NO_MORE, NOT_HELD, set_base
from members.models import DuesBase, DuesRecord
from members.services import memberships
from members.services.memberships import Move
from tests.builders import make_organization
from tests.members.paying import make_payer, month, pay, sheet
from tests.members.test_members import refusal
from tests.world import EAST, World


def test_a_year_shows_what_was_paid_owed_and_is_not_due(world: World) -> None:
    branch = world.joint_branch
    member = make_payer(branch, f"{EAST}甲")
    assert pay(branch, member, {month(3): "50", month(2): "20"}) == 2
    (row,) = sheet(branch, [month(back) for back in (4, 3, 2, 1, 0)])
    assert [cell.standing for cell in row.cells] == [
        Standing.BEFORE,
        Standing.PAID,
        Standing.SHORT,
        Standing.OWED,
        Standing.OPEN,
    ]
    assert (row.due, row.paid, row.owed) == (Decimal(200), Decimal(70), Decimal(80))


def test_a_probationary_member_owes_from_the_month_of_the_branch_meeting(world: World) -> None:
    branch, met = world.joint_branch, month(2).replace(day=20)
    first = make_payer(branch, f"{EAST}甲")
    pay(branch, first, {month(5): "50"})
    make_payer(
        branch,
        f"{EAST}乙",
        since=met,
        category="probationary",
        accepted_on=met,
        confirmed_on=None,
    )
    _, row = sheet(branch, [month(3), month(2), month(1)])
    assert [cell.standing for cell in row.cells] == [Standing.AWAY, Standing.OWED, Standing.OWED]


def test_the_branch_that_holds_the_relation_last_takes_the_month(world: World) -> None:
    old, new = world.joint_branch, make_organization(f"{EAST}新党支部", parent=world.east_committee)
    member = make_payer(old, f"{EAST}甲")
    memberships.move_membership(actor=None, member=member, move=Move(new, month(1).replace(day=15)))
    assert refusal(lambda: pay(new, member, {month(2): "50"})) == {
        f"p-{member.pk}-{month(2):%Y-%m}": [NOT_HELD]
    }
    pay(new, member, {month(1): "50"})
    assert [cell.standing for cell in sheet(old, [month(2), month(1)])[0].cells] == [
        Standing.BEFORE,
        Standing.AWAY,
    ]


def test_a_stopped_member_pays_no_more(world: World) -> None:
    branch = world.joint_branch
    member = make_payer(branch, f"{EAST}甲")
    pay(branch, member, {month(3): "50"}, on=month(3))
    memberships.end_membership(
        actor=None, member=member, on=month(1), kind="suspended", reason="失联"
    )
    key = f"p-{member.pk}-"
    told = refusal(lambda: pay(branch, member, {month(2): "50", month(1): "50"}))
    assert told == {f"{key}{month(2):%Y-%m}": [NO_MORE], f"{key}{month(1):%Y-%m}": [NOT_HELD]}
    assert pay(branch, member, {month(2): "50"}, on=month(2)) == 1


@pytest.mark.parametrize(("back", "name"), [(0, "members_dues_held"), (2, "members_dues_stopped")])
def test_the_database_knows_a_stopped_member(world: World, back: int, name: str) -> None:
    member = make_payer(world.joint_branch, f"{EAST}甲")
    memberships.end_membership(
        actor=None, member=member, on=month(1), kind="suspended", reason="失联"
    )
    with pytest.raises(IntegrityError, match="收缴党费") as refused, transaction.atomic():
        DuesRecord.objects.create(
            member=member,
            organization=world.joint_branch,
            month=month(back),
            paid=50,
            paid_on=today(),
            method="cash",
        )
    assert refused.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


def test_what_was_written_is_changed_with_a_reason_alone(world: World) -> None:
    branch = world.joint_branch
    member = make_payer(branch, f"{EAST}甲")
    pay(branch, member, {month(1): "50"})
    assert refusal(lambda: pay(branch, member, {month(1): "60"})) == {"reason": [NEEDS_REASON]}
    assert pay(branch, member, {month(1): "50"}) == 0
    assert pay(branch, member, {month(1): None}, reason="误记") == 1
    assert not DuesRecord.objects.exists()
    entry = AuditEntry.objects.filter(verb="dues.pay").latest("pk")
    assert (entry.reason, entry.before) == ("误记", {"paid": f"{month(1):%Y-%m} 50.00元"})


def test_one_wrong_amount_keeps_the_whole_sheet_back(world: World) -> None:
    branch = world.joint_branch
    member = make_payer(branch, f"{EAST}甲")
    told = refusal(lambda: pay(branch, member, {month(1): "50", month(0): "-1"}))
    assert told == {f"p-{member.pk}-{month(0):%Y-%m}": ["实交金额应大于零；没有交纳的请留空。"]}
    assert not DuesRecord.objects.exists()


def test_a_new_base_leaves_paid_months_as_they_were(world: World) -> None:
    branch = world.joint_branch
    member = make_payer(branch, f"{EAST}甲")
    pay(branch, member, {month(2): "50"})
    set_base(actor=None, member=member, month=month(2), payer="wage", amount=Decimal(6000))
    (row,) = sheet(branch, [month(2), month(1)])
    assert [cell.due for cell in row.cells] == [Decimal(50), Decimal(90)]


def test_bases_follow_each_other_without_a_gap(world: World) -> None:
    member = make_payer(world.joint_branch, f"{EAST}甲", base=None)
    for start, amount in (("2024-01-01", 4000), ("2026-01-01", 6000), ("2025-05-09", 5000)):
        day = date.fromisoformat(start)
        set_base(actor=None, member=member, month=day, payer="wage", amount=Decimal(amount))
    rows = DuesBase.objects.order_by("valid_from").values_list("valid_from", "valid_to", "amount")
    assert list(rows) == [
        (date(2024, 1, 1), date(2025, 5, 1), Decimal(4000)),
        (date(2025, 5, 1), date(2026, 1, 1), Decimal(5000)),
        (date(2026, 1, 1), None, Decimal(6000)),
    ]
    told = refusal(
        lambda: set_base(actor=None, member=member, month=month(0), payer="wage", amount=None)
    )
    assert told == {"amount": ["按收入交纳的应填写交纳基数；农民、学生、失业等定额交纳的不填"]}
