"""体检表: each check speaks of recorded facts alone, and the page fits on one sheet."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.checkup import Check, Verdict, checkup
from activities.models import Activity, ActivityState
from activities.services.minutes import Resolved
from core.dates import today
from members import posts
from members.codes import Category
from members.models import PartyMember
from organizations.models import Site
from organizations.terms import start_term
from tests.activities.meeting import SINCE, YESTERDAY, hold, make_branch, minutes
from tests.members.test_posts import desk
from tests.world import World


def checks(world: World) -> dict[str, Check]:
    found = checkup(world.joint_branch, world.east_officer, today())
    return {check.label: check for part in found.parts for check in part.checks}


def url(world: World) -> str:
    return reverse("activities:checkup", args=[world.joint_branch.pk])


def test_what_is_not_recorded_is_unknown_and_no_fault(world: World) -> None:
    found = checks(world)
    for label in ("按期换届", "党员", "活动阵地"):
        assert found[label].verdict is Verdict.UNKNOWN
    assert found["覆盖企业"].found == "覆盖企业2家"
    assert "阵地检查" not in found


def test_a_body_in_office_and_in_its_term_is_in_order(world: World) -> None:
    branch = world.joint_branch
    people = make_branch(branch, size=4)
    posts.appoint(
        actor=None,
        organization=branch,
        person=people[0],
        kind="secretary",
        on=today() - timedelta(days=30),
        source="sent",
    )
    start_term(actor=None, organization=branch, number=1, elected_on=today() - timedelta(days=30))
    found = checks(world)
    assert found["书记"] == Check(
        "书记",
        Verdict.MET,
        people[0].name,
        f"{branch.get_absolute_url()}?tab=body",
        "上级党委",
    )
    assert found["按期换届"].verdict is Verdict.MET
    assert found["党员"].found == "党员4人，其中预备党员1人"


def test_probation_that_is_over_waits_for_the_secretary(world: World) -> None:
    make_branch(world.joint_branch, size=3)
    late = PartyMember.objects.filter(category=Category.PROBATIONARY)
    late.update(probation_until=YESTERDAY)
    check = checks(world)["预备党员转正"]
    assert (check.verdict, check.found) == (Verdict.OPEN, "预备期已满未转正1人")


def test_returned_records_and_late_tasks_are_open(world: World) -> None:
    people = make_branch(world.joint_branch)
    task = Resolved("走访职工", owner=people[0], due_on=YESTERDAY)
    hold(world.joint_branch, minutes(people, decisions=[task]))
    assert checks(world)["会议决定事项"].found == "逾期未完成1件"
    assert checks(world)["会议记录"].verdict is Verdict.MET
    Activity.objects.update(state=ActivityState.RETURNED)
    assert checks(world)["会议记录"].found == "退回未改1份"


def test_a_site_without_a_check_says_so(world: World) -> None:
    Site.objects.create(name="党员活动室", organization=world.joint_branch, valid_from=SINCE)
    found = checks(world)
    assert found["活动阵地"].found == "党员活动室"
    assert found["阵地检查"].verdict is Verdict.UNKNOWN


def test_the_page_tells_no_dues_to_who_may_not_read_them(world: World) -> None:
    assert "党费交纳" in desk(world.east_officer).get(url(world)).content.decode()
    leaders = checkup(world.joint_branch, world.leader, today())
    assert "党费交纳" not in {one.label for part in leaders.parts for one in part.checks}


def test_the_page_belongs_to_its_own_committee(world: World) -> None:
    page = desk(world.east_officer).get(url(world))
    assert page.status_code == 200
    assert "不计分、不排名" in page.content.decode()
    assert desk(world.west_officer).get(url(world)).status_code == 404


def test_more_members_and_meetings_take_no_more_queries(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            checks(world)
        return len(queries)

    people = make_branch(world.joint_branch, size=4)
    hold(world.joint_branch, minutes(people))
    asked()  # rights and parameters are kept after the first time
    before = asked()
    for number in range(2, 5):
        hold(world.joint_branch, minutes(people, held_on=today() - timedelta(days=number)))
    assert asked() == before


def test_what_is_owed_by_the_end_of_the_year_is_not_due_yet(world: World) -> None:
    check = checks(world)["组织生活会"]
    assert (check.verdict.label, check.found) == ("未到期", "已开展0次，周期未满")
