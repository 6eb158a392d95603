"""The burden by role and month, from the log, the rules and the forms themselves; no names."""

from datetime import UTC, datetime
from decimal import Decimal
from unittest.mock import patch

import pytest

from accounts.burden import burden_of
from accounts.models import User
from accounts.roles import ROLES
from activities.forms import RecordForm
from activities.models import Duty
from core import asked
from core.models import AuditEntry
from core.periods import Period
from organizations.models import PartyOrganization
from organizations.sheets import REASON
from tests.builders import make_user
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")


def write(
    actor: User,
    organization: PartyOrganization,
    month: int,
    fields: int,
    *,
    verb: str = "member.change",
    reason: str = "",
) -> None:
    """An entry of that month."""
    at = datetime(2026, month, 15, tzinfo=UTC)
    with patch("django.utils.timezone.now", return_value=at):
        AuditEntry.objects.create(
            actor=actor,
            actor_name=str(actor),
            verb=verb,
            target_type="members.partymember",
            scope_path=organization.path,
            reason=reason,
            after={str(number): number for number in range(fields)},
        )


def test_roles_are_compared_and_what_grew_is_named(world: World) -> None:
    leader = make_user("看县", role="leader", at=world.county_committee)
    branch = world.own_branch
    write(world.secretary, branch, 10, 7)
    write(world.secretary, branch, 10, 3, verb="dues.pay")
    write(world.secretary, branch, 9, 4)
    write(world.secretary, branch, 10, 99, reason=REASON)
    write(world.secretary, branch, 10, 99, verb="account.sign_in")
    write(world.secretary, world.foreign_committee, 10, 99)
    found = burden_of(leader, OCTOBER, SEPTEMBER)
    line = {one.key: one for one in found.roles}["branch_secretary"]
    assert (line.now.acts, line.now.fields, line.now.by_sheet) == (3, 10, 1)
    assert (line.before.acts, line.before.fields, line.change) == (1, 4, 6)
    assert (line.holders, line.each) == (1, Decimal(10))
    assert [one.change for one in found.grown] == [3, 3]
    assert not any(one.now.acts for one in found.roles if one.key != "branch_secretary")
    township = make_user("看东岭", role="leader", at=world.east_committee)
    assert not any(one.now.fields for one in burden_of(township, OCTOBER, SEPTEMBER).roles)


def test_rules_that_begin_are_shown_as_more(world: World) -> None:
    duty = Duty.objects.filter(kind__isnull=False, every=12).first()
    assert duty
    Duty.objects.exclude(pk=duty.pk).delete()
    Duty.objects.filter(pk=duty.pk).update(valid_from="2026-10-01", valid_to=None, times=2)
    (line,) = burden_of(world.clerk, OCTOBER, SEPTEMBER).demands
    assert (line.now, line.before, line.role) == (Decimal(2), Decimal(0), "党支部书记")
    assert line.demand.fields == len(RecordForm.base_fields)


def test_forms_are_found_behind_their_addresses() -> None:
    found = {(one.form.__name__, one.permission) for one in asked.declared()}
    assert ("RecordForm", "activities.record") in found
    assert ("VisitForm", "members.visits") in found
    assert not any(name == "DayForm" for name, _ in found)
    known = set().union(*(role.permissions for role in ROLES))
    assert {permission for _, permission in found} <= known
    assert len(found) > 80


def test_the_page_is_for_those_who_answer_for_the_county_and_names_nobody(world: World) -> None:
    leader = make_user("看县", role="leader", at=world.county_committee)
    write(world.secretary, world.own_branch, 10, 5)
    page = desk(leader).get("/burden?month=2026-10&with=乱写").content.decode()
    assert "2026年10月，对比2026年9月" in page
    assert "+5" in page
    assert str(world.secretary) not in page
    assert desk(world.secretary).get("/burden").status_code == 403
