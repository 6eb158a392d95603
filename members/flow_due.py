"""What falls due about transfers, absences, lost and hidden members: rows of the work page."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.dates import today
from core.deadlines import Deadline
from members.flow_parameters import (
    CONTACT_MONTHS,
    DUE_MONTHS,
    LOST_MONTHS,
    STOPPED_MONTHS,
    VERIFY_DAYS,
)
from members.models import (
    HiddenMember,
    HiddenState,
    LostContact,
    LostState,
    MembershipTransfer,
    MobileRecord,
    PartyMember,
)
from members.overdue_transfers import longest_overdue
from members.rules_lost import removable_from, suspendable_from
from members.services.cases import CHANGE
from organizations.rules import months_later

SHOWN = 50  # of each kind, the most urgent; the lists show all


def deadlines(user: Any, until: date) -> Iterator[Deadline]:
    """Within the scope of whoever keeps members."""
    if not user.has_perm(CHANGE):
        return
    day = today()
    yield from _letters(user, until)
    yield from _overdue(user, day)
    yield from _contacts(user, until, day)
    yield from _losses(user, until, day)
    yield from _findings(user, until, day)


def _letters(user: Any, until: date) -> Iterable[Deadline]:
    rows = MembershipTransfer.objects.visible_to(user).waiting().filter(expires_on__lte=until)
    for row in rows.select_related("member__person").order_by("expires_on", "pk")[:SHOWN]:
        url = row.get_absolute_url()
        yield Deadline(row.expires_on, str(row.member), "组织关系介绍信到期，催办接收", url)


def _overdue(user: Any, day: date) -> Iterable[Deadline]:
    months = DUE_MONTHS.value(on=day)
    rows = longest_overdue(user, day, SHOWN)
    for row in rows.select_related("person")[:SHOWN]:
        sends = row.held_at is not None  # else the letter comes from elsewhere
        url = f"{reverse('members:transfer_new')}?member={row.pk}" if sends else _page(row)
        what = f"在{row.firm or '流入地'}已满 {months} 个月，应转接组织关系"
        yield Deadline(months_later(row.since, months), str(row), what, url)


def _page(member: PartyMember) -> str:
    return f"{member.get_absolute_url()}?tab=flow"


def _contacts(user: Any, until: date, day: date) -> Iterable[Deadline]:
    """The home keeps in touch; who has just come is the host's."""
    months = CONTACT_MONTHS.value(on=day)
    rows = MobileRecord.objects.visible_to(user).current().leaving_from(user)
    rows = rows.annotate(heard=Coalesce("contacted_on", "received_on", F("left_on")))
    rows = rows.filter(heard__lte=months_later(until, -months))
    for row in rows.select_related("member__person").order_by("heard", "pk")[:SHOWN]:
        due = months_later(row.last_contact(), months)
        yield Deadline(due, str(row.member), "联系流动党员", row.get_absolute_url())


def _losses(user: Any, until: date, day: date) -> Iterable[Deadline]:
    cases = LostContact.objects.visible_to(user).select_related("member__person")
    wait = LOST_MONTHS.value(on=day)
    lost = cases.filter(state=LostState.LOST, lost_since__lte=months_later(until, -wait))
    for row in lost.order_by("lost_since", "pk")[:SHOWN]:
        on = suspendable_from(row.lost_since, wait)
        what = f"失联满 {wait} 个月，仍无法联系的停止党籍"
        yield Deadline(on, str(row.member), what, row.get_absolute_url())
    wait = STOPPED_MONTHS.value(on=day)
    stopped = cases.filter(state=LostState.SUSPENDED, suspended_on__lte=months_later(until, -wait))
    for row in stopped.order_by("suspended_on", "pk")[:SHOWN]:
        assert row.suspended_on is not None  # a constraint ties it to the state
        what = f"停止党籍满 {wait} 个月，查找后除名或恢复党籍"
        on = removable_from(row.suspended_on, wait)
        yield Deadline(on, str(row.member), what, row.get_absolute_url())


def _findings(user: Any, until: date, day: date) -> Iterable[Deadline]:
    limit = timedelta(days=VERIFY_DAYS.value(on=day))
    rows = HiddenMember.objects.visible_to(user).filter(
        state=HiddenState.FOUND, found_on__lte=until - limit
    )
    for row in rows.order_by("found_on", "pk")[:SHOWN]:
        what = f"核实{row.get_kind_display()}身份"
        yield Deadline(row.found_on + limit, row.name, what, row.get_absolute_url())
