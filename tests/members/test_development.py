"""Developing members: the gates of the 25 steps, and what the register follows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.codes import Category, EntryKind, Standing
from members.development import cases, editions, steps
from members.development.cases import Application
from members.development.progress import broken, missing_papers
from members.models import DevelopmentCase, DevelopmentHelper, Outcome, Stage
from organizations.models import OrganizationKind, PartyOrganization
from tests.builders import make_full_member, make_person
from tests.members.developing import BORN, DAYS, admitted, applied, full_members, record, walk
from tests.world import EAST, PARK, World


def refusal(act: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        act()
    problem = refused.value
    return problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}


@pytest.fixture
def case(world: World) -> DevelopmentCase:
    return applied(world.own_branch, f"{PARK}申")


def test_the_whole_way_ends_in_a_full_member(case: DevelopmentCase) -> None:
    walk(case, "approval", by_service=True)
    member = case.member
    assert member is not None
    assert (member.category, member.accepted_on) == (Category.PROBATIONARY, DAYS["meeting"])
    assert member.memberships.get().entry_kind == EntryKind.DEVELOPED
    walk(case, "archived", by_service=True)
    member.refresh_from_db()
    assert (case.stage, case.closed_on) == (Stage.FULL, DAYS["archived"])
    assert (member.category, member.confirmed_on) == (Category.FULL, date(2023, 5, 10))
    assert (case.accepted_on, case.confirmed_on) == (DAYS["meeting"], member.confirmed_on)


def test_the_stage_follows_from_the_last_dated_step(case: DevelopmentCase) -> None:
    stages = [walk(case, until).stage for until in ("first_talk", "activist", "candidate")]
    assert stages == [Stage.APPLICANT, Stage.ACTIVIST, Stage.CANDIDATE]
    assert walk(case, "meeting").stage == Stage.CANDIDATE  # the committee has not approved yet
    assert walk(case, "approval").stage == Stage.PROBATIONARY
    assert (case.next_code, case.accepted_on) == ("approval_filed", DAYS["meeting"])


def test_an_applicant_is_of_age(world: World) -> None:
    said = refusal(lambda: applied(world.own_branch, f"{PARK}小", born_on=date(2003, 1, 6)))
    assert said == {"applied_on": ["申请入党应年满18周岁，递交申请时为17周岁。"]}
    person = make_person(f"{PARK}无", home=world.own_branch)
    given = Application(world.own_branch, DAYS["application"], person=person)
    assert "born_on" in refusal(lambda: cases.open_case(actor=None, given=given))
    applied(world.own_branch, f"{PARK}成", born_on=date(2003, 1, 5))


def test_a_person_is_on_the_way_once_and_no_member(world: World, case: DevelopmentCase) -> None:
    again = Application(world.own_branch, DAYS["application"], person=case.person)
    assert refusal(lambda: cases.open_case(actor=None, given=again)) == {
        "person": ["此人已有正在办理的发展档案"]
    }
    (member,) = full_members(world.own_branch, 1)
    given = Application(world.own_branch, DAYS["application"], person=member.person)
    said = refusal(lambda: cases.open_case(actor=None, given=given))
    assert said == {"person": [f"{member} 已是党员。"]}


def test_steps_are_not_skipped(case: DevelopmentCase) -> None:
    assert refusal(lambda: record(case, "activist")) == {
        "__all__": ["请先登记第2步“党组织派人谈话”。"]
    }


@pytest.mark.parametrize(
    ("code", "facts", "field", "sentence"),
    [
        ("first_talk", {"done_on": date(2021, 2, 6)}, "excuse", "应不迟于 2021-02-05"),
        ("first_talk", {"done_on": date(2021, 1, 4)}, "done_on", "不能早于第1步“递交入党申请书”"),
        ("candidate", {"done_on": date(2022, 2, 28)}, "done_on", "满12个月以后，不早于 2022-03-01"),
        ("training", {"days": 2, "hours": 23}, "days", "不少于3天或24个学时"),
        ("meeting", {"ayes": None}, "ayes", "请填写赞成的人数"),
        ("meeting", {"voters": 10}, "voters", "多于有表决权的正式党员 9 人"),
        ("meeting", {"ayes": 8}, "ayes", "之和不能多于参加表决的 8 人"),
        ("meeting", {"ayes": 4, "noes": 0}, "ayes", "未超过有表决权的正式党员 9 人的半数"),
        ("meeting", {"outcome": "failed"}, "outcome", "结果应为“通过”"),
        ("approval", {"done_on": date(2022, 8, 11)}, "excuse", "应不迟于 2022-08-10"),
        ("discussion", {"done_on": date(2023, 5, 9)}, "done_on", "第23步“支部大会讨论”应在第"),
        ("discussion", {"outcome": "extended", "extension": 5}, "extension", "不少于6个月"),
        ("discussion", {"outcome": "extended", "extension": 13}, "extension", "不超过12个月"),
    ],
)
def test_a_gate_says_why_it_is_closed(
    case: DevelopmentCase, code: str, facts: dict[str, Any], field: str, sentence: str
) -> None:
    before = list(DAYS)[list(DAYS).index(code) - 1]
    walk(case, before)
    said = refusal(lambda: record(case, code, **facts))
    assert sentence in "".join(said[field])


def test_two_full_members_recommend(world: World, case: DevelopmentCase) -> None:
    walk(case, "candidate_filed")
    one, two, three = full_members(world.own_branch, 3)
    for people in ([one], [one, two, three]):
        said = refusal(lambda people=people: record(case, "sponsors", people=people))
        assert said == {"people": [f"“确定入党介绍人”应为2名正式党员，现为{len(people)}名。"]}
    two.category, two.confirmed_on = Category.PROBATIONARY, None
    two.save()
    said = refusal(lambda: record(case, "sponsors", people=[one, two]))
    assert said == {"people": ["培养联系人和入党介绍人应为在册的正式党员。"]}
    with pytest.raises(IntegrityError, match="应为在册的正式党员"), transaction.atomic():
        DevelopmentHelper.objects.create(case=case, member=two, role="sponsors")


def test_a_late_step_is_recorded_with_its_reason_and_named(case: DevelopmentCase) -> None:
    late = record(case, "first_talk", done_on=date(2021, 2, 20), excuse="疫情期间不能见面")
    known = editions.load()
    sentences = broken(list(case.steps.all()), known, late.done_on)
    assert sentences == ["党组织派人谈话应不迟于 2021-02-05，实际为 2021-02-20。"]


def test_papers_that_are_not_on_file_are_missed(case: DevelopmentCase) -> None:
    record(case, "first_talk", papers=["谈话记录"])
    found = missing_papers(list(case.steps.all()), editions.load())
    assert found == [("递交入党申请书", "入党申请书")]


def test_the_probation_is_extended_once(case: DevelopmentCase) -> None:
    member = admitted(case)
    walk(case, "confirmation_request")
    record(case, "discussion", outcome=Outcome.EXTENDED, extension=6)
    record(case, "confirmation")
    member.refresh_from_db()
    assert member.probation_until == date(2023, 11, 10)
    record(case, "confirmation_request", done_on=date(2023, 11, 1))
    soon = {"done_on": date(2023, 11, 9)}
    assert "不早于 2023-11-10" in refusal(lambda: record(case, "discussion", **soon))["done_on"][0]
    again = {"done_on": date(2023, 11, 12), "outcome": Outcome.EXTENDED, "extension": 6}
    said = refusal(lambda: record(case, "discussion", **again))
    assert said == {"outcome": ["预备期只能延长一次。"]}
    record(case, "discussion", done_on=date(2023, 11, 12))
    record(case, "confirmation", done_on=date(2023, 12, 1))
    member.refresh_from_db()
    assert member.confirmed_on == date(2023, 11, 10)


def test_who_is_not_confirmed_leaves(case: DevelopmentCase) -> None:
    member = admitted(case)
    walk(case, "confirmation_request")
    record(case, "discussion", outcome=Outcome.CANCELLED)
    record(case, "confirmation")
    case.refresh_from_db()
    member.refresh_from_db()
    assert (member.standing, case.closed_on) == (Standing.LEFT, DAYS["confirmation"])
    assert member.memberships.get().exit_kind == "cancelled"


def test_a_general_branch_does_not_approve(world: World) -> None:
    PartyOrganization.objects.filter(pk=world.park_committee.pk).update(
        kind=OrganizationKind.GENERAL_BRANCH
    )
    case = walk(applied(world.own_branch, f"{PARK}申"), "activist")
    step = record(case, "activist_filed")
    assert step.committee == world.county_committee
    with pytest.raises(IntegrityError, match="没有审批权"), transaction.atomic():
        case.steps.filter(pk=step.pk).update(committee=world.park_committee)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"voters": 10}, "members_step_votes"),
        ({"ayes": 9, "noes": 0}, "members_step_(votes|noes)"),
        ({"noes": 2}, "members_step_noes"),
        ({"ayes": 4}, "members_step_majority"),
        ({"extension": 6}, "members_step_extension"),
        ({"done_on": date(2021, 2, 1)}, "依次先后"),
        ({"shown_from": date(2022, 1, 1)}, "members_step_shown"),
    ],
)
def test_the_database_knows_the_gates(
    case: DevelopmentCase, changes: dict[str, Any], constraint: str
) -> None:
    walk(case, "meeting")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        case.steps.filter(code="meeting").update(**changes)


def test_a_step_is_corrected_within_its_gates(case: DevelopmentCase) -> None:
    walk(case, "activist")
    talk = case.steps.get(code="first_talk")
    said = refusal(
        lambda: steps.correct_step(actor=None, step=talk, reason="误", done_on=date(2021, 3, 2))
    )
    assert "不能晚于第3步“推荐和确定入党积极分子”" in said["done_on"][0]
    steps.correct_step(actor=None, step=talk, reason="误", done_on=date(2021, 1, 21), by="张")
    talk.refresh_from_db()
    assert (talk.done_on, talk.by) == (date(2021, 1, 21), "张")


def test_what_the_register_follows_is_not_changed_afterwards(case: DevelopmentCase) -> None:
    admitted(case)
    meeting = case.steps.get(code="meeting")
    day = DAYS["meeting"] + timedelta(days=1)
    said = refusal(lambda: steps.correct_step(actor=None, step=meeting, reason="误", done_on=day))
    assert "不能再改" in said["done_on"][0]
    steps.correct_step(actor=None, step=meeting, reason="误", papers=["票决情况"])


def test_a_case_moves_with_its_time_and_stops(world: World, case: DevelopmentCase) -> None:
    walk(case, "review")
    cases.move_case(actor=None, case=case, organization=world.joint_branch, reason="调动")
    case.refresh_from_db()
    assert case.person.home_organization == world.joint_branch
    record(case, "candidate")
    said = refusal(lambda: cases.stop_case(actor=None, case=case, on=date(2022, 3, 9), reason="x"))
    assert "on" in said
    cases.stop_case(actor=None, case=case, on=date(2022, 4, 1), reason="本人撤回")
    case.refresh_from_db()
    assert "不能再办理" in refusal(lambda: record(case, "candidate_filed"))[""][0]


def test_a_probationary_member_of_the_roster_is_taken_up(world: World) -> None:
    person = make_person(f"{EAST}预", home=world.joint_branch, born_on=BORN)
    member = make_full_member(
        person, category="probationary", accepted_on=DAYS["meeting"], confirmed_on=None
    )
    given = Application(world.joint_branch, DAYS["application"], person=person)
    assert admitted(cases.open_case(actor=None, given=given)) == member
