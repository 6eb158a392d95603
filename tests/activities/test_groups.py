"""Party groups with their members by day: whom a group meeting expects, who may be in one."""

from datetime import date, timedelta

import pytest

from activities.models import Activity, PartyGroup
from activities.roster import members_of
from activities.services.groups import end_group, form_group, set_members
from core.dates import today
from members.models import Person
from organizations.models import PartyOrganization
from tests.activities.meeting import YESTERDAY, fields, hold, key, kinds, make_branch, minutes
from tests.activities.test_recording import refusal
from tests.builders import make_person
from tests.members.test_posts import desk
from tests.world import PARK, World

pytestmark = pytest.mark.django_db
SPRING, SUMMER = date(2025, 3, 1), date(2025, 7, 1)


def group(organization: PartyOrganization, name: str = f"{PARK}一组") -> PartyGroup:
    return form_group(actor=None, organization=organization, name=name, on=SPRING)


def put(cell: PartyGroup, people: list[Person], on: date = SPRING) -> None:
    set_members(actor=None, group=cell, people=people, leader=people[0], on=on)


def test_a_list_holds_from_its_day_and_a_new_one_takes_over(world: World) -> None:
    people, branch = make_branch(world.own_branch, 4), world.own_branch
    one, two = group(branch), group(branch, f"{PARK}二组")
    put(one, people[:3])
    put(two, people[2:], on=SUMMER)
    put(one, people[:1], on=SUMMER)

    spring, now = members_of(branch, SPRING), members_of(branch, today())
    assert spring == {person.pk: one.pk for person in people[:3]}
    assert now == {people[0].pk: one.pk, people[2].pk: two.pk, people[3].pk: two.pk}
    end_group(actor=None, group=two, on=today())
    assert members_of(branch, today()) == {people[0].pk: one.pk}


def test_a_list_is_refused_with_its_reason(world: World) -> None:
    people, branch = make_branch(world.own_branch, 3), world.own_branch
    stranger, cell = make_person(f"{PARK}外人", home=branch), group(branch)
    early = refusal(lambda: put(cell, people, on=SPRING - timedelta(days=1)))
    assert early["on"] == [f"不能早于党小组成立日期{SPRING}。"]
    foreign = refusal(lambda: put(cell, [*people, stranger]))
    assert foreign["people"] == [f"{PARK}外人在{SPRING}不是这个支部的党员。"]
    other = refusal(
        lambda: set_members(actor=None, group=cell, people=people[:1], leader=people[1], on=SPRING)
    )
    assert other["leader"] == ["组长应是本组成员。"]
    put(cell, people, on=SUMMER)
    back = refusal(lambda: put(cell, people, on=SPRING))
    assert back["on"] == [f"{SUMMER}已有成员变动，请从该日或以后调整。"]
    end_group(actor=None, group=cell, on=today())
    assert "已于" in refusal(lambda: put(cell, people, on=today()))["on"][0]


def test_a_group_meeting_expects_its_members(world: World) -> None:
    people, branch = make_branch(world.own_branch, 4), world.own_branch
    cell = group(branch)
    put(cell, people[:3])
    given = minutes(people[1:2], kinds=kinds("group_meeting"), group=cell)

    said = {one.person: one.status for one in hold(branch, given).attendances.all()}
    assert said == dict(zip(people[:3], ["absent", "came", "absent"], strict=True))


def test_its_page_ticks_its_members_and_the_list_leads_there(world: World) -> None:
    people = make_branch(world.own_branch, 3)
    cell, client = group(world.own_branch), desk(world.secretary)
    sent = {"on": SPRING, "people": [one.pk for one in people[:2]], "leader": people[0].pk}
    assert client.post(f"/meetings/groups/{cell.pk}/members", sent).status_code == 302
    told = client.get("/meetings/groups").content.decode()
    assert f"{people[0].name}、{people[1].name}" in told
    address = f"/meetings/new?organization={world.own_branch.pk}&kind=group_meeting&group={cell.pk}"
    assert address.replace("&", "&amp;") in told

    page = client.get(address)
    ticked = {one.seat.person for one in page.context["names"] if one.came}
    assert ticked == set(people[:2])
    client.post(address, fields(page, kinds=[key("group_meeting")], title="学习", group=cell.pk))
    assert (Activity.objects.get().group, Activity.objects.get().expected) == (cell, 2)


def test_what_is_refused_stands_beside_its_part_and_keeps_what_was_typed(world: World) -> None:
    make_branch(world.own_branch, 2)
    elsewhere = make_branch(world.joint_branch, 1)[0]
    client = desk(world.secretary)
    page = client.get("/meetings/new")
    typed = fields(
        page, kinds=[key("talk")], title="学习", content="一段内容", held_on=YESTERDAY.isoformat()
    )
    ahead = {**typed, "held_on": (today() + timedelta(days=1)).isoformat()}
    answer = client.post("/meetings/new", ahead)
    assert "不能晚于今天" in answer.context["form"].errors["held_on"][0]
    answer = client.post("/meetings/new", {**typed, f"came-{elsewhere.pk}": "on"})
    text = answer.content.decode()
    said = f"名单中有人在{YESTERDAY}不在{world.own_branch}。"  # whose name is not theirs to read
    assert answer.context["form"].beside == {"presences": [said]}
    assert text.index("到会 <span") < text.index(said, text.index("到会 <span"))
    assert "一段内容" in text
    vote = {"decision-0-text": "接收", "decision-0-kind": "vote", "decision-0-ayes": "1"}
    answer = client.post("/meetings/new", {**typed, **vote})
    assert "不作表决" in answer.context["form"].beside["decisions"][0]
    assert not Activity.objects.exists()
