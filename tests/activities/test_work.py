"""My work: what came back, waits and was handed in, each with its action."""

import pytest

from activities.services import recording, reviewing
from core.notices import waiting
from tests.activities.meeting import hold, make_branch, minutes
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_returned_record_stands_with_its_reason_before_the_secretary(world: World) -> None:
    people = make_branch(world.own_branch)
    record = hold(world.own_branch, minutes(people), world.secretary)
    mine = desk(world.secretary).get("/").content.decode()
    assert record.title in mine.partition("我发起的")[2]
    assert "待审核的会议记录 1 份" in desk(world.park_officer).get("/").content.decode()

    reviewing.return_record(actor=world.park_officer, activity=record, reason="缺少决议")

    mine = desk(world.secretary).get("/").content.decode()
    returned = mine.partition("退回给我")[2].partition("等我处理")[0]
    assert "缺少决议" in returned
    assert f'href="/meetings/{record.pk}/record"' in returned
    assert "待审核的会议记录" not in desk(world.park_officer).get("/").content.decode()
    assert record.title not in desk(world.east_officer).get("/").content.decode()

    assert waiting(world.secretary) == 1
    recording.revise(actor=world.secretary, activity=record, minutes=minutes(people), submit=True)
    assert waiting(world.secretary) == 0
