"""The review queue: changed parts, one press, all at once, and copies told to the branch first."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from activities.forms import NEEDS_WORDS
from activities.likeness import ALIKE, differing_bits, likeness, remarks, with_recent
from activities.models import Activity, ActivityState, ActivityVersion
from activities.services import recording, reviewing
from core.audit import history_of
from tests.activities.meeting import YESTERDAY, hold, make_branch, minutes
from tests.world import World, build_world

LONG = (
    "会议学习了上级关于加强非公企业党建工作的意见，结合本企业生产经营讨论了三项具体措施和责任分工。"
)
OTHER = "全体党员重温入党誓词，随后到社区清扫街道，慰问两户困难群众，每人交纳了本月党费并作了登记。"


@given(st.text(max_size=200))
def test_a_text_is_like_itself_or_too_short_to_tell(text: str) -> None:
    assert likeness(text, text) in {0.0, 1.0}
    assert likeness(text, LONG) == likeness(LONG, text)


def test_small_changes_leave_a_copy_and_another_text_is_none() -> None:
    assert likeness(LONG, LONG.replace("三项", "四项")) >= ALIKE
    assert likeness(LONG, OTHER) < 0.2


def test_differing_bits_are_those_of_signed_numbers_too() -> None:
    assert differing_bits(-1, 0) == 64
    assert differing_bits(-(2**63), 0) == 1


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.mark.django_db
def test_a_returned_record_shows_only_what_changed(client: Client, world: World) -> None:
    given = minutes(make_branch(world.own_branch), content=LONG)
    row = hold(world.own_branch, given, world.secretary)
    reviewing.return_record(actor=world.clerk, activity=row, reason="内容过简")
    row.refresh_from_db()
    recording.revise(
        actor=world.secretary,
        activity=row,
        minutes=replace(given, place="三楼会议室"),
        submit=True,
    )
    client.force_login(world.clerk)

    page = client.get("/meetings/review", {"again": "true"}).content.decode()

    assert "<ins>三楼会议室</ins>" in page
    assert "加强非公企业党建工作" not in page
    assert "首次提交" not in page


@pytest.mark.django_db
def test_a_press_accepts_one_and_the_bulk_all_of_the_filter(client: Client, world: World) -> None:
    people = make_branch(world.own_branch)
    rows = [
        hold(world.own_branch, minutes(people, held_from=time(hour), held_to=time(hour, 30)))
        for hour in (9, 10, 11)
    ]
    client.force_login(world.park_officer)

    client.post(f"/meetings/review/{rows[0].pk}/accept")
    client.post(
        "/meetings/review",
        {"do": "bulk", "action": "accept", "all": "1", "confirm": "1", "expected": "2"},
    )

    assert {row.state for row in Activity.objects.all()} == {ActivityState.ACCEPTED}


@pytest.mark.django_db
def test_a_return_takes_a_reason_of_the_list_with_words(client: Client, world: World) -> None:
    row = hold(world.own_branch, minutes(make_branch(world.own_branch)), world.secretary)
    client.force_login(world.park_officer)

    url = f"/meetings/review/{row.pk}/return"
    mute = client.post(url, {"choice": "其他", "text": " "})
    client.post(url, {"choice": "缺少决议", "text": "请补表决"})

    assert mute.context["form"].errors == {"text": [NEEDS_WORDS]}
    row.refresh_from_db()
    assert row.state == ActivityState.RETURNED
    assert row.steps.values_list("reason", flat=True).last() == "缺少决议：请补表决"
    told = [line.changes for line in history_of(row)]
    assert told == [[("状态", "已提交", "退回")], [("状态", None, "已提交"), ("版本", None, 1)]]


@pytest.mark.django_db
def test_a_neighbour_neither_sees_nor_decides(client: Client, world: World) -> None:
    row = hold(world.own_branch, minutes(make_branch(world.own_branch)))
    client.force_login(world.east_officer)

    assert client.post(f"/meetings/review/{row.pk}/accept").status_code == 404
    assert str(row.organization) not in client.get("/meetings/review").content.decode()


@pytest.mark.django_db
def test_a_copy_is_told_to_the_branch_at_once_and_to_the_reviewer_a_day_later(
    client: Client, world: World
) -> None:
    people = make_branch(world.own_branch)
    hold(world.own_branch, minutes(people, content=LONG, held_on=YESTERDAY - timedelta(days=30)))
    copy = hold(world.own_branch, minutes(people, content=LONG))
    found = remarks(with_recent(Activity.objects.filter(pk=copy.pk)).get())
    client.force_login(world.secretary)
    own = client.get(copy.get_absolute_url()).content.decode()
    client.force_login(world.clerk)
    same_day = client.get("/meetings/review").content.decode()

    assert [remark.text for remark in found] == [
        f"内容与{YESTERDAY - timedelta(days=30)}《{copy}》的记录有100%相同。"
    ]
    assert found[0].text in own
    assert found[0].text not in same_day


@pytest.mark.django_db
def test_twenty_rows_take_as_many_statements_as_two(client: Client, world: World) -> None:
    people = make_branch(world.own_branch)
    client.force_login(world.clerk)

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/meetings/review")
        return len(found)

    for hour in (8, 9):
        hold(world.own_branch, minutes(people, held_from=time(hour), held_to=time(hour, 30)))
    statements()
    few = statements()
    for hour in range(10, 16):
        hold(world.own_branch, minutes(people, held_from=time(hour), held_to=time(hour, 30)))

    assert statements() == few
    assert ActivityVersion.objects.count() == 8
