"""Members on screen: the register, one member's page, the acts as forms, paper."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.identifiers import complete_citizen_id
from members import posts
from members.models import PartyMember, Person
from members.services import members
from members.services.members import Registration
from members.views import rosters
from organizations.models import PartyOrganization
from tests.members.test_members import refusal
from tests.world import EAST, PARK, World

NUMBER = complete_citizen_id("34082419900307123")
PHONE = "13905566123"


def registered(home: PartyOrganization, name: str, **facts: Any) -> PartyMember:
    member = {"category": "full", "accepted_on": date(2015, 7, 1), "confirmed_on": date(2016, 7, 1)}
    given = Registration(home, {"name": name, **facts}, member, on=date(2021, 3, 1))
    return members.register_member(actor=None, given=given)


def desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_township_sees_its_own_members(world: World) -> None:
    registered(world.own_branch, f"{PARK}甲")
    mine = registered(world.joint_branch, f"{EAST}甲")
    page = text_of(desk(world.east_officer), "/members/")
    assert f"{EAST}甲" in page
    assert PARK not in page
    assert desk(world.park_officer).get(f"/members/{mine.pk}").status_code == 404


def test_a_roster_on_paper_names_its_branch_and_counts_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those whom the paper has no room for."""
    for name in "甲乙":
        registered(world.joint_branch, f"{EAST}{name}")
    monkeypatch.setattr(rosters, "MOST", 1)
    client, branch = desk(world.east_officer), world.joint_branch
    paper = text_of(client, f"/members/roster?home={branch.pk}")
    assert f"党组织：{branch}" in paper
    assert "共 2 人" in paper
    assert "党组织：" not in text_of(client, f"/members/roster?home={world.own_branch.pk}")


def test_a_roster_of_many_is_printed_part_by_part(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is missing, and each part tells how many there are in all."""
    for name in "甲乙丙":
        registered(world.joint_branch, f"{EAST}{name}")
    monkeypatch.setattr(rosters, "MOST", 2)
    client, url = desk(world.east_officer), "/members/roster"
    first, second = (text_of(client, f"{url}?part={part}") for part in (1, 2))
    assert "共 3 人，分 2 部分；本部分为第 1 至 2 人" in first
    assert sum(f'<td class="name">{EAST}{name}' in first + second for name in "甲乙丙") == 3
    assert f"党组织：{world.east_committee}" in first
    assert f"党组织：{world.own_branch}" in text_of(desk(world.secretary), url)


def test_no_page_of_members_shows_a_number_that_could_be_completed(world: World) -> None:
    """Beside the day of birth only the check digit is left of an identity number."""
    member = registered(world.own_branch, f"{PARK}甲", citizen_id=NUMBER, phone=PHONE)
    client = desk(world.clerk)
    for url in (
        "/members/?col=person&col=born_on&col=citizen_id&col=phone",
        f"/members/{member.pk}",
        f"/members/{member.pk}?tab=log",
        f"/members/{member.pk}/print",
        f"/members/{member.pk}/edit",
        "/members/roster",
        f"/reveal/members.person/{member.person_id}/citizen_id",
        f"/reveal/members.person/{member.person_id}/phone",
    ):
        page = text_of(client, url)
        assert NUMBER[:4] not in page, url
        assert PHONE not in page, url
    assert "*" * 17 + NUMBER[-1] in text_of(client, f"/members/{member.pk}")
    assert "查看完整号码" in text_of(client, f"/members/{member.pk}")


def test_a_member_is_registered_on_screen_and_refused_in_words(world: World) -> None:
    client = desk(world.secretary)
    assert world.own_branch.code in text_of(client, "/members/new")  # the only branch of the scope
    data = {
        "name": f"{PARK}乙",
        "citizen_id": NUMBER.lower(),
        "category": "full",
        "accepted_on": "2015-07-01",
        "confirmed_on": "2015-06-01",
        "organization": world.own_branch.code,
        "on": "2021-03-01",
        "entry_kind": "transferred",
    }
    page = client.post("/members/new", data).content.decode()
    assert "转正时间不能早于入党时间" in page
    answer = client.post("/members/new", data | {"confirmed_on": "2016-07-01"})
    member = PartyMember.objects.get(person__name=f"{PARK}乙")
    assert answer["Location"] == f"/members/{member.pk}"
    again = client.post("/members/new", data | {"confirmed_on": "2016-07-01"}).content.decode()
    assert "已经登记" in again


@pytest.mark.parametrize(
    ("accepted", "confirmed", "told"),
    [
        (date(2010, 1, 1), date(2010, 7, 1), "预备党员的预备期为一年"),
        (date(1970, 1, 1), date(1970, 1, 1), ""),
        (date(2010, 1, 1), None, "正式党员没有转正时间"),
    ],
)
def test_unusual_days_are_pointed_out_with_their_rule(
    world: World, accepted: date, confirmed: date | None, told: str
) -> None:
    member = registered(world.own_branch, f"{PARK}甲")
    PartyMember.objects.filter(pk=member.pk).update(accepted_on=accepted, confirmed_on=confirmed)
    page = text_of(desk(world.secretary), f"/members/{member.pk}")
    assert told in page
    assert ("党章第七条" in page) == bool(told)


@pytest.mark.parametrize("name", ["<script>", "甲\x00乙", "甲；乙"])
def test_a_name_is_made_of_letters(world: World, name: str) -> None:
    told = refusal(lambda: registered(world.own_branch, name))
    assert told == {"name": ["姓名只写文字和间隔号，不能有标点、尖括号或控制字符。"]}


def test_what_is_too_long_is_told_in_words(world: World) -> None:
    told = refusal(lambda: registered(world.own_branch, "长" * 300))
    assert told == {"name": ["不能超过 60 个字，现在有 300 个。"]}


def test_somebody_who_may_be_registered_is_asked_about_once(world: World) -> None:
    registered(world.joint_branch, f"{EAST}甲", born_on=date(1990, 3, 7))
    client = desk(world.clerk)
    data = {
        "name": f"{EAST}甲",
        "born_on": "1990-03-07",
        "category": "full",
        "accepted_on": "2015-07-01",
        "confirmed_on": "2016-07-01",
        "organization": world.own_branch.code,
        "on": "2021-03-01",
        "entry_kind": "transferred",
    }
    page = client.post("/members/new", data).content.decode()
    assert f"已登记有同名的{EAST}甲（{world.joint_branch}）" in page
    assert "确认是另一人" in page
    client.post("/members/new", data | {"is_other": "on"})
    assert PartyMember.objects.filter(person__name=f"{EAST}甲").count() == 2


def test_acts_follow_each_other_on_screen(world: World) -> None:
    member, client = registered(world.own_branch, f"{PARK}甲", phone=PHONE), desk(world.clerk)
    page = f"/members/{member.pk}"
    facts = {"name": f"{PARK}丙", "category": "full", "accepted_on": "2015-07-01", "reason": "更名"}
    client.post(f"{page}/edit", facts | {"confirmed_on": "2016-07-01"})
    member.refresh_from_db()
    assert (member.person.name, member.person.phone) == (f"{PARK}丙", PHONE)
    home = {"organization": world.joint_branch.code, "on": "2022-01-01"}
    client.post(f"{page}/move", home)
    work = {"enterprise": world.joint.uscc, "on": "2022-01-01", "post": "厂长", "is_on_post": "on"}
    client.post(f"{page}/work", work)
    table = text_of(client, f"{page}?tab=history")
    assert "第一联合党支部" in table
    assert "厂长" in table
    refused = client.post(
        f"{page}/leave", {"kind": "deceased", "on": "2021-12-31", "reason": "病故"}
    )
    assert "应晚于转入" in refused.content.decode()
    left = {"kind": "transferred", "on": "2023-01-01", "reason": "调出", "document": "组介1号"}
    client.post(f"{page}/leave", left)
    assert "已转出" in text_of(client, page)
    client.post(f"{page}/return", home | {"kind": "restored", "on": "2024-01-01"})
    member.refresh_from_db()
    assert member.standing == "active"


@pytest.mark.parametrize(
    ("kind", "place"), [("suspended", "“失联党员”"), ("transferred", "“组织关系转接”")]
)
def test_an_exit_that_needs_evidence_leads_to_where_it_is_kept(
    world: World, kind: str, place: str
) -> None:
    member = registered(world.joint_branch, f"{EAST}甲")
    left = {"kind": kind, "on": "2023-01-01", "reason": "出国逾期未归"}

    page = desk(world.east_officer).post(f"/members/{member.pk}/leave", left)

    assert place in page.context["form"].errors["kind"][0]
    member.refresh_from_db()
    assert member.standing == "active"


def test_people_written_in_bulk_stand_in_order_too(world: World) -> None:
    names = ("程斌", "陈辉", "丁一")
    Person.objects.bulk_create(
        Person(name=one, home_organization=world.joint_branch) for one in names
    )
    for key, order in (("search_key", "陈辉程斌丁一"), ("stroke_key", "丁一陈辉程斌")):
        people = Person.objects.filter(name__in=names).order_by(key)
        assert "".join(person.name for person in people) == order


def test_the_register_is_ordered_by_strokes_sound_or_post(world: World) -> None:
    for name in ("黄海", "王五", "丁二"):
        member = registered(world.joint_branch, name)
    posts.appoint(
        actor=None,
        organization=world.joint_branch,
        person=PartyMember.objects.get(person__name="王五").person,
        kind="secretary",
        on=date(2022, 1, 1),
        source="owner",
    )
    client = desk(world.clerk)
    orders = {"strokes": "丁二 王五 黄海", "person": "丁二 黄海 王五", "post": "王五 丁二 黄海"}
    for sort, names in orders.items():
        page = text_of(client, f"/members/?sort={sort}")
        assert [page.index(f">{name}<") for name in names.split()] == sorted(
            page.index(f">{name}<") for name in names.split()
        ), sort
    assert member.person.stroke_key


def test_the_register_is_narrowed_by_organization_state_and_post(world: World) -> None:
    registered(world.own_branch, f"{PARK}甲", is_in_hardship=True)
    registered(world.joint_branch, f"{EAST}甲")
    client = desk(world.clerk)
    asked = {
        f"home={world.park_committee.pk}": PARK,
        f"home={EAST}镇党委": EAST,
        "hardship=true": PARK,
        "held=true&lost=false&mobile=false&leads=false&q=dlj": EAST,
    }
    for query, word in asked.items():
        page = text_of(client, f"/members/?{query}")
        assert f"{word}甲" in page, query
        assert ({PARK, EAST} - {word}).pop() + "甲" not in page, query
    foreign = text_of(client, f"/members/?home={world.foreign_committee.pk}")
    assert "甲" not in foreign


@pytest.mark.parametrize("sort", ["person", "strokes", "post", "-home"])
def test_many_members_take_no_more_queries(world: World, sort: str) -> None:
    registered(world.joint_branch, f"{EAST}甲")
    client, url = desk(world.clerk), f"/members/?sort={sort}"
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(5):
        registered(world.joint_branch, f"{EAST}{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) <= len(few)
