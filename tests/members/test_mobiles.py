"""Mobile members by the definition of 2024, seen from home and host; and who ought to transfer."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.dates import today
from core.deadlines import due
from core.models import AuditEntry, Message
from members.models import Employment, MobileRecord, MobileState, PartyMember
from members.overdue_transfers import longest_overdue, overdue
from members.services import findings, mobiles, transfers
from organizations.models import PartyOrganization
from tests.builders import make_full_member, make_person
from tests.members.moving import lose, make_member, months_ago
from tests.members.test_pages import desk
from tests.world import World

AWAY = {"cause": "work", "destination": "private", "range": "county"}


def leave(member: PartyMember, months: int, **facts: Any) -> MobileRecord:
    given = {**AWAY, **facts}
    return mobiles.register(actor=None, member=member, left_on=months_ago(months), **given)


def test_an_absence_counts_from_six_months_on(world: World) -> None:
    short, long = (make_member(name, home=world.own_branch) for name in ("孙北湖", "赵北湖"))
    leave(short, 5)
    leave(long, 6)

    page = desk(world.secretary).get("/mobile/?side=out&counted=true").content.decode()

    assert "赵北湖" in page
    assert "孙北湖" not in page
    roster = desk(world.secretary).get("/members/?mobile=true").content.decode()
    assert ("赵北湖" in roster, "孙北湖" in roster) == (True, False)


def test_home_and_host_see_one_absence_from_their_sides(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    record = leave(member, 7, host=world.joint_branch)
    told = Message.objects.get(recipient=world.east_officer)
    assert told.title == "流动党员孙北湖待报到，请联系并纳入管理"
    home, host = desk(world.secretary), desk(world.east_officer)
    url = f"/mobile/{record.pk}"

    assert home.post(f"{url}/receive", {"on": today()}).status_code == 403
    assert host.post(f"{url}/receive", {"on": today()}).status_code == 302

    assert "孙北湖" in host.get("/mobile/?side=in").content.decode()
    assert "孙北湖" not in host.get("/mobile/?side=out").content.decode()
    assert "孙北湖" in home.get("/mobile/?side=out").content.decode()
    assert "表决权、选举权和党费关系仍在" in home.get(url).content.decode()
    tab = home.get(f"/members/{member.pk}?tab=flow").content.decode()
    assert "东岭第一联合党支部" in tab


def test_a_host_who_does_not_receive_says_why(world: World) -> None:
    record = leave(make_member("孙北湖", home=world.own_branch), 7, host=world.joint_branch)

    with pytest.raises(ValidationError) as problem:
        mobiles.refuse(actor=None, record=record, on=today(), refusal="")
    assert "refusal" in problem.value.message_dict
    mobiles.refuse(actor=None, record=record, on=today(), refusal="已离开本镇")

    record.refresh_from_db()
    assert record.state == MobileState.REFUSED


def test_who_has_come_from_elsewhere_is_noted_by_the_host(world: World) -> None:
    member = make_full_member(make_person("钱东岭", home=world.joint_branch))

    with pytest.raises(ValidationError) as problem:
        leave(member, 8, host=world.joint_branch)
    assert problem.value.message_dict["origin_unit"] == ["请填写一个流出党组织"]
    record = leave(
        member, 8, host=world.joint_branch, origin_unit="外省某村党支部", received_on=months_ago(7)
    )

    assert record.state == MobileState.RECEIVED
    assert "外省某村党支部" in desk(world.east_officer).get("/mobile/?side=in").content.decode()


def test_one_absence_at_a_time_in_the_right_order(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    record = leave(member, 8)
    with pytest.raises(ValidationError) as problem:
        leave(member, 2)
    assert problem.value.message_dict["member"] == ["该党员已有未结束的流动登记"]
    with pytest.raises(ValidationError) as problem:
        mobiles.come_back(actor=None, record=record, on=months_ago(9))
    assert problem.value.message_dict["on"] == [f"不能早于流出日期 {months_ago(8)}。"]

    mobiles.come_back(actor=None, record=record, on=today())
    assert leave(member, 0).state == MobileState.AWAY


def test_the_transfer_of_the_relation_ends_the_absence(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    record = leave(member, 8, host=world.joint_branch)
    letter = transfers.issue(
        actor=None,
        member=member,
        receiver=world.joint_branch,
        range="committee",
        letter="1",
        issued_on=today(),
    )

    transfers.accept(actor=None, transfer=letter, on=today())

    record.refresh_from_db()
    assert (record.state, record.ended_on) == (MobileState.TRANSFERRED, today())


def test_phones_of_contacts_are_masked_and_survive_a_correction(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    record = leave(member, 8, host_unit="外省某社区", host_phone="13812345678")
    client, url = desk(world.secretary), f"/mobile/{record.pk}"

    assert "13812345678" not in client.get(url).content.decode()
    assert "13812345678" not in client.get(f"{url}/edit").content.decode()
    mobiles.change_mobile(actor=None, record=record, reason="补充", host_address="某路1号")

    assert MobileRecord.objects.get(pk=record.pk).host_phone == "13812345678"
    logged = AuditEntry.objects.filter(verb__startswith="mobile.").values_list("after", flat=True)
    assert "13812345678" not in str(list(logged))


def work(member: PartyMember, world: World, months: int) -> None:
    Employment.objects.create(
        person=member.person, enterprise=world.joint, valid_from=months_ago(months)
    )


def names(world: World, day: Any = None) -> list[str]:
    rows = overdue(world.clerk, day or today())
    return sorted(str(row) for row in rows)


def test_half_a_year_in_a_firm_calls_for_the_transfer(world: World) -> None:
    late, early, home = (
        make_member(name, home=branch)
        for name, branch in (
            ("迟北湖", world.own_branch),
            ("早北湖", world.own_branch),
            ("家东岭", world.joint_branch),
        )
    )
    for member, months in ((late, 6), (early, 5), (home, 30)):
        work(member, world, months)

    assert names(world) == ["迟北湖"]


def test_a_firm_without_an_organization_calls_for_none(world: World) -> None:
    member = make_member("孙北湖", home=world.own_branch)
    Employment.objects.create(
        person=member.person, enterprise=world.uncovered, valid_from=months_ago(9)
    )

    assert names(world) == []


def test_whose_relation_nobody_here_holds_is_asked_for_too(world: World) -> None:
    away = make_full_member(make_person("外东岭", home=world.joint_branch))
    work(away, world, 7)

    assert names(world) == ["外东岭"]


def test_the_work_page_takes_the_longest_without_a_letter_only(world: World) -> None:
    members = [make_member(name, home=world.own_branch) for name in ("甲", "乙", "丙")]
    for member, months in zip(members, (9, 8, 7), strict=True):
        work(member, world, months)
    leave(make_member("丁", home=world.own_branch), 10)
    transfers.issue(
        actor=None,
        member=members[0],
        receiver=world.joint_branch,
        issued_on=today(),
        range="committee",
        letter="1号",
    )

    found = longest_overdue(world.clerk, today(), 1)

    assert [str(row) for row in found] == ["丁", "乙"]


def test_the_list_says_where_from_and_where_now(world: World) -> None:
    guest = make_full_member(make_person("钱东岭", home=world.joint_branch))
    leave(
        guest, 8, host=world.joint_branch, origin_unit="外省某村党支部", received_on=months_ago(7)
    )

    page = desk(world.east_officer).get("/transfers/due/").content.decode()

    assert "外省某村党支部" in page
    assert "东岭第一联合党支部" in page
    (row,) = [row for row in due(world.east_officer, today()) if "应转接" in row.what]
    assert row.url == f"/members/{guest.pk}?tab=flow"


def test_a_settled_absence_calls_for_the_transfer_and_a_wandering_one_does_not(
    world: World,
) -> None:
    settled, wandering = (make_member(name, home=world.own_branch) for name in ("定", "游"))
    leave(settled, 7)
    leave(wandering, 7, is_settled=False)

    assert names(world) == ["定"]


def test_what_is_due_stands_on_the_work_page_within_the_scope(world: World) -> None:
    branch: PartyOrganization = world.own_branch
    leave(make_member("动北湖", home=branch), 7)
    work(make_member("迟北湖", home=branch), world, 8)
    lose(make_member("失北湖", home=branch), months_ago(7))
    findings.register(
        actor=None,
        name="袋北湖",
        kind="pocket",
        source="member",
        found_on=months_ago(2),
        organization=branch,
    )

    told = {(row.subject, row.what) for row in due(world.secretary, today())}

    assert {
        ("动北湖", "联系流动党员"),
        ("动北湖", "在流入地已满 6 个月，应转接组织关系"),
        ("迟北湖", "在东岭茶业有限公司已满 6 个月，应转接组织关系"),
        ("失北湖", "失联满 6 个月，仍无法联系的停止党籍"),
        ("袋北湖", "核实口袋党员身份"),
    } <= told
    assert not any("北湖" in row.subject for row in due(world.west_officer, today()))


@pytest.mark.parametrize("url", ["/mobile/", "/transfers/due/", "/lost/", "/hidden/"])
def test_lists_take_as_many_queries_for_many(
    world: World, django_assert_max_num_queries: Any, url: str
) -> None:
    client = desk(world.clerk)
    client.get(url)
    for number in range(6):
        leave(make_member(f"动{number}", home=world.own_branch), 7)
        lose(make_member(f"失{number}", home=world.own_branch), months_ago(7))
    with django_assert_max_num_queries(10):
        assert client.get(url).status_code == 200


def test_a_finding_is_verified_and_brought_in(world: World) -> None:
    client = desk(world.park_officer)
    found = {
        "name": "袋北湖",
        "kind": "pocket",
        "source": "organization",
        "found_on": months_ago(1),
        "organization": world.own_branch.code,
        "phone": "13812345678",
    }
    answer = client.post("/hidden/new", found)
    assert answer.status_code == 302, answer.content.decode()
    url = answer["Location"]
    judged = {"on": today(), "verified_by": "原单位党委", "evidence": "介绍信和档案"}
    assert client.post(f"{url}/verify", judged).status_code == 302
    member = make_full_member(make_person("袋北湖", home=world.own_branch))
    settled = {"on": today(), "member": f"袋北湖（党员{member.pk}）", "result": "moved"}

    refused = client.post(f"{url}/settle", settled).content.decode()
    assert "请先办理转入" in refused
    assert client.post(f"{url}/settle", {**settled, "result": "kept"}).status_code == 302

    page = client.get(url).content.decode()
    assert "保留原组织关系" in page
    assert "13812345678" not in page
    assert "13812345678" not in str(list(AuditEntry.objects.values_list("after", flat=True)))


def test_who_is_no_member_is_noted_as_such_with_evidence(world: World) -> None:
    row = findings.register(
        actor=None,
        name="非北湖",
        kind="hidden",
        source="census",
        found_on=today(),
        organization=world.own_branch,
    )
    with pytest.raises(ValidationError):
        findings.disprove(actor=None, finding=row, on=today(), verified_by="x", evidence="")

    findings.disprove(
        actor=None, finding=row, on=today(), verified_by="原单位党委", evidence="查无档案"
    )
    with pytest.raises(ValidationError, match="不能核实党员身份"):
        findings.verify(actor=None, finding=row, on=today(), verified_by="x", evidence="x")
