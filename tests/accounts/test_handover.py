"""A leaver's open work in a successor's hands."""

import pytest

from accounts.models import Handover, User
from core import drafts, jobs
from core.dates import today
from core.models import Job, Message, MessageKind
from core.notices import notify
from enterprises.formation.services import open_plans, plan_formation
from enterprises.models import FormationPlan, FormationReason
from tests.accounts.test_posts import fresh, sees
from tests.accounts.test_users import desk
from tests.builders import make_user
from tests.sweeps.site_things import site_things
from tests.world import World

# Handed over -------------------------------------------------------------------------------------


def open_work(user: User) -> Job:
    """A job, a draft and something waiting."""
    drafts.save(user, "enterprise-change", payload={"name": "新名"}, version=0)
    notify([user], kind=MessageKind.ACTION, title="待复核名单", url="/imports/", key="w")
    return jobs.submit("core.list_bulk", owner=user, title="批量分派")


def planned(world: World) -> FormationPlan:
    """A branch that the eastern officer is to build."""
    plan = open_plans(actor=None, reasons={world.joint: FormationReason.OTHER}, on=today())[0]
    plan_formation(
        actor=None,
        plans=[plan],
        on=today(),
        unit=world.east_committee,
        person=world.east_officer.full_name,
        planned_on=today(),
    )
    return plan


def test_everything_open_and_the_posts_go_to_the_successor(world: World) -> None:
    job, successor = open_work(world.east_officer), make_user("钱七")
    plan = planned(world)
    theirs = desk(world.east_officer)

    answer = desk(world.security_administrator).post(
        f"/users/{world.east_officer.pk}/handover",
        {"successor": successor.username, "reason": "调离"},
    )

    done = Handover.objects.get()
    assert answer["Location"] == f"/handovers/{done.pk}"
    assert {item["what"]: len(item["titles"]) for item in done.items} == {
        "任职": 1,
        "进行中的任务": 1,
        "未提交的草稿": 1,
        "待办事项": 1,
        "组建计划": 1,
        "整改事项": 0,
        "企业诉求": 0,
    }
    job.refresh_from_db()
    plan.refresh_from_db()
    assert (job.owner_id, plan.person) == (successor.pk, "钱七")
    assert sees(fresh(successor)) == {world.joint, world.joint_too}
    assert fresh(world.east_officer).scope.is_empty
    assert theirs.get("/").status_code == 302
    assert Message.objects.filter(recipient=successor, dedupe_key="w", read_at=None).exists()


def test_an_administrator_reads_numbers_the_two_read_titles(world: World) -> None:
    open_work(world.east_officer)
    successor = make_user("钱七")
    admin = desk(world.security_administrator)
    url = f"/users/{world.east_officer.pk}/handover"

    assert "批量分派" not in admin.get(url).content.decode()
    done = admin.post(url, {"successor": successor.username, "reason": "调离"})["Location"]
    assert "批量分派" not in admin.get(done).content.decode()
    assert "批量分派" in desk(fresh(successor)).get(done).content.decode()
    assert desk(world.west_officer).get(done).status_code == 404


def test_ones_own_open_work_goes_without_the_posts(world: World) -> None:
    open_work(world.east_officer)
    fields = {"successor": world.west_officer.username, "reason": "休假"}

    page = desk(world.east_officer).get("/account/handover").content.decode()
    desk(world.east_officer).post("/account/handover", fields)

    assert "批量分派" in page
    assert not fresh(world.east_officer).scope.is_empty
    assert Job.objects.get(title="批量分派").owner_id == world.west_officer.pk


@pytest.mark.parametrize("who", ["east_officer", "system_administrator", "nobody"])
def test_not_everybody_can_take_over(world: World, who: str) -> None:
    name = getattr(world, who).username if who != "nobody" else "nobody"
    page = desk(world.east_officer).post("/account/handover", {"successor": name, "reason": "休假"})

    assert "不能" in page.content.decode()
    assert not Handover.objects.exists()


def test_a_rectification_that_names_the_leaver_names_the_successor(world: World) -> None:
    row = site_things(world).open_task
    row.responsible = world.east_officer.full_name
    row.save()
    fields = {"successor": world.west_officer.username, "reason": "休假"}

    desk(world.east_officer).post("/account/handover", fields)

    row.refresh_from_db()
    assert row.responsible == world.west_officer.full_name
