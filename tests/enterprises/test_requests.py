"""Requests of enterprises: heard, carried on act by act until the enterprise is content."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from core.dates import today
from core.models import AuditEntry, Message
from core.rates import Rate
from enterprises.contacts.services import pair, record_visit
from enterprises.models import EnterpriseRequest, RequestState, RequestStep
from enterprises.models.request import REQUEST
from enterprises.requests.figures import figures
from enterprises.requests.notices import deadlines, send_reminders
from enterprises.requests.repeats import likely
from enterprises.requests.services import advance, change_request, receive
from enterprises.services import merge_enterprises
from tests.world import World

DAY = today() - timedelta(days=40)
ENDED: dict[str, Any] = {
    "state": "closed",
    "unit": "县人社局",
    "due_on": DAY,
    "result": "已招聘",
    "handled_on": DAY,
    "answer": "已招聘",
    "answered_on": DAY,
    "satisfaction": "fair",
    "confirmed_on": DAY,
    "ended_on": DAY,
}


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def heard(world: World, **facts: Any) -> EnterpriseRequest:
    said: dict[str, Any] = {
        "enterprise": world.uncovered,
        "source": "hotline",
        "category": "labour",
        "title": "一线工人难招",
        "received_on": DAY,
        **facts,
    }
    return receive(actor=world.guide, **said)


def act(world: World, row: EnterpriseRequest, name: str, day: int, **said: Any) -> None:
    advance(actor=world.west_officer, request=row, act=f"request.{name}", on=later(day), **said)
    row.refresh_from_db()


def answered(world: World, row: EnterpriseRequest) -> None:
    act(world, row, "accept", 1)
    act(world, row, "assign", 2, unit="县人社局", due_on=later(12))
    act(world, row, "handle", 8, result="已组织专场招聘会")
    act(world, row, "answer", 9, answer="招到 12 人")


def test_a_request_is_closed_once_the_enterprise_is_content(world: World) -> None:
    row = heard(world)
    answered(world, row)
    act(world, row, "confirm", 10, satisfaction="satisfied", note="人手够了")
    act(world, row, "close", 11)
    assert (row.state, row.ended_on, row.days(today())) == (RequestState.CLOSED, later(11), 9)
    assert [(step.label, step.on, step.note) for step in row.steps.all()] == [
        ("登记", DAY, "一线工人难招"),
        ("受理", later(1), ""),
        ("交办", later(2), ""),
        ("登记办理结果", later(8), "已组织专场招聘会"),
        ("答复企业", later(9), "招到 12 人"),
        ("企业确认", later(10), "人手够了"),
        ("办结", later(11), ""),
    ]
    entry = AuditEntry.objects.get(target_id=str(row.pk), verb="request.close")
    assert (entry.before, entry.after) == ({"state": "待办结"}, {"state": "已办结"})


def test_who_is_not_content_has_it_done_again(world: World) -> None:
    row = heard(world)
    answered(world, row)
    act(world, row, "confirm", 10, satisfaction="dissatisfied")
    with pytest.raises(ValidationError) as refused:
        act(world, row, "close", 11)
    assert refused.value.message_dict == {"on": ["企业不满意的诉求，至少退回重办一次才能办结。"]}
    row.refresh_from_db()
    act(world, row, "return", 11, unit="县人社局", due_on=later(20), note="只招到一半")
    assert (row.state, row.return_count, row.answer, row.answered_on) == ("assigned", 1, "", None)
    assert row.steps.filter(note="招到 12 人").exists()  # the words of the first round stay
    act(world, row, "handle", 18, result="校企合作")
    act(world, row, "answer", 18, answer="再招 20 人")
    act(world, row, "confirm", 19, satisfaction="dissatisfied")
    act(world, row, "close", 20)
    assert row.state == RequestState.CLOSED


def test_an_act_that_says_too_little_or_comes_too_early_is_refused(world: World) -> None:
    row = heard(world)
    act(world, row, "accept", 1)
    unit, due = {"unit": "县人社局"}, {"due_on": later(9)}
    too_soon = f"办理期限不能早于交办日期 {later(2)}。"
    cases: tuple[tuple[int, dict[str, Any], str, str], ...] = (
        (2, due, "unit", "请填写承办单位。"),
        (2, unit, "due_on", "请填写办理期限。"),
        (2, {**unit, "due_on": later(1)}, "due_on", too_soon),
        (0, {**unit, **due}, "on", f"日期不能早于上一步 {later(1)}。"),
        (41, {**unit, "due_on": later(50)}, "on", "日期不能晚于今天。"),
    )
    for day, said, field, sentence in cases:
        with pytest.raises(ValidationError) as refused:
            act(world, row, "assign", day, **said)
        assert refused.value.message_dict == {field: [sentence]}
    with pytest.raises(ValidationError, match="当前状态为“待交办”，不能办结。"):
        act(world, row, "close", 2)


def test_handing_on_again_asks_why(world: World) -> None:
    row = heard(world)
    act(world, row, "accept", 1)
    act(world, row, "assign", 2, unit="县人社局", due_on=later(9))
    with pytest.raises(ValidationError, match="改派或延期须说明原因"):
        act(world, row, "reassign", 3, unit="县总工会", due_on=later(15))
    act(world, row, "reassign", 3, unit="县总工会", due_on=later(15), note="职责不符")
    assert (row.unit, row.due_on, row.return_count) == ("县总工会", later(15), 0)


def test_a_request_was_heard_before_anything_was_done_about_it(world: World) -> None:
    row = heard(world)
    change_request(actor=None, request=row, received_on=later(1))
    with pytest.raises(ValidationError, match=f"日期不能早于上一步 {later(1)}"):
        act(world, row, "accept", 0)
    act(world, row, "accept", 2)
    with pytest.raises(ValidationError) as refused:
        change_request(actor=None, request=row, received_on=later(3))
    assert refused.value.message_dict == {"received_on": [f"收到日期不能晚于受理日期 {later(2)}。"]}


def test_declining_says_why_and_ends_it(world: World) -> None:
    row = heard(world)
    with pytest.raises(ValidationError, match="请填写答复内容"):
        act(world, row, "decline", 1)
    act(world, row, "decline", 1, answer="已进入诉讼程序")
    assert (row.state, row.is_open, row.ended_on) == ("declined", False, later(1))


def test_the_database_refuses_what_no_act_would_write(world: World) -> None:
    row, foreign = heard(world), heard(world, enterprise=world.joint)
    point = pair(
        actor=None, enterprise=world.joint, year=DAY.year, level="county", leader="周县长",
        post="县长",
    )  # fmt: skip
    wrong: tuple[dict[str, Any], ...] = (
        {"state": "assigned"},
        {"state": "closed", "ended_on": DAY},
        {"ended_on": DAY},
        {"state": "declined", "ended_on": DAY},
        {"due_on": DAY - timedelta(days=1)},
        {"contact_point": point},
        {"contact_point": point, "source": "contact"},
        {"earlier": foreign},
        {**ENDED, "satisfaction": "dissatisfied"},
        {**ENDED, "satisfaction": ""},
        {**ENDED, "answered_on": DAY - timedelta(days=1)},
    )
    for facts in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            EnterpriseRequest.objects.filter(pk=row.pk).update(**facts)
    EnterpriseRequest.objects.filter(pk=row.pk).update(**ENDED)  # as the acts would leave it


def test_the_course_of_a_request_is_only_added_to(world: World) -> None:
    row = heard(world)
    for sql in ("UPDATE {} SET note = ''", "DELETE FROM {}"):
        with (
            pytest.raises(DatabaseError, match="只能追加"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql.format(RequestStep._meta.db_table))
    assert row.steps.count() == 1


def test_the_same_again_is_proposed_and_counted_when_judged_so(world: World) -> None:
    first = heard(world)
    other = heard(world, category="finance", title="贷款难")
    again = heard(world, title="还是招不到人", received_on=later(20))
    assert (likely(first), likely(other), likely(again)) == (None, None, first)
    act(world, again, "accept", 21, earlier=first)
    assert figures(EnterpriseRequest.objects.all(), today()).repeated == 1
    with pytest.raises(ValidationError) as refused:
        change_request(actor=None, request=first, earlier=again)
    assert refused.value.message_dict == {"earlier": ["重复的诉求应是此前登记的"]}


def test_a_leaders_word_hangs_on_his_contact_point(world: World) -> None:
    point = pair(
        actor=None, enterprise=world.uncovered, year=DAY.year, level="county", leader="周县长",
        post="县长",
    )  # fmt: skip
    visit = record_visit(actor=None, contact=point, visited_on=DAY, content="座谈")
    at_visit = heard(world, source="contact", visit=visit)
    by_phone = heard(world, source="contact", title="用电紧张")
    hotline = heard(world, title="道路破损")
    assert [row.contact_point for row in (at_visit, by_phone, hotline)] == [point, point, None]
    change_request(actor=None, request=by_phone, source="meeting")
    by_phone.refresh_from_db()
    assert by_phone.contact_point is None
    with pytest.raises(ValidationError, match="收到日期就是走访日期"):
        change_request(actor=None, request=at_visit, received_on=later(1))


def test_numbers_tell_what_is_late_on_time_and_content(world: World) -> None:
    in_time, late, waiting, fresh = (heard(world, title=f"第{n}件") for n in range(4))
    answered(world, in_time)
    act(world, in_time, "confirm", 10, satisfaction="fair")
    for row in (late, waiting):
        act(world, row, "accept", 1)
        act(world, row, "assign", 2, unit="县发改局", due_on=later(5))
    act(world, late, "handle", 8, result="已协调")
    act(world, late, "answer", 9, answer="已协调")
    found = figures(EnterpriseRequest.objects.all(), today())
    assert (found.total, found.unfinished, found.overdue) == (4, 4, 1)
    assert (found.on_time, found.content) == (Rate(1, 3), Rate(1, 1))
    assert [row.is_overdue(today()) for row in (late, waiting, fresh)] == [False, True, False]
    assert list(EnterpriseRequest.objects.overdue(today())) == [waiting]


def test_the_officer_is_told_and_then_whoever_had_heard_it(world: World) -> None:
    row = heard(world)
    assert Message.objects.get(recipient=world.west_officer).title == (
        "新的企业诉求，请受理：西河纺织有限公司：一线工人难招"
    )
    answered(world, row)
    mine = Message.objects.filter(recipient=world.guide).order_by("id")
    assert list(mine.values_list("kind", "title")) == [
        ("information", f"企业诉求已受理：{row}"),
        ("action", f"请回访企业确认答复：{row}"),
    ]


def test_what_is_due_stands_on_the_work_page_and_is_reminded_of_once_a_week(world: World) -> None:
    waiting, unanswered = heard(world), heard(world, title="用电紧张")
    act(world, unanswered, "accept", 1)
    act(world, unanswered, "assign", 2, unit="县供电公司", due_on=later(5))
    due = sorted(deadlines(world.west_officer, today()))
    assert [(one.on, one.what, one.url) for one in due] == [
        (later(3), "受理企业诉求", waiting.get_absolute_url()),
        (later(5), "答复企业诉求（办理中）", unanswered.get_absolute_url()),
    ]
    assert list(deadlines(world.east_officer, today())) == []
    assert list(deadlines(world.guide, today())) == []
    assert send_reminders(today()) == send_reminders(today()) == 1
    told = Message.objects.filter(recipient=world.west_officer, url="/requests/?overdue=true")
    assert [one.title for one in told] == ["1 件企业诉求已超过办理期限"]


def test_every_act_of_the_table_has_a_form_and_says_something(world: World) -> None:
    from enterprises.requests.forms import ACT_FORMS
    from enterprises.requests.services import SAYS

    row = heard(world)
    for transition in REQUEST:
        form = ACT_FORMS[transition.name](row)
        assert set(SAYS[transition.name]) == set(form.fields) - {"on", "note"}


def test_what_a_merged_enterprise_still_asks_for_goes_on_with_the_other(world: World) -> None:
    point = pair(
        actor=None, enterprise=world.uncovered, year=DAY.year, level="county", leader="周县长",
        post="县长",
    )  # fmt: skip
    visit = record_visit(actor=None, contact=point, visited_on=DAY, content="座谈")
    ended = heard(world)
    EnterpriseRequest.objects.filter(pk=ended.pk).update(**ENDED)
    open_ = heard(world, source="contact", visit=visit)
    EnterpriseRequest.objects.filter(pk=open_.pk).update(earlier=ended)

    merge_enterprises(
        actor=world.clerk, absorbed=world.uncovered, into=world.own, on=today(), reason="吸收合并"
    )

    ended.refresh_from_db()
    open_.refresh_from_db()
    assert (ended.enterprise, open_.enterprise) == (world.uncovered, world.own)
    assert (open_.earlier, open_.contact_point) == (ended, point)
    (entry,) = AuditEntry.objects.filter(verb="request.move")
    assert (entry.target_id, entry.reason) == (str(open_.pk), "吸收合并")
    with pytest.raises(DatabaseError), transaction.atomic():
        EnterpriseRequest.objects.filter(pk=open_.pk).update(enterprise=world.joint)
