"""A meeting gets its record: who came, whether they could decide, what is refused and why."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from activities.facts import differences
from activities.models import Activity, Attendance, Voters
from activities.rules import Quorum, is_carried
from activities.services import planning, recording, reviewing
from activities.services.errands import finish_task
from activities.services.minutes import Presence, Resolved
from activities.services.recording import StaleError, stamp_of
from core.dates import today
from core.models import Message
from members.models import Membership
from tests.activities.meeting import SINCE, YESTERDAY, hold, kinds, make_branch, minutes
from tests.builders import make_person
from tests.members.test_posts import appoint
from tests.world import EAST, World


def refusal(call: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        call()
    found = caught.value
    return found.message_dict if hasattr(found, "error_dict") else {"": found.messages}


@pytest.mark.django_db
def test_probationary_members_come_but_do_not_count_for_the_quorum(world: World) -> None:
    people = make_branch(world.joint_branch)
    activity = hold(world.joint_branch, minutes(people, away=3))

    assert (activity.expected, activity.came) == (8, 5)
    assert (activity.voters, activity.voters_came) == (7, 4)
    leave = activity.attendances.filter(status="leave")
    assert [one.reason for one in leave] == ["travel"] * 3
    assert activity.state == "submitted"
    assert activity.recorded_on == today()


@pytest.mark.django_db
def test_who_is_not_mentioned_was_absent_and_a_talk_expects_nobody(world: World) -> None:
    people = make_branch(world.joint_branch, 3)
    meeting = hold(world.joint_branch, minutes(people[:1]))
    said = {one.person: one.status for one in meeting.attendances.all()}
    assert said == dict(zip(people, ["came", "absent", "absent"], strict=True))

    talk = minutes(people[:2], kinds=kinds("talk"), held_from=time(17), held_to=time(18))
    assert hold(world.joint_branch, talk).expected == 2


@pytest.mark.django_db
def test_a_committee_decides_with_half_of_its_members(world: World) -> None:
    branch = world.joint_branch
    posts = [appoint(branch, f"{EAST}{name}", source="owner") for name in "书"]
    given = minutes(
        [posts[0].person],
        kinds=kinds("committee_meeting"),
        held_on=YESTERDAY,
        decisions=[Resolved("研究党费使用", kind="vote", ayes=1)],
    )
    activity = hold(branch, given)
    assert (activity.voters, activity.voters_came) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "field", "says"),
    [
        ({"held_on": today() + timedelta(days=1)}, "held_on", "还没有召开"),
        ({"held_to": time(15)}, "held_to", "结束时间应晚于开始时间"),
        ({"held_on": date(2019, 12, 31)}, "held_on", "成立日期"),
        ({"kinds": []}, "kinds", "至少选择一个类型"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(
    world: World, facts: dict[str, Any], field: str, says: str
) -> None:
    people = make_branch(world.joint_branch, 3)
    found = refusal(lambda: hold(world.joint_branch, minutes(people, **facts)))
    assert says in found[field][0]
    assert not Activity.objects.exists()


@pytest.mark.django_db
def test_nobody_attends_who_was_not_in_the_branch_that_day(world: World) -> None:
    people = make_branch(world.joint_branch, 3)
    stranger = make_person(f"{EAST}外人", home=world.joint_branch)
    said = {stranger.pk: Presence(came=True)}
    found = refusal(lambda: hold(world.joint_branch, minutes(people, presences=said)))
    assert found["presences"] == [f"{EAST}外人在{YESTERDAY}不在{world.joint_branch}。"]

    activity = hold(world.joint_branch, minutes(people))
    row = Attendance(activity=activity, person=stranger, status="came")
    with transaction.atomic():
        row.save()
        with pytest.raises(IntegrityError, match="不在这个党组织"), transaction.atomic():
            connection.check_constraints()
        row.delete()


@pytest.mark.django_db
def test_who_left_the_branch_before_the_day_is_not_on_its_roster(world: World) -> None:
    people = make_branch(world.joint_branch, 3)
    Membership.objects.filter(member__person=people[0]).update(
        valid_to=YESTERDAY, exit_kind="transferred"
    )
    found = refusal(lambda: hold(world.joint_branch, minutes(people)))
    assert people[0].name in found["presences"][0]


@pytest.mark.django_db
def test_a_vote_needs_the_quorum_and_an_election_four_fifths(world: World) -> None:
    people = make_branch(world.joint_branch)
    vote = [Resolved("接收预备党员", kind="vote", ayes=3)]
    few = refusal(lambda: hold(world.joint_branch, minutes(people, away=4, decisions=vote)))
    assert few["decisions"] == ["有表决权的党员应到7人，实到3人，未达过半数，不能表决。"]
    election = [Resolved("选举支委", kind="election", ayes=5)]
    some = refusal(lambda: hold(world.joint_branch, minutes(people, away=2, decisions=election)))
    assert some["decisions"] == ["应到7人，实到5人，未达五分之四，不能选举。"]
    many = [Resolved("接收预备党员", kind="vote", ayes=7, noes=1)]
    over = refusal(lambda: hold(world.joint_branch, minutes(people, away=1, decisions=many)))
    assert "共计8票，超过实到有表决权的6人" in over["decisions"][0]
    assert hold(world.joint_branch, minutes(people, away=1, decisions=election)).pk


def test_the_quorum_is_more_than_half_and_never_falls_when_one_more_comes() -> None:
    for voters, came in ((size, some) for size in range(1, 60) for some in range(size + 1)):
        now, more = (Quorum(Voters.MEMBERS, voters, number) for number in (came, came + 1))
        assert now.is_met == (came > voters / 2)
        assert more.is_met >= now.is_met
        assert not now.elects or now.is_met
        assert is_carried(came, voters) == (voters - came < came)
        assert Quorum(Voters.COMMITTEE, voters, came).is_met >= now.is_met


@pytest.mark.django_db
def test_sent_twice_or_from_two_devices_it_is_one_meeting(world: World) -> None:
    people = make_branch(world.joint_branch, 3)
    token = uuid4()
    sent = [
        recording.record(
            actor=world.secretary,
            organization=world.joint_branch,
            token=token,
            minutes=minutes(people),
            submit=True,
        )
        for _ in range(2)
    ]
    assert sent[0] == sent[1]
    again = refusal(lambda: hold(world.joint_branch, minutes(people, title="另一台手机")))
    assert "没有重复保存" in again["held_from"][0]
    assert Activity.objects.count() == 1


@pytest.mark.django_db
def test_a_record_goes_up_comes_back_with_a_reason_and_is_accepted(world: World) -> None:
    people = make_branch(world.joint_branch, 3)
    activity = hold(world.joint_branch, minutes(people), world.east_officer)
    empty = refusal(lambda: reviewing.return_record(actor=None, activity=activity, reason=" "))
    assert empty == {"reason": ["退回必须说明原因。"]}
    reviewing.return_record(actor=world.clerk, activity=activity, reason="内容过简")
    assert Message.objects.get().recipient == world.east_officer
    assert (
        "直接提交"
        in refusal(
            lambda: recording.revise(
                actor=None, activity=activity, minutes=minutes(people), submit=False
            )
        )[""][0]
    )
    better = minutes(people, content="学习并讨论。")
    activity = recording.revise(
        actor=world.east_officer, activity=activity, minutes=better, submit=True
    )
    reviewing.accept(actor=world.clerk, activity=activity)
    assert activity.version == 2
    assert [step.state for step in activity.steps.all()] == [
        "submitted",
        "returned",
        "submitted",
        "accepted",
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        activity.versions.all().delete()


@pytest.mark.django_db
def test_a_locked_record_changes_by_a_version_with_its_reason_alone(world: World) -> None:
    people = make_branch(world.joint_branch, 3)
    activity = hold(world.joint_branch, minutes(people), world.east_officer)
    reviewing.accept(actor=None, activity=activity)
    reviewing.lock(actor=None, activity=activity)
    with pytest.raises(IntegrityError, match="不能删除或改写"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(title="改")
    fixed = minutes(people, place="党员活动室")
    missing = refusal(
        lambda: recording.correct(actor=None, activity=activity, minutes=fixed, reason="")
    )
    assert "说明原因" in missing["reason"][0]
    activity = recording.correct(
        actor=world.east_officer, activity=activity, minutes=fixed, reason="地点有误"
    )
    assert (activity.version, activity.state) == (2, "submitted")
    before, after = (one.facts for one in activity.versions.all())
    assert [(one.label, one.before, one.after) for one in differences(before, after)] == [
        ("地点", "会议室", "党员活动室")
    ]


@pytest.mark.django_db
def test_who_saves_over_another_is_told_and_nothing_is_overwritten(world: World) -> None:
    people = make_branch(world.joint_branch, 3)
    activity = hold(world.joint_branch, minutes(people), submit=False)
    seen = stamp_of(Activity.objects.get())
    recording.revise(
        actor=None,
        activity=activity,
        minutes=minutes(people, title="先存的"),
        submit=False,
        stamp=seen,
    )
    with pytest.raises(StaleError):
        recording.revise(
            actor=None,
            activity=activity,
            minutes=minutes(people, title="后存的"),
            submit=False,
            stamp=seen,
        )
    assert Activity.objects.get().title == "先存的"


@pytest.mark.django_db
def test_a_plan_is_told_held_and_recorded_or_called_off(world: World) -> None:
    people = make_branch(world.joint_branch, 3)

    def planned() -> Activity:
        return planning.plan(
            actor=None,
            organization=world.joint_branch,
            kinds=kinds("theme_day"),
            title="主题党日",
            on=today(),
        )

    late = refusal(
        lambda: planning.plan(
            actor=None,
            organization=world.joint_branch,
            kinds=kinds("theme_day"),
            title="昨日",
            on=YESTERDAY,
        )
    )
    assert "计划日期已过" in late["on"][0]
    activity = planning.notify(actor=None, activity=planned())
    activity = planning.hold(actor=None, activity=activity, on=YESTERDAY)
    activity = recording.revise(
        actor=None,
        activity=activity,
        minutes=minutes(people, kinds=kinds("theme_day", "lecture")),
        submit=True,
    )
    assert [kind.name for kind in activity.kinds.all()] == ["党课", "主题党日"]
    assert planning.cancel(actor=None, activity=planned()).state == "cancelled"
    assert "不能取消" in refusal(lambda: planning.cancel(actor=None, activity=activity))[""][0]


@pytest.mark.django_db
def test_a_decision_becomes_a_task_and_stays_done_after_a_revision(world: World) -> None:
    people = make_branch(world.joint_branch, 3)
    task = Resolved("走访困难党员", owner=people[0], due_on=today() + timedelta(days=5))
    activity = hold(world.joint_branch, minutes(people, decisions=[task]))
    early = refusal(
        lambda: finish_task(
            actor=None, decision=activity.decisions.get(), on=SINCE, outcome="已走访"
        )
    )
    assert "不能早于会议日期" in early["on"][0]
    finish_task(actor=None, decision=activity.decisions.get(), on=today(), outcome="已走访")
    reviewing.return_record(actor=None, activity=activity, reason="补写内容")
    recording.revise(
        actor=None, activity=activity, minutes=minutes(people, decisions=[task]), submit=True
    )
    assert activity.decisions.get().outcome == "已走访"
