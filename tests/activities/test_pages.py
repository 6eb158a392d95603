"""The record page and what surrounds it, as the secretary and the committee use them."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, PartyGroup
from activities.services import recording, reviewing
from core import deadlines
from core.dates import today
from core.models import Draft
from tests.activities.meeting import YESTERDAY, fields, hold, key, make_branch, minutes
from tests.members.test_posts import desk
from tests.world import EAST, PARK, World

pytestmark = pytest.mark.django_db


def test_a_secretary_ticks_a_kind_types_the_topic_and_hands_in(world: World) -> None:
    people = make_branch(world.own_branch)
    client = desk(world.secretary)
    page = client.get("/meetings/new")
    assert [one.came for one in page.context["names"]] == [True] * 8
    assert f"{PARK}辛 <small>预备</small>" in page.content.decode()
    answer: Any = client.post(
        "/meetings/new", fields(page, kinds=[key("theme_day"), key("lecture")], title="学习")
    )
    activity = Activity.objects.get()
    assert answer.url == f"/meetings/{activity.pk}"
    assert (activity.state, activity.came, activity.created_by) == ("submitted", 8, world.secretary)

    client.post("/meetings/new", fields(page, kinds=[key("lecture")], title="学习"))
    assert Activity.objects.count() == 1
    shown = client.get(answer.url).content.decode()
    assert people[0].name in shown
    assert "已提交" in shown


def test_the_next_meeting_begins_with_the_last_one(world: World) -> None:
    people = make_branch(world.own_branch, 3)
    hold(
        world.own_branch,
        minutes(people, chair=people[1], held_from=time(0, 1), held_to=time(0, 2), content="甲乙"),
    )
    client = desk(world.secretary)
    begun = client.get("/meetings/new").context["form"].initial
    assert (begun["place"], begun["chair"]) == ("会议室", str(people[1].pk))
    assert begun["held_on"] == today().isoformat()
    assert "content" not in begun
    assert client.get("/meetings/new?copy=1").context["form"].initial["content"] == "甲乙"


def test_a_refusal_keeps_everything_that_was_typed(world: World) -> None:
    make_branch(world.own_branch, 3)
    client = desk(world.secretary)
    page = client.get("/meetings/new")
    typed = fields(
        page,
        kinds=[key("theme_day")],
        title="学习",
        content="一段内容",
        held_from="16:00",
        held_to="15:00",
        held_on=YESTERDAY.isoformat(),
    )
    typed["decision-0-text"] = "采购学习资料"
    typed["decision-0-ayes"] = "x"
    answer = client.post("/meetings/new", typed)
    said = answer.content.decode()
    assert "决定事项第1行" in said
    assert "一段内容" in said
    del typed["decision-0-ayes"]
    said = client.post("/meetings/new", typed).content.decode()
    assert "结束时间应晚于开始时间。" in said
    assert "采购学习资料" in said
    assert not Activity.objects.exists()


def test_a_draft_of_the_page_is_offered_again_and_gone_once_handed_in(world: World) -> None:
    make_branch(world.own_branch, 3)
    client = desk(world.secretary)
    page = client.get("/meetings/new")
    typed = fields(page, kinds=[key("theme_day")], title="写到一半")
    target = page.context["target"]
    client.post("/drafts/activity", {**typed, "draft_target": target, "draft_version": "0"})
    again = client.get("/meetings/new")
    assert again.context["form"].initial["title"] == "写到一半"
    assert [one.came for one in again.context["names"]] == [True] * 3
    refused = client.post("/meetings/new", {"draft_version": "1"}).content.decode()
    assert 'version="1"' in refused
    sent = fields(again, kinds=[key("theme_day")], left_out="现场.gif")
    answer = client.post("/meetings/new", sent, follow=True).content.decode()
    assert "记录里没有的照片：现场.gif" in answer
    assert not Draft.objects.exists()


def test_a_conflict_shows_what_was_mine_and_theirs_and_then_takes_mine(world: World) -> None:
    people = make_branch(world.own_branch, 3)
    activity = hold(world.own_branch, minutes(people), submit=False)
    client, url = desk(world.secretary), f"/meetings/{activity.pk}/record"
    page = client.get(url)
    mine = fields(page, kinds=[key("theme_day")], title="我的议题", draft="1")
    recording.revise(
        actor=world.park_officer,
        activity=activity,
        minutes=minutes(people, title="别人的议题"),
        submit=False,
    )
    answer = client.post(url, mine)
    rows = {row[0]: row[1:] for row in answer.context["conflict"]["rows"]}
    assert rows["议题"] == ("学习上级会议精神", "我的议题", "别人的议题")
    assert str(world.park_officer) in answer.content.decode()
    client.post(url, {**mine, "stamp": answer.context["stamp"]})
    assert Activity.objects.get().title == "我的议题"


def test_the_committee_returns_accepts_and_locks_what_it_sees(world: World) -> None:
    people = make_branch(world.own_branch, 3)
    activity = hold(world.own_branch, minutes(people), world.secretary)
    office, url = desk(world.park_officer), f"/meetings/{activity.pk}"
    office.post(f"{url}/return", {"choice": "内容过简", "text": "请补充"})
    branch = desk(world.secretary)
    assert "内容过简：请补充" in branch.get(f"{url}/record").content.decode()
    page = branch.get(f"{url}/record")
    branch.post(f"{url}/record", fields(page, kinds=[key("member_meeting")], content="补充了"))
    shown = office.get(url).content.decode()
    assert "第 2 版改了什么" in shown
    office.post(f"{url}/accept")
    office.post(f"{url}/lock")
    activity.refresh_from_db()
    assert activity.state == "locked"
    assert "活动记录" in office.get(f"{url}/print").content.decode()
    assert desk(world.west_officer).get(url).status_code == 404


def test_the_list_costs_the_same_for_two_meetings_and_for_ten(world: World) -> None:
    people = make_branch(world.own_branch, 2)
    client = desk(world.park_officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/meetings/").status_code == 200
        return len(caught)

    for day in range(1, 3):
        hold(world.own_branch, minutes(people, held_on=today() - timedelta(days=day)))
    queries()
    two = queries()
    for day in range(3, 9):
        hold(world.own_branch, minutes(people, held_on=today() - timedelta(days=day)))
    assert queries() == two


def test_plans_and_tasks_fall_due_on_the_work_page(world: World) -> None:
    client = desk(world.secretary)
    client.post(
        "/meetings/plan",
        {
            "organization": world.own_branch.name,
            "kinds": [key("theme_day")],
            "title": "下月主题党日",
            "on": (today() + timedelta(days=9)).isoformat(),
        },
    )
    due = [one.what for one in deadlines.due(world.secretary, today() + timedelta(days=31))]
    assert "计划的会议：下月主题党日" in due
    assert f"{today().year}年{today().month}月主题党日未记" in due
    activity = Activity.objects.get()
    client.post(f"/meetings/{activity.pk}/notify")
    assert Activity.objects.get().state == "notified"
    ahead = {"on": (today() + timedelta(days=1)).isoformat()}
    assert "不能晚于今天" in client.post(f"/meetings/{activity.pk}/hold", ahead).content.decode()
    client.post(f"/meetings/{activity.pk}/hold", {"on": today().isoformat(), "at": "00:00"})
    assert Activity.objects.get().state == "held"
    urls = {one.what: one.url for one in deadlines.due(world.secretary, today())}
    assert urls["已召开未记录：下月主题党日"] == f"/meetings/{activity.pk}/record"


def test_an_officer_says_first_which_branch_met(world: World) -> None:
    client = desk(world.east_officer)
    assert "哪个党组织的会议" in client.get("/meetings/new").content.decode()
    chosen: Any = client.get("/meetings/new", {"branch": world.joint_branch.name})
    assert chosen.url == f"/meetings/new?organization={world.joint_branch.pk}"
    assert EAST in client.get(chosen.url).content.decode()
    assert client.get(f"/meetings/new?organization={world.own_branch.pk}").status_code == 404


def test_locked_records_open_for_a_correction_only(world: World) -> None:
    people = make_branch(world.own_branch, 2)
    activity = hold(world.own_branch, minutes(people), world.secretary)
    reviewing.accept(actor=None, activity=activity)
    client, url = desk(world.secretary), f"/meetings/{activity.pk}/record"
    assert client.get(url).status_code == 302
    reviewing.lock(actor=None, activity=activity)
    page = client.get(url)
    bare = fields(page, kinds=[key("member_meeting")])
    refused = client.post(url, bare).content.decode()
    assert "说明原因" in refused.partition('name="reason"')[2]
    client.post(url, {**bare, "reason": "写错地点", "place": "新址"})
    assert Activity.objects.get().place == "新址"


def test_a_group_begins_holds_a_meeting_and_ends(world: World) -> None:
    people = make_branch(world.own_branch, 3)
    client = desk(world.secretary)
    said = {"organization": world.own_branch.name, "name": f"{PARK}一组", "on": "2025-01-01"}
    client.post("/meetings/groups/new", said)
    group = PartyGroup.objects.get()
    assert "同名" in client.post("/meetings/groups/new", said).content.decode()
    page = client.get("/meetings/new")
    absent = f"came-{people[2].pk}"
    typed = fields(page, kinds=[key("group_meeting")], title="学习", group=group.pk)
    client.post("/meetings/new", {name: text for name, text in typed.items() if name != absent})
    assert (Activity.objects.get().group, Activity.objects.get().expected) == (group, 2)
    url = f"/meetings/groups/{group.pk}/end"
    assert "应晚于成立日期" in client.post(url, {"on": "2025-01-01"}).content.decode()
    client.post(url, {"on": today().isoformat()})
    assert f"{PARK}一组" in desk(world.park_officer).get("/meetings/groups").content.decode()
    assert f"{PARK}一组" not in desk(world.west_officer).get("/meetings/groups").content.decode()
