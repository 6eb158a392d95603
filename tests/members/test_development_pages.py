"""Development on screen: board, case, steps, plan, statistics, rules and what falls due."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import ScopeGrant
from core import deadlines
from core.dates import today
from members.development import cases, editions, figures
from members.models import DevelopmentCase, DevelopmentPlan, DevelopmentRules, StepRule
from tests.members.developing import DAYS, applied, full_members, walk
from tests.world import EAST, PARK, World


def desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def case(world: World) -> DevelopmentCase:
    return applied(world.own_branch, f"{PARK}申")


def test_a_secretary_registers_an_applicant_and_the_next_step(world: World) -> None:
    client = desk(world.secretary)
    person = {"name": f"{PARK}新", "born_on": "1999-05-01", "sex": "female"}
    words = f"{world.own_branch.name}（{world.own_branch.code}）"
    sent = {**person, "organization": words, "applied_on": "2026-01-05"}
    refused = client.post("/develop/new", {**sent, "born_on": "2009-01-01"}).content.decode()
    assert "申请入党应年满18周岁" in refused
    page = client.post("/develop/new", sent, follow=True).content.decode()
    assert "已登记入党申请人" in page
    assert "下一步：第 2 步 党组织派人谈话" in page
    case = DevelopmentCase.objects.get(person__name=f"{PARK}新")
    url = f"/develop/{case.pk}/steps/first_talk"
    assert "不迟于 2026-02-05" in client.get(url).content.decode()
    late = client.post(url, {"done_on": "2026-02-06"}).content.decode()
    assert "超过期限的请说明特殊情况" in late
    client.post(url, {"done_on": "2026-02-01", "by": "李", "papers": ["谈话记录"]})
    assert case.steps.get(code="first_talk").papers == ["谈话记录"]


def test_votes_are_refused_at_their_field(world: World, case: DevelopmentCase) -> None:
    walk(case, "form")
    client = desk(world.secretary)
    url = f"/develop/{case.pk}/steps/meeting"
    sent = {"done_on": str(DAYS["meeting"]), "outcome": "passed", "entitled": 9, "voters": 8}
    page = client.post(url, {**sent, "ayes": 9}).content.decode()
    assert "不能多于参加表决的 8 人" in page
    client.post(url, {**sent, "ayes": 8})
    assert case.steps.get(code="meeting").ayes == 8


def test_the_committee_decides_and_not_the_branch(world: World, case: DevelopmentCase) -> None:
    walk(case, "talk")
    url = f"/develop/{case.pk}/steps/approval"
    assert desk(world.secretary).get(url).status_code == 403
    sent = {"done_on": str(DAYS["approval"]), "outcome": "passed", "document": "园党〔2022〕3号"}
    page = desk(world.park_officer).post(url, sent, follow=True).content.decode()
    assert "已登记上级党委审批" in page
    case.refresh_from_db()
    assert case.member is not None


def test_helpers_are_full_members_of_the_scope(world: World, case: DevelopmentCase) -> None:
    walk(case, "activist_filed")
    one, two = full_members(world.own_branch, 2)
    client = desk(world.secretary)
    words = [f"{member.person.name}（编号{member.person_id}）" for member in (one, two)]
    url = f"/develop/{case.pk}/steps/contacts"
    client.post(url, {"done_on": str(DAYS["contacts"]), "people": words[:1]})
    assert [helper.member for helper in case.helpers.all()] == [one]
    client.post(f"/develop/{case.pk}/helpers/contacts", {"people": words[1:], "reason": "调离"})
    assert [helper.member for helper in case.helpers.all()] == [two]


def test_the_board_shows_each_stage_with_what_is_next(world: World, case: DevelopmentCase) -> None:
    walk(case, "contacts")
    client = desk(world.park_officer)
    page = client.get("/develop/").content.decode()
    assert f"{PARK}申" in page
    assert "不合规定" in page  # no review for years
    assert f"{PARK}申" not in desk(world.east_officer).get("/develop/").content.decode()


def test_two_people_cost_the_board_and_the_list_as_much_as_one(
    world: World, case: DevelopmentCase
) -> None:
    client = desk(world.clerk)
    client.get("/develop/list")
    counts = []
    for _ in range(2):
        for url in ("/develop/list", "/develop/", "/develop/statistics", "/develop/plans"):
            with CaptureQueriesContext(connection) as caught:
                client.get(url)
            counts.append(len(caught))
        walk(applied(world.own_branch, f"{PARK}又"), "review")
        walk(applied(world.joint_branch, f"{EAST}又"), "approval")
    assert counts[:4] == counts[4:]


def test_the_lists_behind_the_board(world: World, case: DevelopmentCase) -> None:
    walk(applied(world.own_branch, f"{PARK}积"), "review")
    client = desk(world.park_officer)
    page = client.get("/develop/list?next=first_talk&open=true").content.decode()
    assert f"{PARK}申" in page
    assert f"{PARK}积" not in page
    ready = client.get("/develop/list?next=candidate&ready=true").content.decode()
    assert f"{PARK}积" in ready
    assert "确定发展对象" in ready


def test_what_falls_due_stands_on_the_work_page(world: World, case: DevelopmentCase) -> None:
    found = [one for one in deadlines.due(world.secretary, today()) if "发展党员" in one.what]
    assert [one.on for one in found] == [date(2021, 2, 5)]
    assert "党组织派人谈话已超期" in found[0].what
    case.steps.update(done_on=today())
    cases.refresh(DevelopmentCase.objects.get(), editions.load())
    soon = [one for one in deadlines.due(world.secretary, today()) if "发展党员" in one.what]
    assert [one.shown_from for one in soon] == [soon[0].on - timedelta(days=30)]
    assert not [one for one in deadlines.due(world.guide, today()) if "发展党员" in one.what]


def test_numbers_lead_to_the_people_behind_them(world: World) -> None:
    case = walk(applied(world.own_branch, f"{PARK}申", is_backbone=True), "approval")
    case.person.education = "bachelor"
    case.person.save()
    sections = figures.statistics(world.clerk, 2022)
    cells = {row.label: row.cells[3] for section in sections for row in section.rows}
    assert [cells[name].number for name in ("合计", "大学本科", "26至30岁", "31至35岁")] == [
        1,
        1,
        1,
        0,
    ]
    client = desk(world.clerk)
    assert f"{PARK}申" in client.get(f"/develop/list?{cells['26至30岁'].query}").content.decode()
    page = client.get("/develop/statistics?year=2022").content.decode()
    assert "1/1" in page
    assert figures.figures(world.outsider, 2022).backbone.denominator == 0


def test_the_plan_is_handed_down_and_compared(world: World) -> None:
    walk(applied(world.own_branch, f"{PARK}申"), "approval")
    words = f"{world.park_committee.name}（{world.park_committee.code}）"
    sent = {"organization": words, "year": 2022, "quota": 3}
    refused = desk(world.park_officer).post("/develop/plans/new", sent).content.decode()
    assert "计划由上级党委下达" in refused
    client = desk(world.clerk)
    client.post("/develop/plans/new", sent)
    client.post("/develop/plans/new", {**sent, "quota": 2})
    assert DevelopmentPlan.objects.get().quota == 2
    (line,) = figures.plans(world.clerk, 2022)
    assert (line.done, line.left) == (1, 1)
    assert "1/2" in client.get("/develop/plans?year=2022").content.decode()


def test_forms_are_printed_with_what_is_recorded(world: World, case: DevelopmentCase) -> None:
    walk(case, "discussion")
    client = desk(world.secretary)
    for form, sentence in (
        ("record", "应到9，表决8，赞成7"),
        ("activist", "第 1 次考察"),
        ("preview", "2022年4月10日经支部委员会"),
        ("meeting", "赞成7票"),
        ("discussion", "按期转为正式党员"),
    ):
        assert sentence in client.get(f"/develop/{case.pk}/print/{form}").content.decode()


def edition(client: Client, **changes: str) -> str:
    """The form of a new edition as it is offered, with some boxes changed."""
    page = client.get("/develop/rules/new")
    sent: dict[str, str] = {}
    for form in (
        page.context["form"],
        page.context["lines"].management_form,
        *page.context["lines"],
    ):
        for bound in form:
            value = bound.value()
            if value not in (None, "", False):
                sent[bound.html_name] = "on" if value is True else str(value)
    return client.post("/develop/rules/new", {**sent, **changes}, follow=True).content.decode()


def test_a_new_edition_is_entered_without_code(world: World, case: DevelopmentCase) -> None:
    ScopeGrant.objects.filter(user=world.clerk).update(role="business_administrator")
    given = {"name": "细则（2026年修订）", "document": "2026年5月18日公布"}
    given["valid_from"] = "2026-05-18"
    page = edition(desk(world.clerk), **given, **{"form-1-most_months": "2"})
    assert "自 2026-05-18 起施行" in page
    before = DevelopmentRules.objects.get(valid_to__isnull=False)
    case.refresh_from_db()
    assert before.valid_to == date(2026, 5, 18)
    assert case.next_by == date(2021, 3, 5)  # two months instead of one
    assert StepRule.objects.filter(rules__name="细则（2026年修订）").count() == 25
    assert desk(world.park_officer).get("/develop/rules/new").status_code == 403
