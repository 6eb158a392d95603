"""Instructors are full members, sent once to a firm at a time, renewed, relieved and assessed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.dates import today
from core.models import AuditEntry
from enterprises.models import OperatingStatus
from members.codes import Category, Standing
from members.models import Employment, Instructor, InstructorAssignment, PartyMember
from members.services import instructors, visits
from tests.builders import assign, make_enterprise, make_full_member, make_instructor, make_person
from tests.world import World

UNIT = {"home_unit": "县税务局", "engagement": "part_time"}


def refused(problem: pytest.ExceptionInfo[ValidationError]) -> dict[str, str]:
    return {name: texts[0] for name, texts in problem.value.message_dict.items()}


def send(world: World, **given: Any) -> list[InstructorAssignment]:
    facts = {
        "actor": world.clerk,
        "instructor": world.instructor,
        "enterprises": [world.own],
        "on": date(2026, 3, 1),
        **given,
    }
    return instructors.assign(**facts)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"category": Category.PROBATIONARY, "confirmed_on": None}, "预备党员，在册"),
        ({"standing": Standing.SUSPENDED}, "正式党员，已停止党籍"),
    ],
)
def test_only_a_full_member_becomes_an_instructor(
    world: World, facts: dict[str, Any], words: str
) -> None:
    person = make_person("何干", home=world.west_committee)
    make_full_member(person, **facts)
    with pytest.raises(ValidationError) as problem:
        instructors.register_instructor(actor=world.clerk, person=person, **UNIT)
    assert refused(problem) == {"person": f"何干不是在册正式党员（{words}），不能担任指导员。"}


def test_somebody_who_is_no_member_is_refused_by_service_and_database(world: World) -> None:
    person = make_person("何干", home=world.west_committee)
    with pytest.raises(ValidationError, match="应为正式党员"):
        instructors.register_instructor(actor=world.clerk, person=person, **UNIT)
    with pytest.raises(IntegrityError, match="指导员应为正式党员"), transaction.atomic():
        Instructor.objects.create(person=person, **UNIT)


def test_an_instructor_who_lost_his_standing_is_not_sent_again(world: World) -> None:
    PartyMember.objects.update(standing=Standing.SUSPENDED)
    with pytest.raises(ValidationError) as problem:
        send(world)
    assert "不是在册正式党员" in refused(problem)["instructor"]
    with pytest.raises(IntegrityError, match="指导员应为正式党员"), transaction.atomic():
        assign(world.instructor, world.own)


def test_a_member_of_another_counties_roster_may_be_one(world: World) -> None:
    PartyMember.objects.update(standing=Standing.MOVED)
    assert send(world)[0].sender == world.west_committee


def test_a_firm_gets_the_same_instructor_once_at_a_time(world: World) -> None:
    send(world, until=date(2027, 3, 1))
    with pytest.raises(ValidationError) as problem:
        send(world, on=date(2027, 2, 28))
    assert refused(problem) == {"enterprises": f"“{world.own}”：该指导员在此时段已派驻这家企业"}
    assert send(world, on=date(2027, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        assign(world.instructor, world.own, since=date(2026, 12, 1))


def test_one_bad_firm_keeps_all_from_being_sent(world: World) -> None:
    fresh = make_enterprise(county=world.county, area=world.west)
    with pytest.raises(ValidationError):
        send(world, enterprises=[fresh, world.uncovered])
    assert not fresh.instructor_assignments.exists()


def test_a_reversed_term_is_told_at_its_end(world: World) -> None:
    with pytest.raises(ValidationError) as problem:
        send(world, until=date(2026, 2, 1))
    assert refused(problem) == {"until": "终止日期应晚于起始日期"}


def test_nobody_guides_the_firm_that_pays_him(world: World) -> None:
    Employment.objects.create(
        person=world.instructor.person, enterprise=world.own, valid_from=date(2025, 1, 1)
    )
    with pytest.raises(ValidationError) as problem:
        send(world)
    assert refused(problem)["enterprises"].endswith("不能派驻本企业（兼职不兼薪）。")


def test_a_closed_firm_gets_nobody(world: World) -> None:
    world.own.operating_status = OperatingStatus.DEREGISTERED
    world.own.save()
    with pytest.raises(ValidationError, match="已注销，不再选派"):
        send(world)


def test_a_renewal_is_a_further_term(world: World) -> None:
    [first] = send(world, until=date(2026, 9, 1), visit_months=2)
    second = instructors.renew(
        actor=world.clerk, assignment=first, until=date(2027, 9, 1), document="江组〔2026〕8号"
    )
    assert (second.valid_from, second.valid_to) == (date(2026, 9, 1), date(2027, 9, 1))
    assert (second.visit_months, second.sender) == (2, first.sender)
    with pytest.raises(ValidationError, match="已派驻这家企业"):
        instructors.renew(actor=world.clerk, assignment=first, until=None)


def test_who_was_relieved_is_not_renewed(world: World) -> None:
    [row] = send(world)
    instructors.relieve(actor=world.clerk, assignment=row, on=date(2026, 6, 1), reason="岗位调整")
    row.refresh_from_db()
    assert (row.valid_to, row.end_reason) == (date(2026, 6, 1), "岗位调整")
    with pytest.raises(ValidationError, match="请重新选派"):
        instructors.renew(actor=world.clerk, assignment=row, until=None)


def test_who_leaves_is_relieved_everywhere_and_sent_nowhere(world: World) -> None:
    day = today()
    assert (
        instructors.leave(actor=world.clerk, instructor=world.instructor, on=day, reason="退休")
        == 1
    )
    assert not InstructorAssignment.objects.as_of(day).exists()
    with pytest.raises(ValidationError, match="退出"):
        send(world, on=day)


def test_each_sending_is_in_the_log_of_its_township(world: World) -> None:
    send(world, enterprises=[world.own, world.joint])
    entries = AuditEntry.objects.filter(verb="instructor.assign")
    assert {entry.scope_path for entry in entries} == {
        world.park_committee.path,
        world.east_committee.path,
    }


def test_a_visit_lies_within_the_term_and_not_ahead(world: World) -> None:
    [row] = send(world, until=date(2026, 6, 1))
    sentences = {}
    for day in (date(2026, 2, 28), date(2026, 6, 1), today() + timedelta(days=1)):
        with pytest.raises(ValidationError) as problem:
            visits.record_visit(
                actor=world.clerk, assignment=row, visited_on=day, findings="生产正常"
            )
        sentences[day] = refused(problem)["visited_on"]
    assert list(sentences.values()) == [
        "走访日期早于选派日期 2026-03-01。",
        "选派已于 2026-06-01 到期。",
        "走访日期不能晚于今天。",
    ]


def test_a_visit_counts_once_a_day_and_talks_do_not_count(world: World) -> None:
    [row] = send(world)
    given: dict[str, Any] = {"actor": world.clerk, "assignment": row, "findings": "生产正常"}
    day = date(2026, 4, 1)
    visits.record_visit(visited_on=day, **given)
    visits.record_visit(visited_on=date(2026, 5, 1), kind="remote", **given)
    with pytest.raises(ValidationError, match="这一天已有同样方式的记录"):
        visits.record_visit(visited_on=day, **given)
    seen = InstructorAssignment.objects.with_rhythm(date(2026, 6, 1), 3).get(pk=row.pk)
    assert (seen.visited, seen.last_visit, seen.next_due) == (1, day, date(2026, 7, 1))


def test_pay_by_the_firm_bars_a_good_grade_until_it_is_returned(world: World) -> None:
    [row] = send(world)
    given = {"kind": "pay", "amount": Decimal(500), "source": "审计"}
    payment = visits.record_payment(
        actor=world.clerk,
        assignment=row,
        paid_on=date(2026, 4, 1),
        found_on=date(2026, 5, 1),
        **given,
    )
    grade: dict[str, Any] = {
        "actor": world.clerk,
        "instructor": world.instructor,
        "year": 2026,
        "assessed_on": today(),
    }
    with pytest.raises(ValidationError, match="不能评为优秀或称职"):
        visits.assess(grade="competent", **grade)
    visits.settle_payment(
        actor=world.clerk, payment=payment, returned_on=date(2026, 6, 1), outcome="退还，批评教育"
    )
    assert visits.assess(grade="competent", **grade).pk
    with pytest.raises(ValidationError, match="本年度已有考核结果"):
        visits.assess(grade="excellent", **grade)


def test_an_instructor_of_two_firms_covers_two(world: World) -> None:
    other = make_instructor("钱指导", home=world.county_committee)
    send(world, instructor=other, enterprises=[world.own, world.joint])
    loads = dict(Instructor.objects.all().with_load(today()).values_list("pk", "load"))
    assert loads == {world.instructor.pk: 1, other.pk: 2}
