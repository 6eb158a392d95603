"""A year's plan of meetings comes from a sheet, for one branch or many, and may be withdrawn."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from activities.models import Activity, ActivityState
from activities.plan_sheet import TimeWidget
from activities.services import planning
from core.dates import today
from core.models import AuditEntry
from tests.accounts.test_account_sheets import upload
from tests.activities.meeting import kinds
from tests.members.test_posts import desk
from tests.members.test_sheets import tried
from tests.world import World

pytestmark = pytest.mark.django_db

HEAD = "党组织代码,党组织,计划日期,时间,类型,议题,地点,撤回"
DAY = today() + timedelta(days=20)


def line(code: str = "", name: str = "", said: str = "学习党章", sort: str = "党课") -> str:
    return f"{code},{name},{DAY},下午3:30,{sort},{said},会议室,"


def test_a_secretary_needs_no_code_for_the_own_branch(world: World) -> None:
    client = desk(world.secretary)
    page = upload(
        client, "plans", "日期,类型,主题", f"{DAY},党课、主题党日,学习党章", f"{DAY},茶会,闲谈"
    )
    assert "类型：“茶会”应为" in page
    client.post("/sheets/plans/write")
    planned = Activity.objects.get()
    assert (planned.organization, planned.state) == (world.own_branch, ActivityState.PLANNED)
    assert {kind.name for kind in planned.kinds.all()} == {"党课", "主题党日"}
    assert str(DAY) in client.get("/meetings/?state=planned").content.decode()


def test_a_committee_plans_for_many_branches_by_code_or_name(world: World) -> None:
    outcome = tried(
        world.clerk,
        "plans",
        HEAD,
        line(code=str(world.own_branch.code)),
        line(name=world.joint_branch.name),
        line(),
        line(name="没有这个支部"),
        line(code=str(world.foreign_committee.code)),
        line(code=str(world.own_branch.code), sort="党课", said="").replace(str(DAY), "2020-01-05"),
        line(code=str(world.own_branch.code), said="同一天又一次"),
    )
    assert [one.state for one in outcome.lines] == ["新增", "新增"] + ["有误"] * 5
    told = ["".join(one.remarks) for one in outcome.lines[2:]]
    assert told[0] == "党组织代码：不能为空"
    assert told[1] == "党组织：没有“没有这个支部”，或不在您的范围内"
    assert "或不在您的范围内" in told[2]
    assert told[3].startswith("计划日期：计划日期已过")
    assert told[4] == "与第 2 行是同一党组织同一天的同类会议，请合为一行。"
    assert {one.organization_id for one in Activity.objects.all()} == {
        world.own_branch.pk,
        world.joint_branch.pk,
    }


def test_a_sheet_sent_again_changes_what_differs_but_nothing_held(
    world: World,
) -> None:
    row = line(code=str(world.own_branch.code))
    tried(world.clerk, "plans", HEAD, row)
    assert [one.state for one in tried(world.clerk, "plans", HEAD, row).lines] == ["无变化"]
    changed = tried(world.clerk, "plans", HEAD, row.replace("学习党章", "学习条例"))
    assert changed.lines[0].remarks == ("议题：学习党章 → 学习条例",)
    assert Activity.objects.get().title == "学习条例"
    assert AuditEntry.objects.filter(verb="activity.replan").count() == 1
    gone = tried(world.clerk, "plans", HEAD, f"{row.replace('学习党章', '学习条例')}是")
    assert gone.lines[0].remarks == ("撤回：空 → 是",)
    assert Activity.objects.get().state == ActivityState.CANCELLED
    tried(world.clerk, "plans", HEAD, row)
    again = Activity.objects.get(state=ActivityState.PLANNED)
    planning.hold(actor=world.clerk, activity=again, on=today())
    late = tried(world.clerk, "plans", HEAD, row.replace("学习党章", "别的"))
    again.refresh_from_db()
    assert (late.lines[0].state, again.title) == ("无变化", "学习党章")


def test_plans_are_withdrawn_together_with_a_reason(world: World) -> None:
    tried(world.clerk, "plans", HEAD, line(code=str(world.own_branch.code)))
    kept = planning.plan(
        actor=world.clerk,
        organization=world.joint_branch,
        kinds=kinds("lecture"),
        title="已开的",
        on=DAY,
    )
    planning.hold(actor=world.clerk, activity=kept, on=today())
    sent = {
        "do": "bulk",
        "action": "withdraw",
        "all": "1",
        "confirm": "1",
        "expected": "2",
        "reason": "改期",
    }
    page = desk(world.clerk).post("/meetings/", sent, follow=True).content.decode()
    assert "已撤回 1 次会议计划。另有 1 次已经召开或取消，没有改动。" in page
    assert AuditEntry.objects.get(verb="activity.cancel").reason == "改期"


def test_the_filled_template_holds_what_is_planned_and_comes_back_unchanged(world: World) -> None:
    tried(world.clerk, "plans", HEAD, line(code=str(world.joint_branch.code)))
    tried(world.clerk, "plans", HEAD, line(code=str(world.own_branch.code)))
    client = desk(world.secretary)
    answer = client.get("/sheets/plans/template?filled=1")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    shown = str([[c.value for c in row] for row in load_workbook(BytesIO(content)).worksheets[0]])
    assert world.own_branch.name in shown
    assert world.joint_branch.name not in shown
    assert "15:30" in shown
    outcome = tried(world.clerk, "plans", HEAD, line(code=str(world.own_branch.code)), write=False)
    assert outcome.lines[0].state == "无变化"


def test_a_time_is_read_as_people_write_it() -> None:
    widget = TimeWidget()
    written = {"15:00:00": "15:00", "晚上7点": "19:00", "9：05": "09:05", "": ""}
    assert {text: widget.render(widget.clean(text)) for text in written} == written
    for text in ("25:00", "三点", "15:75"):
        with pytest.raises(ValueError, match=text):
            widget.clean(text)
