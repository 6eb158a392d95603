"""Lost members: six months, suspension, two years, removal; each with evidence, none skipped."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from core.dates import today
from core.models import ParameterValue
from members.codes import ExitKind, Standing
from members.models import LostContact, LostSearch, LostState, MobileState, PartyMember
from members.rules_lost import band_of, removable_from, suspendable_from
from members.services import losses, memberships, mobiles, transfers
from members.services.memberships import present_of
from organizations.rules import months_later
from tests.members.moving import look_for, lose, make_member, months_ago
from tests.members.test_pages import desk
from tests.world import World

DECISION = {"by": "北湖电子党支部", "document": "支部大会记录2026-3"}
APPROVAL = {"by": "北湖园区综合党委", "document": "北党〔2026〕3号"}


def suspended(world: World, months: int) -> LostContact:
    """Lost for a year before it was suspended that many months ago."""
    case = lose(make_member("孙北湖", home=world.own_branch), months_ago(months + 12))
    for on in (months_ago(months + 9), months_ago(months + 1)):
        look_for(case, on)
    return losses.suspend(actor=None, case=case, on=months_ago(months), **DECISION)


def test_a_lost_member_is_suspended_after_six_months_of_search(world: World) -> None:
    case = suspended(world, 3)

    case.member.refresh_from_db()
    assert case.state == LostState.SUSPENDED
    assert case.member.standing == Standing.SUSPENDED
    assert present_of(case.member) is None
    left = case.member.memberships.get()
    assert (left.exit_kind, left.valid_to) == (ExitKind.SUSPENDED, months_ago(3))


def test_nobody_is_suspended_before_six_months(world: World) -> None:
    case = lose(make_member("孙北湖", home=world.own_branch), months_ago(5))

    with pytest.raises(ValidationError) as problem:
        losses.suspend(actor=None, case=case, on=today(), **DECISION)

    day = months_later(months_ago(5), 6)
    assert problem.value.message_dict["on"] == [f"失去联系满 6 个月，即 {day} 起才能停止党籍。"]


def test_the_county_may_wait_longer_from_a_day_on(world: World) -> None:
    ParameterValue.objects.create(key="lost.suspend_months", value=9, valid_from=today())
    case = lose(make_member("孙北湖", home=world.own_branch), months_ago(8))
    look_for(case, months_ago(7))
    look_for(case, months_ago(2))

    with pytest.raises(ValidationError) as problem:
        losses.suspend(actor=None, case=case, on=today(), **DECISION)

    assert "失去联系满 9 个月" in problem.value.message_dict["on"][0]
    yesterday = today() - timedelta(days=1)
    losses.suspend(actor=None, case=case, on=yesterday, **DECISION)


def test_suspension_rests_on_repeated_search(world: World) -> None:
    case = lose(make_member("孙北湖", home=world.own_branch), months_ago(8))
    look_for(case, months_ago(7))

    with pytest.raises(ValidationError, match="至少查找 2 次，现在登记了 1 次"):
        losses.suspend(actor=None, case=case, on=today(), **DECISION)


def test_removal_is_never_the_first_step(world: World) -> None:
    case = lose(make_member("孙北湖", home=world.own_branch), months_ago(60))
    look_for(case, months_ago(50))

    with pytest.raises(ValidationError, match="当前状态为“查找中”，不能自行脱党除名"):
        losses.remove(actor=None, case=case, on=today(), **APPROVAL)


def test_the_exits_of_a_lost_member_lead_over_the_case(world: World) -> None:
    case = lose(make_member("孙北湖", home=world.own_branch), months_ago(60))

    for kind in (ExitKind.DROPPED, ExitKind.SUSPENDED):
        with pytest.raises(ValidationError, match="请在失联登记上办理"):
            memberships.end_membership(actor=None, member=case.member, on=today(), kind=kind)


@pytest.mark.parametrize("months", [1, 23])
def test_nobody_is_removed_before_two_years_of_suspension(world: World, months: int) -> None:
    case = suspended(world, months)
    look_for(case, today())

    with pytest.raises(ValidationError) as problem:
        losses.remove(actor=None, case=case, on=today(), **APPROVAL)

    assert "停止党籍满 24 个月" in problem.value.message_dict["on"][0]


def test_removal_needs_a_search_after_the_suspension(world: World) -> None:
    case = suspended(world, 25)
    with pytest.raises(ValidationError, match="停止党籍以后的查找经过"):
        losses.remove(actor=None, case=case, on=today(), **APPROVAL)
    look_for(case, months_ago(1))

    losses.remove(actor=None, case=case, on=today(), **APPROVAL)

    case.member.refresh_from_db()
    assert case.member.standing == Standing.LEFT


def test_a_suspended_member_who_comes_back_is_restored(world: World) -> None:
    case = suspended(world, 10)

    losses.restore(actor=None, case=case, on=today(), organization=world.joint_branch, **APPROVAL)

    case.member.refresh_from_db()
    assert case.member.standing == Standing.ACTIVE
    assert present_of(case.member).organization == world.joint_branch  # type: ignore[union-attr]


def test_a_member_who_is_reached_stays_where_he_was(world: World) -> None:
    case = lose(make_member("孙北湖", home=world.own_branch), months_ago(2))

    losses.find(actor=None, case=case, on=today(), end_note="换了手机号码")

    case.member.refresh_from_db()
    assert case.member.standing == Standing.ACTIVE
    assert lose(case.member, months_ago(1)).state == LostState.LOST


def test_a_lost_member_is_no_longer_counted_as_mobile(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    record = mobiles.register(
        actor=None,
        member=member,
        left_on=months_ago(10),
        cause="work",
        destination="unknown",
        range="nation",
    )

    lose(member, months_ago(3))

    record.refresh_from_db()
    assert (record.state, record.ended_on) == (MobileState.LOST, months_ago(3))


def test_no_letter_carries_a_lost_member_away(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    letter = transfers.issue(
        actor=None,
        member=member,
        receiver=world.joint_branch,
        range="committee",
        letter="1",
        issued_on=today(),
    )
    lose(member, months_ago(1))

    with pytest.raises(ValidationError, match="登记为失联党员"):
        transfers.accept(actor=None, transfer=letter, on=today())


STEPS: list[tuple[str, dict[str, Any], str]] = [
    ("lost", {"state": "removed"}, "members_lost_steps|逐步办理"),
    ("lost", {"state": "restored"}, "members_lost_steps|逐步办理"),
    ("suspended", {"state": "lost"}, "members_lost_steps|逐步办理"),
    ("suspended", {"suspended_on": months_ago(40)}, "不能改动日期"),
    (
        "suspended",
        {"state": "removed", "ended_on": today(), "ended_by": "x", "end_document": "x"},
        "停止党籍以后的查找经过|members_lost_two_years",
    ),
]


@pytest.mark.parametrize(("start", "change", "refusal"), STEPS)
def test_the_database_itself_skips_no_step(
    world: World, start: str, change: dict[str, Any], refusal: str
) -> None:
    case = suspended(world, 5)
    if start == "lost":
        case = lose(make_member("周北湖", home=world.own_branch), months_ago(40))

    with pytest.raises((IntegrityError, InternalError), match=refusal), transaction.atomic():
        LostContact.objects.filter(pk=case.pk).update(**change)


def test_the_standing_of_a_lost_member_follows_the_case_alone(world: World) -> None:
    case = lose(make_member("孙北湖", home=world.own_branch), months_ago(40))

    PartyMember.objects.filter(pk=case.member_id).update(standing=Standing.LEFT)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="逐步办理"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_evidence_is_never_changed(world: World) -> None:
    case = suspended(world, 5)

    with pytest.raises(IntegrityError, match="证据"), transaction.atomic():
        LostSearch.objects.filter(case=case).update(result="无")


@pytest.mark.parametrize(
    ("months", "band"), [(5, "不满6个月"), (6, "6个月至不满1年"), (12, "1至5年"), (72, "6至10年")]
)
def test_the_bands_of_the_yearly_table(months: int, band: str) -> None:
    assert band_of(months) == band
    assert band_of(132) == "11年及以上"


def test_the_waits_end_on_the_same_day_of_the_month() -> None:
    leap = suspendable_from(today().replace(year=2023, month=8, day=31), 6)
    assert (leap.isoformat(), removable_from(leap, 24).isoformat()) == ("2024-02-29", "2026-02-28")


def test_a_branch_secretary_leads_a_case_on_its_page(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    client = desk(world.secretary)
    start = {
        "member": f"孙北湖（党员{member.pk}）",
        "lost_since": months_ago(9),
        "situation": "1",
        "kind": "2",
    }
    assert client.post("/lost/new", start).status_code == 302
    url = member.lost_cases.get().get_absolute_url()
    for day in (months_ago(8), today() - timedelta(days=1)):
        told = {"on": day, "way": "phone", "by": "郑书记", "result": "停机"}
        assert client.post(f"{url}/search", told).status_code == 302

    page = client.get(url).content.decode()
    assert "已满 6 个月，仍无法联系的停止党籍" in page
    assert page.count("停机") >= 2
    refused = client.post(f"{url}/suspend", {"on": months_ago(4), **DECISION})
    assert "起才能停止党籍" in refused.content.decode()
    assert client.post(f"{url}/suspend", {"on": today(), **DECISION}).status_code == 302
    assert client.get("/lost/?state=suspended").content.decode().count("孙北湖") >= 1
