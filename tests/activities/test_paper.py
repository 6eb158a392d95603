"""The official record on paper: one meeting as a Word file, many of a list in one."""

import re
import zipfile
from datetime import time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from activities.paper import write_word
from activities.record_card import cards_of
from activities.services import planning
from activities.services.minutes import Resolved
from core.dates import today
from core.jobs import files, run_now
from core.models import Job, JobState
from tests.activities.meeting import YESTERDAY, hold, kinds, make_branch, minutes
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db
ORDER = (
    "主题",
    "党组织",
    "召开时间",
    "地点",
    "主持人",
    "记录人",
    "列席和上级到会人员",
    "参加人员",
    "应到人数",
    "实到人数",
    "到会率",
    "请假人员",
    "缺席人员",
    "活动纪要",
    "活动决议",
    "决定事项",
)


def words(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    return re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_one_record_is_a_word_file_in_the_order_of_the_form(world: World) -> None:
    people = make_branch(world.own_branch, 3)
    given = minutes(
        people,
        away=1,
        kinds=kinds("theme_day", "lecture"),
        content="学习文件。\n分组讨论。",
        decisions=[Resolved("走访困难党员", owner=people[0], due_on=today())],
    )
    activity = hold(world.own_branch, given)
    answer: Any = desk(world.secretary).get(f"/meetings/{activity.pk}/word")

    name = f"{world.own_branch}党课、主题党日活动记录_{YESTERDAY:%Y%m%d}.docx"
    assert quote(name) in answer["Content-Disposition"]
    told = words(body(answer))
    assert told[0] == "党课、主题党日活动记录"
    assert [word for word in told if word in ORDER] == list(ORDER)
    assert told[told.index("活动纪要") + 1 :][:2] == ["学习文件。", "分组讨论。"]
    assert f"{people[0].name}（出差）" in told
    assert "走访困难党员" in told
    assert desk(world.west_officer).get(f"/meetings/{activity.pk}/word").status_code == 404


def bulk(client: Any, query: str, count: int) -> str:
    said = {"do": "bulk", "action": "word", "all": "1", "confirm": "1", "expected": str(count)}
    return str(client.post(f"/meetings/?{query}", said, follow=True).content.decode())


def test_the_filtered_list_becomes_one_file_by_a_job(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    people = make_branch(world.own_branch, 2)
    for place in (1, 2):
        on = today() - timedelta(days=3 - place)
        hold(world.own_branch, minutes(people, title=f"第{place}次会", held_on=on))
    hold(world.own_branch, minutes(people, title="草稿", held_from=time(9)), submit=False)
    planning.plan(
        actor=None,
        organization=world.own_branch,
        kinds=kinds("talk"),
        title="下次",
        on=today(),
    )
    client = desk(world.park_officer)
    assert "都还没有记录" in bulk(client, "state=planned", 1)
    assert "正在生成2份" in bulk(client, "state=submitted", 2)

    done = run_now(Job.objects.get())
    assert (done.state, done.message) == (JobState.DONE, "共2份。")
    assert done.result_name == f"会议记录_{today():%Y%m%d}.docx"
    told = words(files.path_of(done.result_file).read_bytes())
    assert [word for word in told if "次会" in word] == ["第1次会", "第2次会"]


def test_a_file_holds_only_what_its_owner_still_sees(world: World) -> None:
    hold(world.own_branch, minutes(make_branch(world.own_branch, 2)))
    bulk(desk(world.park_officer), "", 1)
    world.park_officer.grants.update(role="branch_secretary")

    done = run_now(Job.objects.get())
    assert (done.state, "不在您的范围内" in done.message) == (JobState.FAILED, True)


def test_ten_records_take_as_many_statements_as_one(world: World) -> None:
    people = make_branch(world.own_branch, 2)
    held = [
        hold(world.own_branch, minutes(people, held_on=today() - timedelta(days=day)))
        for day in range(1, 6)
    ]

    def statements(number: int) -> int:
        rows = list(Activity.objects.filter(pk__in=[one.pk for one in held[:number]]))
        with CaptureQueriesContext(connection) as caught:
            write_word(cards_of(rows), BytesIO(), large=False)
        return len(caught)

    assert statements(1) == statements(5)
