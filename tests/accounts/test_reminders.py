"""Rules tell users what falls due: once a day, not on free days, the superior when it is late."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts import reminder_standard, reminding
from accounts.models import ReminderRule, User
from accounts.services import reminders as services
from core import deadlines, object_dates
from core.deadlines import Deadline
from core.models import AuditEntry, Message
from members.models import PartyMember
from organizations.models import PartyOrganization
from tests.accounts.test_account_sheets import upload
from tests.builders import make_full_member, make_person, make_user
from tests.members.test_posts import desk
from tests.world import PARK, World

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
FRIDAY, SATURDAY = MONDAY - timedelta(days=3), MONDAY - timedelta(days=2)
DUE = MONDAY + timedelta(days=7)
STANDARD = {source.key for source in deadlines.sources()}  # before the tests exchange them


@pytest.fixture(autouse=True)
def _one_kind(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """Two things of the own branch are due on one day, and nothing else in the county."""

    def tell(user: User, until: date) -> list[Deadline]:
        mine = user == world.secretary and until >= DUE
        return [Deadline(DUE, f"{PARK}支部", what, "/messages") for what in ("换届", "评议")] * mine

    ReminderRule.objects.all().delete()
    monkeypatch.setattr(deadlines, "_sources", {})
    deadlines.register("terms", "换届", tell)


def make_rule(**facts: Any) -> ReminderRule:
    given = {"name": "换届", "event": "terms", "audience": ["branch_secretary"], "since": FRIDAY}
    return ReminderRule.objects.create(**given | facts)


def told(user: User) -> list[str]:
    return list(
        Message.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True)
    )


def test_a_rule_tells_its_audience_once_on_its_day(world: World) -> None:
    make_rule()
    for day in (MONDAY - timedelta(days=3), MONDAY, MONDAY, MONDAY + timedelta(days=1)):
        reminding.evaluate(day)
    assert told(world.secretary) == ["2 项事项到期提醒"]
    assert not told(world.park_officer)


def test_without_digest_each_thing_is_a_message_of_its_own(world: World) -> None:
    make_rule(is_digest=False)
    assert reminding.evaluate(MONDAY) == 2
    assert told(world.secretary) == [f"{PARK}支部：换届", f"{PARK}支部：评议"]


def test_days_without_a_run_are_caught_up_once(world: World) -> None:
    make_rule()
    assert [reminding.evaluate(MONDAY + timedelta(days=late)) for late in (3, 3, 4)] == [1, 0, 0]


def test_what_falls_on_a_free_day_is_told_on_the_next_working_day(world: World) -> None:
    make_rule(offset=9)  # reached on Saturday
    services.set_calendar_day(actor=world.clerk, day=MONDAY, is_free=True, name="假日")
    sent = [reminding.evaluate(SATURDAY + timedelta(days=late)) for late in range(4)]
    assert sent == [0, 0, 0, 1]


def test_a_worked_saturday_is_no_free_day(world: World) -> None:
    make_rule(offset=9)
    services.set_calendar_day(actor=world.clerk, day=SATURDAY, is_free=False, name="调休")
    assert reminding.evaluate(SATURDAY) == 1


def test_a_year_of_holidays_comes_from_a_sheet(world: World) -> None:
    administrator = make_user("业务管理", role="business_administrator", at=world.county_committee)
    client = desk(administrator)
    rows = ("2026-10-01,,国庆节", "2026-10-10,上班,国庆调休", "2026-10-32,,国庆节")
    page = upload(client, "holidays", "日期,安排,名称", *rows)
    assert "写入 2 行" in page
    client.post("/sheets/holidays/write")
    days = [date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 11)]
    assert [reminding.is_free(day) for day in days] == [True, False, True]
    assert AuditEntry.objects.filter(verb="reminder.day").count() == 2


def test_what_stays_open_is_told_to_the_nearest_superior(world: World) -> None:
    make_rule(escalation_role="organizer", escalation_days=5)
    reminding.evaluate(DUE + timedelta(days=4))
    assert not told(world.park_officer)
    reminding.evaluate(DUE + timedelta(days=7))
    assert told(world.park_officer) == [f"{world.secretary}有逾期事项：2 项事项到期提醒"]
    assert not told(world.east_officer)


def test_a_rule_speaks_of_nothing_before_it_was_made(world: World) -> None:
    make_rule(since=MONDAY + timedelta(days=1))
    assert reminding.evaluate(MONDAY + timedelta(days=1)) == 0


def test_the_dry_run_names_recipients_and_sends_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_rule()
    monkeypatch.setattr("accounts.views.reminders.today", lambda: MONDAY)
    administrator = make_user("业务管理", role="business_administrator", at=world.county_committee)
    page = desk(administrator).get("/reminders/today").content.decode()
    assert str(world.secretary) in page
    assert not Message.objects.exists()
    elsewhere = make_user("外县管理", role="business_administrator", at=world.foreign_committee)
    assert str(world.secretary) not in desk(elsewhere).get("/reminders/today").content.decode()


def test_the_administrator_makes_a_rule_and_it_stands_in_the_log(world: World) -> None:
    administrator = make_user("业务管理", role="business_administrator", at=world.county_committee)
    client = desk(administrator)
    sent = {"name": "换届提前一周", "event": "terms", "offset": "7", "audience": "branch_secretary"}
    page = client.post("/reminders/new", sent | {"escalation_days": "7", "is_active": "on"})
    assert page.status_code == 302
    assert "提前 7 天" in client.get("/reminders/").content.decode()
    assert AuditEntry.objects.filter(verb="reminder.save").count() == 1
    refused = client.post("/reminders/new", sent | {"escalation_days": "7", "event": "别的"})
    assert refused.status_code == 200
    assert desk(world.secretary).get("/reminders/").status_code == 403


def test_a_new_database_begins_with_rules_whose_kinds_are_known(world: World) -> None:
    reminder_standard.after_migrate()
    rules = list(ReminderRule.objects.all())
    assert len(rules) == 11
    assert {rule.event for rule in rules} <= STANDARD
    for rule in rules:
        rule.full_clean()
    reminder_standard.after_migrate()
    assert ReminderRule.objects.count() == 11


# Dates of objects ---------------------------------------------------------------------------------


def test_any_date_of_an_object_can_be_gone_by_within_the_scope(world: World) -> None:
    """Without digest or of one row the message leads to the row."""
    make_rule(event="@partyorganization.established_on", audience=["branch_secretary", "leader"])
    PartyOrganization.objects.filter(pk=world.own_branch.pk).update(established_on=DUE)
    PartyOrganization.objects.filter(pk=world.joint_branch.pk).update(established_on=DUE)
    leader = make_user("看县", role="leader", at=world.county_committee)
    reminding.evaluate(MONDAY)
    assert told(world.secretary) == [f"{world.own_branch.name}：成立日期"]
    assert told(leader) == ["2 项事项到期提醒"]
    link = Message.objects.get(recipient=world.secretary)
    assert (link.url, reminding.evaluate(MONDAY)) == (world.own_branch.get_absolute_url(), 0)
    dues = object_dates.known()["@duesrecord.paid_on"]
    assert dues.permission == "members.dues"
    assert not list(dues.found(leader, MONDAY, DUE))  # who may not open its page
    words = {name for name, _ in object_dates.choices()}
    assert {"党组织", "企业", "班子任期", "指导员选派", "整改"} <= words
    assert all(len(key) <= 40 for key in object_dates.known())


def test_an_anniversary_comes_back_each_year_and_a_leap_day_too(world: World) -> None:
    make_rule(event="@@partymember.accepted_on", offset=0)
    for number, accepted in enumerate((date(2001, 11, 23), date(1998, 11, 21), date(2026, 11, 23))):
        person = make_person(f"党员{'甲乙丙'[number]}", home=world.own_branch)
        make_full_member(person, accepted_on=accepted, confirmed_on=accepted)
    assert reminding.evaluate(MONDAY) == 1
    body = Message.objects.get().body
    assert "2026-11-23 党员甲：政治生日（25周年）" in body
    assert "2026-11-21 党员乙：政治生日（28周年）" in body
    assert "党员丙" not in body
    born = object_dates.known()["@@partymember.accepted_on"]
    PartyMember.objects.update(accepted_on=date(2000, 2, 29), confirmed_on=date(2001, 3, 1))
    found = list(born.found(world.secretary, date(2026, 2, 27), date(2026, 2, 28)))
    assert [one.on for one in found] == [date(2026, 2, 28)] * 3
