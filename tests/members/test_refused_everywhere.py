"""What no register can hold is refused by database, form, sheet and API, in the same words."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from core.dates import today
from members.dues.services import NO_MORE
from members.models import (
    DevelopmentStep,
    DuesRecord,
    Instructor,
    InstructorAssignment,
    Membership,
    PartyMember,
    Person,
)
from members.services import memberships
from organizations import importing, sheets
from tests.api.test_api import caller
from tests.builders import make_full_member, make_person
from tests.members.developing import DAYS, VOTES, applied, walk
from tests.members.paying import make_payer, month
from tests.members.test_member_pages import NUMBER, desk, registered
from tests.world import EAST, PARK, WEST, World

CONFIRMED_FIRST = "转正时间不能早于入党时间"
TAKEN = "这个身份证号的党员已经登记，不重复登记"
UNIT = {"home_unit": "县税务局", "engagement": "part_time"}


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_calls() -> None:
    cache.clear()


def database(constraint: str, write: Callable[[], Any]) -> None:
    """The row itself is refused, whoever writes it."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def on_screen(client: Client, url: str, data: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the form says at each field."""
    errors: dict[str, list[str]] = client.post(url, data).context["form"].errors
    return errors


def in_sheet(actor: Any, key: str, **row: str) -> str:
    """What the error sheet says of a row, column by column."""
    register = sheets.sheet(key)
    assert register
    outcome = importing.run(register, actor, [{**row, "row": "2"}], write=True)
    assert outcome.wrong == 1
    return "；".join(outcome.lines[0].remarks)


def by_program(user: Any, address: str, **data: Any) -> dict[str, list[str]]:
    """What the API says at each field."""
    answer = caller(user).post(f"/api/v1/{address}", data, content_type="application/json")
    assert answer.status_code == 400, answer.content.decode()
    problem = answer.json()["error"]
    fields: dict[str, list[str]] = problem["fields"]
    return fields or {"": [problem["message"]]}


def _registration(world: World, **facts: str) -> dict[str, str]:
    return {
        "name": f"{PARK}乙",
        "citizen_id": NUMBER,
        "category": "full",
        "accepted_on": "2015-07-01",
        "confirmed_on": "2016-07-01",
        "organization": world.own_branch.code or "",
        "on": "2021-03-01",
        "entry_kind": "transferred",
        **facts,
    }


def _row(data: Mapping[str, str], home: str) -> dict[str, str]:
    names = ("name", "citizen_id", "accepted_on", "confirmed_on")
    return {**{name: data[name] for name in names}, "home": home}


def test_one_number_is_one_person(world: World) -> None:
    known = registered(world.own_branch, f"{PARK}甲", citizen_id=NUMBER).person
    data, user = _registration(world), world.secretary
    twin = Person(name="乙", home_organization=world.own_branch, citizen_id=known.citizen_id)
    twin.clean()
    database("members_citizen_id_once", twin.save)
    assert TAKEN in str(on_screen(desk(user), "/members/new", data)["citizen_id"])
    remark = in_sheet(user, "members", **_row(data, ""))
    assert remark == f"姓名：这个身份证号登记的是{PARK}甲；是同一人改名的，请在党员页修改。"
    assert in_sheet(world.east_officer, "members", **_row(data, "")) == f"身份证号码：{TAKEN}。"
    assert by_program(user, "members", **data) == {"citizen_id": [f"{TAKEN}。"]}


def test_days_follow_each_other(world: World) -> None:
    data, user = _registration(world, confirmed_on="2015-06-01"), world.secretary
    member = registered(world.own_branch, f"{PARK}甲")
    early = PartyMember.objects.filter(pk=member.pk)
    database("members_confirmed_after", lambda: early.update(confirmed_on=date(2000, 1, 1)))
    assert CONFIRMED_FIRST in str(on_screen(desk(user), "/members/new", data)["confirmed_on"])
    assert CONFIRMED_FIRST in in_sheet(user, "members", **_row(data, ""))
    assert CONFIRMED_FIRST in by_program(user, "members", **data)["confirmed_on"][0]


def test_a_member_is_in_one_branch_at_a_time(world: World) -> None:
    member = registered(world.own_branch, f"{PARK}甲", citizen_id=NUMBER)
    branch = world.joint_branch
    database(
        "members_membership_once",
        lambda: Membership.objects.create(
            member=member, organization=branch, valid_from=today(), entry_kind="transferred"
        ),
    )
    data = {"organization": branch.code, "kind": "transferred", "on": "2024-05-01"}
    told, user = "同一时段一名党员只能在一个党组织", world.clerk
    assert told in str(on_screen(desk(user), f"/members/{member.pk}/return", data)["on"])
    row = _row(_registration(world, name=member.person.name), str(branch))
    assert "与登记的党支部不同；调整支部请在党员页办理" in in_sheet(user, "members", **row)
    assert told in by_program(user, f"members/{member.pk}/memberships", **data)["on"][0]


def test_no_vote_has_more_ayes_than_voters(world: World) -> None:
    case = walk(applied(world.own_branch, f"{PARK}甲"), "form")
    facts = {**VOTES, "ayes": 9}
    database(
        "members_step_(votes|noes)",
        lambda: DevelopmentStep.objects.create(
            case=case, code="meeting", done_on=DAYS["meeting"], **facts
        ),
    )
    told, user = "赞成票与反对票之和不能多于参加表决的 8 人", world.secretary
    data = {"done_on": str(DAYS["meeting"]), "outcome": "passed", **facts}
    assert told in str(on_screen(desk(user), f"/develop/{case.pk}/steps/meeting", data)["ayes"])
    row = {f"meeting_{name}": str(facts[name]) for name in ("entitled", "voters", "ayes")}
    row |= {"organization": world.own_branch.code or "", "name": case.person.name}
    remark = in_sheet(user, "developments", **row, meeting=str(DAYS["meeting"]))
    assert remark.startswith("接收赞成人数：赞成票与反对票之和不能多于")
    said = by_program(user, f"developments/{case.pk}/steps", code="meeting", **data)
    assert told in said["ayes"][0]


def test_who_was_stopped_pays_no_dues(world: World) -> None:
    branch, user = world.joint_branch, world.east_officer
    member = make_payer(branch, f"{EAST}甲")
    memberships.end_membership(
        actor=None, member=member, on=month(1), kind="suspended", reason="失联"
    )
    owed = {"member": member, "organization": branch, "month": month(2)}
    database(
        "不再收缴党费",
        lambda: DuesRecord.objects.create(**owed, paid=50, paid_on=today(), method="cash"),
    )
    key = f"p-{member.pk}-{month(2):%Y-%m}"
    url = f"/dues/{branch.pk}?month={month(2):%Y-%m}"
    page = desk(user).post(url, {key: "50", "on": str(today()), "method": "cash"})
    assert page.context["board"].errors == {key: NO_MORE}
    given = {"organization": branch.code or "", "month": f"{month(2)}", "paid": "50"}
    remark = in_sheet(user, "dues", **given, name=member.person.name, method="现金")
    assert remark == f"实交（元）：{NO_MORE}"
    given |= {"on": str(today()), "method": "cash"}
    assert by_program(user, "dues", **given, member=member.pk) == {"paid": [NO_MORE]}


def test_an_instructor_is_a_full_member(world: World) -> None:
    person = make_person(f"{WEST}何", home=world.west_committee)
    make_full_member(person, category="probationary", confirmed_on=None)
    database("指导员应为正式党员", lambda: Instructor.objects.create(person=person, **UNIT))
    told, user = f"{WEST}何不是在册正式党员（预备党员，在册），须为正式党员。", world.clerk
    given = {**UNIT, "person": person.name}
    assert on_screen(desk(user), "/instructors/new", given) == {"person": [told]}
    assert by_program(user, "instructors", **UNIT, person=person.pk) == {"person": [told]}
    PartyMember.objects.filter(person=world.instructor.person).update(standing="suspended")
    row = {"name": world.instructor.person.name, "uscc": world.joint.uscc or ""}
    remark = in_sheet(user, "assignments", **row, valid_from="2026-03-01")
    assert remark.startswith("指导员姓名：")
    assert "不是在册正式党员" in remark


def test_assignments_do_not_overlap(world: World) -> None:
    guide, firm, user = world.instructor, world.uncovered, world.clerk
    known = InstructorAssignment.objects.get()
    again = {"instructor": guide, "enterprise": firm, "sender": known.sender}
    database(
        "members_assignment_once",
        lambda: InstructorAssignment.objects.create(**again, valid_from=today()),
    )
    told = f"“{firm}”：该指导员在此时段已派驻这家企业"
    given = {"enterprises": [firm.uscc], "on": "2026-03-01"}
    page = on_screen(desk(user), f"/instructors/{guide.pk}/send", given)
    assert page == {"enterprises": [told]}
    row = {"name": guide.person.name, "uscc": firm.uscc or "", "valid_from": "2026-03-01"}
    assert in_sheet(user, "assignments", **row) == f"统一社会信用代码：{told}"
    assert by_program(user, "assignments", instructor=guide.pk, **given) == {"enterprises": [told]}


def test_a_program_writes_what_the_form_would_write(world: World) -> None:
    client = caller(world.clerk)
    sent = _registration(world)
    made = client.post("/api/v1/members", sent, content_type="application/json")
    assert (made.status_code, made.json()["citizen_id"]) == (201, "*" * 17 + NUMBER[-1])
    member = PartyMember.objects.get(pk=made.json()["id"])
    letter = {
        "member": member.pk,
        "receiver": world.joint_branch.code,
        "range": "province",
        "letter": "2026-1",
        "issued_on": str(today()),
    }
    issued = client.post("/api/v1/transfers", letter, content_type="application/json")
    assert issued.json()["destination"] == str(world.joint_branch), issued.json()
    again = client.post("/api/v1/transfers", letter, content_type="application/json")
    assert again.json()["error"]["fields"] == {"member": ["该党员已有一封待接收的介绍信"]}
    paid = {"organization": world.own_branch.pk, "member": member.pk, "month": str(month())}
    paid |= {"paid": 20, "on": str(today()), "method": "online"}
    assert client.post("/api/v1/dues", paid, content_type="application/json").status_code == 201
    assert DuesRecord.objects.get(member=member).paid == Decimal(20)
    assert client.get("/api/v1/dues").json()["results"][0]["paid"] == "20.00"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"nickname": "甲"}, {"nickname": ["没有这一项"]}),
        ({"name": ["甲"]}, {"name": ["格式不对，请对照接口说明"]}),
        ({"name": "\ud800"}, {"name": ["格式不对，请对照接口说明"]}),
        ({"organization": 987654321}, {"organization": ["没有找到“编号987654321”"]}),
        ({"name": None}, {"name": ["该字段是必填项"]}),
        ({"category": "chief"}, {"category": ["选择一个有效的选项"]}),
    ],
)
def test_odd_requests_are_told_at_their_field(
    world: World, sent: dict[str, Any], told: dict[str, list[str]]
) -> None:
    found = by_program(world.clerk, "members", **_registration(world) | sent)
    assert found.keys() == told.keys()
    assert {name: told[name] for name in told if told[name][0] not in found[name][0]} == {}, found


def test_writing_asks_for_the_right_and_for_a_token_that_writes(world: World) -> None:
    sent = _registration(world)
    for client, told in (
        (caller(world.clerk, "members"), "没有登记这类数据的权限"),
        (caller(world.leader), "没有登记这类数据的权限"),
    ):
        answer = client.post("/api/v1/members", sent, content_type="application/json")
        assert answer.status_code == 403
        assert told in answer.json()["error"]["message"]
    neighbour = by_program(world.east_officer, "members", **sent)
    assert "不在您的数据范围内" in neighbour["organization"][0]
