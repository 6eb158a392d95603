"""Ledgers of meetings and joint meetings: what they list, in whose words, by how many queries."""

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, ActivityDecision, ActivityState
from activities.services.minutes import Resolved
from reports.ledgers import LEDGER
from reports.ledgers.base import Ledger, Value
from reports.units import units_on
from tests.activities.meeting import hold, kinds, make_branch, minutes
from tests.members.test_posts import desk
from tests.world import World

MEETINGS, JOINT = LEDGER["meetings"], LEDGER["joint_meetings"]
JUNE, JULY, DAY = date(2025, 6, 10), date(2025, 7, 10), date(2025, 12, 31)


def lines(ledger: Ledger, world: World, day: date = DAY) -> list[dict[str, Value]]:
    unit = next(unit for unit in units_on(day) if unit.code == world.east.code)
    fields = [column.field for column in ledger.columns]
    return [dict(zip(fields, line.values, strict=True)) for line in ledger.lines(unit, day)]


def held(
    world: World, given: Any, on: date = JUNE, recorded_on: date = JUNE, **said: Any
) -> Activity:
    """A meeting of last year, so that no test depends on the day on which it runs."""
    row = hold(world.joint_branch, given, **said)
    Activity.objects.filter(pk=row.pk).update(held_on=on, recorded_on=recorded_on)
    row.refresh_from_db()
    return row


def test_the_columns_stand_in_the_order_of_the_record() -> None:
    assert " ".join(column.header for column in MEETINGS.columns) == (
        "序号 党组织名称 活动类型 召开日期 时间 主题 地点 主持人 记录人 到会指导人员 应到人数"
        " 实到人数 到会率 请假人员 缺席人员 活动纪要 活动决议 登记日期 备注"
    )


def test_a_meeting_of_several_kinds_is_one_line(world: World) -> None:
    people = make_branch(world.joint_branch)
    said = minutes(people, away=2, kinds=kinds("member_meeting", "lecture"), content="长" * 300)
    held(world, said)
    line, total = lines(MEETINGS, world)
    assert (line["kinds"], line["hours"]) == ("支部党员大会、党课", "15:00–16:00")
    assert (line["expected"], line["came"], line["share"]) == (8, 6, "75.0%")
    assert line["leave"] == f"{people[0].name}（出差）、{people[1].name}（出差）"
    assert len(str(line["content"])) == 200
    assert (total["kinds"], total["expected"], total["came"]) == ("1次", 8, 6)


def test_drafts_and_returned_records_are_no_lines(world: World) -> None:
    people = make_branch(world.joint_branch)
    held(world, minutes(people), submit=False)
    assert len(lines(MEETINGS, world)) == 1
    handed = held(world, minutes(people), on=JULY, recorded_on=JULY)
    assert len(lines(MEETINGS, world)) == 2
    handed.state = ActivityState.RETURNED
    handed.save()
    assert len(lines(MEETINGS, world)) == 1


def test_a_meeting_recorded_long_after_says_so(world: World) -> None:
    people = make_branch(world.joint_branch)
    held(world, minutes(people), recorded_on=JULY)
    assert lines(MEETINGS, world)[0]["remark"] == "补录"
    assert len(lines(MEETINGS, world, date(2025, 7, 9))) == 1  # not yet recorded on that day


def test_more_meetings_take_no_more_queries(world: World) -> None:
    people = make_branch(world.joint_branch)
    counts = []
    for number in range(3):
        day = JUNE.replace(day=number + 1)
        held(world, minutes(people, away=number), on=day)
        if number != 1:
            with CaptureQueriesContext(connection) as queries:
                lines(MEETINGS, world)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_sees_no_meetings_sees_no_ledger_of_them(world: World) -> None:
    assert desk(world.guide).get("/ledgers/meetings").status_code in {403, 404}
    assert "三会一课" in desk(world.east_officer).get("/ledgers/").content.decode()


def test_joint_meetings_tell_what_became_of_each_decision(world: World) -> None:
    people = make_branch(world.joint_branch)
    tasks = [
        Resolved("摸清企业用工", owner=people[0], due_on=JULY),
        Resolved("走访重点企业", owner=people[1], due_on=JULY),
        Resolved("通报上半年工作"),
    ]
    held(world, minutes(people, kinds=kinds("joint_meeting"), decisions=tasks))
    done = ActivityDecision.objects.filter(text="摸清企业用工")
    done.update(done_on=date(2025, 7, 1), outcome="已摸清12家")
    *found, total = lines(JOINT, world)
    assert [(row["decision"], row["result"]) for row in found] == [
        ("摸清企业用工", "2025-07-01完成。已摸清12家"),
        ("走访重点企业", "逾期未完成"),
        ("通报上半年工作", ""),
    ]
    assert (found[0]["quarter"], found[0]["owner"]) == ("第二季度", people[0].name)
    assert found[0]["unit"] == world.joint_branch.name
    assert (total["title"], total["decision"], total["result"]) == ("1次", "3件", "完成1件")
    assert total["guests"] == "第一、三、四季度没有召开"
    early = lines(JOINT, world, date(2025, 6, 30))
    assert early[0]["result"] == "办理中"
    assert early[-1]["guests"] == "第一季度没有召开"


def test_other_meetings_are_no_joint_meetings(world: World) -> None:
    held(world, minutes(make_branch(world.joint_branch)))
    assert len(lines(JOINT, world)) == 1
    assert [column.header for column in JOINT.columns][6:] == [
        "决定事项",
        "责任单位",
        "责任人",
        "完成期限",
        "办理结果",
    ]
