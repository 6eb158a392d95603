"""Leaders' contact points: paired once, visited within the year, summed up, carried on."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from core.dates import today
from core.models import AuditEntry
from core.rates import Rate
from enterprises.contacts.deadlines import deadlines
from enterprises.contacts.figures import figures, with_results
from enterprises.contacts.services import (
    change_contact,
    end_contact,
    pair,
    record_visit,
    renew,
    sum_up,
)
from enterprises.models import ContactPoint, ContactVisit, Enterprise, OperatingStatus
from enterprises.requests.services import advance, receive
from tests.world import World

YEAR = today().year - 1
SPRING, SUMMER, AUTUMN = date(YEAR, 4, 1), date(YEAR, 7, 1), date(YEAR, 10, 1)


def paired(world: World, enterprise: Enterprise | None = None, **facts: Any) -> ContactPoint:
    said: dict[str, Any] = {
        "enterprise": enterprise or world.uncovered,
        "year": YEAR,
        "level": "county",
        "leader": "周县长",
        "post": "县委副书记、县长",
        **facts,
    }
    return pair(actor=world.clerk, **said)


def test_a_leader_looks_after_an_enterprise_for_its_year(world: World) -> None:
    point = paired(world, document="江办〔2025〕3号")
    assert (point.valid_from, point.valid_to) == (date(YEAR, 1, 1), date(YEAR + 1, 1, 1))
    entry = AuditEntry.objects.get(target_id=str(point.pk), verb="contact.pair")
    assert entry.after == {
        "leader": "周县长",
        "post": "县委副书记、县长",
        "year": YEAR,
        "document": "江办〔2025〕3号",
    }


def test_no_pair_stands_twice_and_none_outside_its_year(world: World) -> None:
    paired(world)
    new = {"leader": "吴书记"}
    cases: tuple[tuple[dict[str, Any], str, str], ...] = (
        ({}, "leader", "这位领导本年度已联系这家企业"),
        (new, "enterprise", "该企业在此时段已有同一层级的联系领导"),
        ({**new, "valid_from": date(YEAR + 1, 3, 1)}, "valid_to", "终止日期应晚于起始日期"),
        (
            {**new, "level": "department", "valid_from": date(YEAR - 1, 3, 1)},
            "valid_from",
            "联系起止日期应在本年度之内",
        ),
    )
    for facts, field, sentence in cases:
        with pytest.raises(ValidationError) as refused:
            paired(world, **facts)
        assert sentence in refused.value.message_dict[field]


def test_the_database_refuses_a_second_leader_of_the_same_level(world: World) -> None:
    point = paired(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPoint.objects.create(
            enterprise=point.enterprise,
            year=YEAR,
            level="county",
            leader="吴书记",
            post="书记",
            valid_from=SUMMER,
            valid_to=AUTUMN,
        )


def test_leaders_of_two_levels_may_share_an_enterprise(world: World) -> None:
    paired(world)
    paired(world, level="department", leader="吴部长")
    assert world.uncovered.contact_points.count() == 2


def test_after_an_early_end_another_leader_follows(world: World) -> None:
    first = paired(world)
    record_visit(actor=None, contact=first, visited_on=SPRING, content="座谈")
    with pytest.raises(ValidationError, match="应晚于最近一次走访"):
        end_contact(actor=None, contact=first, on=SPRING, reason="调离")
    end_contact(actor=None, contact=first, on=SUMMER, reason="调离")
    second = paired(world, leader="吴书记", valid_from=SUMMER)
    held = ContactPoint.objects.as_of(AUTUMN).filter(enterprise=world.uncovered)
    assert list(held) == [second]


def test_a_deregistered_enterprise_gets_no_leader(world: World) -> None:
    Enterprise.objects.filter(pk=world.joint.pk).update(
        operating_status=OperatingStatus.DEREGISTERED
    )
    world.joint.refresh_from_db()
    with pytest.raises(ValidationError, match="已注销，不能安排联系领导"):
        paired(world, world.joint)


def test_a_visit_lies_in_its_year_and_is_noted_once(world: World) -> None:
    point = paired(world)
    record_visit(actor=None, contact=point, visited_on=SPRING, content="座谈")
    for day, sentence in (
        (date(YEAR + 1, 1, 1), "走访日期应在联系起止日期"),
        (today() + timedelta(days=1), "日期不能晚于今天。"),
        (SPRING, "这一天的走访已经登记"),
    ):
        with pytest.raises(ValidationError) as refused:
            record_visit(actor=None, contact=point, visited_on=day, content="座谈")
        assert refused.value.message_dict["visited_on"][0].startswith(sentence)


def test_the_database_keeps_visits_within_the_contact(world: World) -> None:
    point = paired(world)
    visit = record_visit(actor=None, contact=point, visited_on=SUMMER, content="座谈")
    with pytest.raises(DatabaseError, match="走访日期应在联系起止日期之内"), transaction.atomic():
        ContactVisit.objects.filter(pk=visit.pk).update(visited_on=date(YEAR + 1, 2, 1))
    with pytest.raises(DatabaseError, match="走访日期应在联系起止日期之内"), transaction.atomic():
        ContactPoint.objects.filter(pk=point.pk).update(valid_from=AUTUMN)
    with pytest.raises(ValidationError, match="不能晚于首次走访"):
        change_contact(actor=None, contact=point, valid_from=AUTUMN)


def test_visits_problems_and_solutions_add_up(world: World) -> None:
    point, unvisited = paired(world), paired(world, world.joint)
    visit = record_visit(actor=None, contact=point, visited_on=SPRING, content="座谈")
    record_visit(actor=None, contact=point, visited_on=AUTUMN, content="回访")
    for title in ("用地", "用电"):
        row = receive(
            actor=None, enterprise=point.enterprise, source="contact", category="land",
            title=title, received_on=SPRING, visit=visit,
        )  # fmt: skip
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("accept", {}),
        ("assign", {"unit": "供电公司", "due_on": AUTUMN}),
        ("handle", {"result": "已增容"}),
        ("answer", {"answer": "已增容"}),
        ("confirm", {"satisfaction": "satisfied"}),
        ("close", {}),
    )
    for act, said in acts:
        row = advance(actor=None, request=row, act=f"request.{act}", on=SUMMER, **said)
    found = {one.pk: one for one in with_results(ContactPoint.objects.all())}
    mine = found[point.pk]
    assert (mine.visit_count, mine.last_visit, mine.problem_count, mine.solved_count) == (
        2,
        AUTUMN,
        2,
        1,
    )
    assert (found[unvisited.pk].visit_count, found[unvisited.pk].last_visit) == (0, None)
    total = figures(with_results(ContactPoint.objects.all()))
    assert (total.leaders, total.visited, total.visits, total.solved) == (
        1,
        Rate(1, 2),
        2,
        Rate(1, 2),
    )


def test_the_year_is_summed_up_on_a_day_of_it(world: World) -> None:
    point = paired(world, valid_from=SUMMER)
    with pytest.raises(ValidationError) as refused:
        sum_up(actor=None, contact=point, on=SPRING, summary="解决用电")
    assert list(refused.value.message_dict) == ["summed_up_on"]
    assert sum_up(actor=None, contact=point, on=today(), summary="解决用电").summed_up_on == today()


def test_the_list_goes_on_for_the_year_after(world: World) -> None:
    points = [paired(world), paired(world, world.joint, leader="吴书记")]
    paired(world, world.joint, year=YEAR + 1, leader="郑书记")
    made, left = renew(actor=None, contacts=points, document="江办〔2026〕3号")
    assert [(one.year, one.leader, one.document) for one in made] == [
        (YEAR + 1, "周县长", "江办〔2026〕3号")
    ]
    assert left == ["东岭茶业有限公司：该企业在此时段已有同一层级的联系领导"]


def test_a_leader_who_was_not_there_often_enough_is_due_by_the_end_of_the_year(
    world: World,
) -> None:
    this_year = today().year
    last = date(this_year, 12, 31)
    point = paired(world, year=this_year)
    record_visit(actor=None, contact=point, visited_on=today(), content="座谈")
    (due,) = deadlines(world.west_officer, last)
    assert (due.on, due.what) == (last, "走访联系企业（已 1 次，每年至少 2 次）")
    assert list(deadlines(world.west_officer, last - timedelta(days=1))) == []
    assert list(deadlines(world.guide, last)) == list(deadlines(world.east_officer, last)) == []
