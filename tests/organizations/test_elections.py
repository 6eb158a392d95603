"""The case of an election: who acts when, what is refused, who is told."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from core import deadlines, work
from core.dates import today
from core.models import AuditEntry, Message
from core.work import Group
from organizations import elections, services
from organizations.consequences import preview
from organizations.deadlines import send_reminders
from organizations.models import ElectionState, ElectionStep, LeadershipTerm, TermElection
from organizations.rules import years_later
from organizations.terms import extend_term, start_term
from tests.world import EAST, World

Kind = ElectionStep.Kind


def term_ending(world: World, days: int, organization: Any = None) -> LeadershipTerm:
    """A term of a branch that expires so many days from today."""
    ends = today() + timedelta(days=days)
    term = start_term(
        actor=None,
        organization=organization or world.own_branch,
        elected_on=years_later(ends, -3),
    )
    term.expires_on = ends  # also where that is the 29th of February
    term.save(update_fields=["expires_on"])
    return term


@pytest.fixture
def case(world: World) -> TermElection:
    """The branch's request has gone up, four weeks before its term ends."""
    term_ending(world, 20)
    election = elections.open_election(actor=world.secretary, organization=world.own_branch)
    elections.record_step(
        actor=world.secretary, election=election, kind=Kind.REQUEST, done_on=today()
    )
    return elections.submit(actor=world.secretary, election=election)


def desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_case_goes_from_request_to_the_new_term(world: World, case: TermElection) -> None:
    elections.approve(
        actor=world.park_officer, election=case, done_on=today(), document="北党〔2026〕7号"
    )
    term = elections.hold(
        actor=world.secretary,
        election=case,
        done_on=today(),
        form="meeting",
        counts={"entitled": 10, "present": 9, "ballots": 9, "valid_ballots": 9},
    )
    elections.confirm(
        actor=world.park_officer, election=case, done_on=today(), document="北党〔2026〕8号"
    )
    case.refresh_from_db()
    term.refresh_from_db()
    assert (case.state, case.result) == (ElectionState.DONE, term)
    assert (term.number, term.document, term.present) == (2, "北党〔2026〕8号", 9)
    assert list(case.steps.values_list("kind", flat=True)) == [
        Kind.REQUEST,
        Kind.REPLY,
        Kind.ELECTION,
        Kind.REPORT,
        Kind.CONFIRMATION,
    ]
    verbs = AuditEntry.objects.filter(target_type="organizations.termelection")
    assert {"election.submit", "election.approve", "election.hold", "election.confirm"} <= set(
        verbs.values_list("verb", flat=True)
    )


def test_an_early_election_without_number_leaves_nothing_behind(world: World) -> None:
    term_ending(world, 200)
    election = elections.open_election(actor=None, organization=world.own_branch)
    elections.record_step(actor=None, election=election, kind=Kind.REQUEST, done_on=today())
    elections.submit(actor=None, election=election)
    elections.approve(actor=None, election=election, done_on=today(), document="北党〔2026〕7号")
    with pytest.raises(ValidationError) as problem:
        elections.hold(actor=None, election=election, done_on=today(), form="meeting")
    assert "提前换届应填写上级批准文号" in problem.value.message_dict["timing_document"][0]
    election.refresh_from_db()
    assert election.state == ElectionState.APPROVED
    assert not election.steps.filter(kind=Kind.ELECTION).exists()


def test_the_superior_returns_with_a_reason_and_gets_it_again(
    world: World, case: TermElection
) -> None:
    elections.send_back(actor=world.park_officer, election=case, reason="人数有误")
    case.refresh_from_db()
    assert (case.state, case.remark) == (ElectionState.RETURNED, "人数有误")
    told = Message.objects.filter(recipient=world.secretary, title__contains="被退回：人数有误")
    assert told.count() == 1
    elections.submit(actor=world.secretary, election=case)
    waiting = Message.objects.filter(recipient=world.park_officer, title__contains="请示待批复")
    assert waiting.count() == 2


def test_nobody_submits_an_unwritten_request(world: World) -> None:
    election = elections.open_election(actor=None, organization=world.own_branch)
    with pytest.raises(ValidationError, match="请先登记换届请示的日期"):
        elections.submit(actor=None, election=election)


def test_one_case_at_a_time(world: World, case: TermElection) -> None:
    with pytest.raises(ValidationError, match="正在办理"):
        elections.open_election(actor=None, organization=world.own_branch)


def test_steps_follow_each_other_in_time(world: World, case: TermElection) -> None:
    with pytest.raises(ValidationError) as problem:
        elections.approve(
            actor=None, election=case, done_on=today() - timedelta(days=1), document="7号"
        )
    assert problem.value.message_dict["done_on"] == [f"不能早于换届请示的日期 {today()}。"]


def test_what_the_state_does_not_allow_is_refused_in_words(
    world: World, case: TermElection
) -> None:
    with pytest.raises(ValidationError, match="当前状态为“已上报”，不能上报换届请示。"):
        elections.submit(actor=None, election=case)


@pytest.mark.parametrize(
    ("who", "decides"),
    [("park_officer", True), ("clerk", True), ("secretary", False), ("east_officer", False)],
)
def test_the_superior_committee_decides(world: World, who: str, decides: bool) -> None:
    assert elections.may_decide(getattr(world, who), world.own_branch) is decides


def test_no_committee_approves_its_own_election(world: World) -> None:
    assert not elections.may_decide(world.park_officer, world.park_committee)
    assert elections.may_decide(world.clerk, world.park_committee)


@pytest.mark.parametrize(("days", "shown"), [(181, False), (179, True), (-5, True)])
def test_the_work_page_shows_elections_from_half_a_year_on(
    world: World, days: int, shown: bool
) -> None:
    term_ending(world, days)
    due = deadlines.due(world.secretary, today() + timedelta(days=30))
    terms = [deadline.subject for deadline in due if "届" in deadline.what]
    assert terms == [world.own_branch.name] * shown
    assert deadlines.due(world.east_officer, today()) == []
    assert not any("换届" in deadline.what for deadline in deadlines.due(world.guide, today()))


def test_each_reminder_is_sent_once(world: World) -> None:
    term = term_ending(world, 100)
    for day, told in ((0, 1), (1, 1), (10, 2), (11, 2), (75, 3), (120, 4), (130, 4)):
        send_reminders(today() + timedelta(days=day))
        assert Message.objects.filter(recipient=world.secretary).count() == told
    assert Message.objects.filter(recipient=world.park_officer).count() == 4
    assert not Message.objects.filter(recipient=world.clerk).exists()
    extend_term(
        actor=None,
        term=term,
        until=term.expires_on + timedelta(days=200),
        document="9号",
        reason="-",
    )
    send_reminders(today() + timedelta(days=130))
    assert Message.objects.filter(recipient=world.secretary).count() == 5


def test_a_running_case_is_not_reminded(world: World, case: TermElection) -> None:
    assert send_reminders(today()) == 0


def test_the_branch_works_its_case_on_screen(world: World) -> None:
    term_ending(world, 20)
    branch: Any = desk(world.secretary)
    superior = desk(world.park_officer)
    page = branch.get(f"/orgs/{world.own_branch.pk}/election").content.decode()
    assert "换届还剩" in page
    assert "开始办理" in page
    url = branch.post(f"/orgs/{world.own_branch.pk}/election/open").url
    assert "登记请示" in branch.get(url).content.decode()
    wrong = branch.post(f"{url}/request", {"done_on": "2999-01-01"})
    assert "日期不能晚于今天。" in wrong.content.decode()
    branch.post(f"{url}/request", {"done_on": today().isoformat(), "document": "北支〔2026〕1号"})
    page = branch.get(url).content.decode()
    assert f"关于{world.own_branch}换届选举的请示" in page
    assert f"提交{world.park_committee}" in page
    branch.post(f"{url}/submit")
    assert branch.post(f"{url}/approve", {}).status_code == 403
    wrong = superior.post(f"{url}/approve", {"done_on": today().isoformat()})
    assert "批复文号" in wrong.content.decode().split("errors-box")[1]
    superior.post(f"{url}/approve", {"done_on": today().isoformat(), "document": "7号"})
    held = {"done_on": today().isoformat(), "form": "meeting", "entitled": "10", "present": "7"}
    answer = branch.post(f"{url}/hold", held, follow=True).content.decode()
    assert "不足应到会 10 人的五分之四" in answer
    superior.post(f"{url}/confirm", {"done_on": today().isoformat(), "document": "8号"})
    assert TermElection.objects.get().state == ElectionState.DONE


def test_a_term_is_entered_corrected_and_extended_on_screen(world: World) -> None:
    client, branch = desk(world.clerk), world.joint_branch
    facts = {"elected_on": "2021-03-01", "years": "3", "form": "meeting", "number": "2"}
    client.post(f"/orgs/{branch.pk}/terms/new", facts)
    term = branch.terms.get()
    assert (term.number, term.expires_on) == (2, date(2024, 3, 1))
    wrong = client.post(
        f"/orgs/{branch.pk}/terms/new", {**facts, "elected_on": "2025-03-01", "number": "3"}
    )
    assert "延期换届应填写上级批准文号。" in wrong.content.decode()
    client.post(
        f"/orgs/terms/{term.pk}/correct", {**facts, "elected_on": "2021-03-05", "reason": "笔误"}
    )
    wrong = client.post(
        f"/orgs/terms/{term.pk}/extend", {"until": "2024-01-01", "document": "1号", "reason": "-"}
    )
    assert "延期至的日期应晚于届满日期 2024-03-05。" in wrong.content.decode()
    client.post(
        f"/orgs/terms/{term.pk}/extend", {"until": "2024-12-01", "document": "1号", "reason": "-"}
    )
    term.refresh_from_db()
    assert (term.valid_from, term.extended_to) == (date(2021, 3, 5), date(2024, 12, 1))


@pytest.mark.parametrize(
    ("due", "names"),
    [
        ("180", [f"{EAST}第一联合党支部"]),
        ("30", []),
        ("overdue", ["北湖电子党支部"]),
        ("none", ["东岭镇党委", "北湖园区综合党委", "西河镇党委"]),
    ],
)
def test_the_list_of_terms_is_filtered_by_what_is_left(
    world: World, due: str, names: list[str]
) -> None:
    term_ending(world, 100, world.joint_branch)
    term_ending(world, -40)
    page = desk(world.clerk).get(f"/orgs/terms?due={due}").content.decode()
    table = page.split("<tbody", 1)[1] if "<tbody" in page else ""
    branches = [world.joint_branch, world.own_branch]
    committees = [world.east_committee, world.park_committee, world.west_committee]
    every = [one.name for one in (*branches, *committees)]
    assert sorted(name for name in every if name in table) == sorted(names)


def test_the_list_of_terms_goes_into_a_sheet(world: World) -> None:
    term_ending(world, 100, world.joint_branch)
    answer: Any = desk(world.clerk).post("/orgs/terms?due=180", {"do": "export"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert f"{EAST}第一联合党支部" in cells
    assert "换届还剩 100 天" in cells


def test_the_look_ahead_at_an_abolition_names_the_term_that_ends(world: World) -> None:
    term_ending(world, 100)
    seen = preview(
        services.close_organization,
        actor=world.clerk,
        organization=world.own_branch,
        on=today(),
        document="北党〔2026〕9号",
    )
    lines = {line.label: line for group in seen.groups for line in group.lines}
    running = lines["任期内的班子"]
    assert (running.before, running.after, running.concern) == ("1个", "0个", False)
    assert LeadershipTerm.objects.get().valid_to is None


def test_a_request_waits_before_the_superior_and_comes_back_with_its_reason(world: World) -> None:
    election = elections.open_election(
        actor=world.secretary, organization=world.own_branch, planned_on=today()
    )
    election.state = ElectionState.SUBMITTED
    election.save()
    assert [row.action for row in work.rows(Group.WAITING, world.park_officer)] == ["批复"]
    assert not work.rows(Group.WAITING, world.east_officer)

    election.state, election.remark = ElectionState.RETURNED, "候选人不足"
    election.save()
    (row,) = work.rows(Group.RETURNED, world.secretary)
    assert "候选人不足" in row.text
    assert row.url == f"/orgs/elections/{election.pk}"
