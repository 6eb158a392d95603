"""I16 and I26: posts, volunteering and suggestions by unit on a day; ledgers L14 and L22."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from activities.services.member_posts import change_post, take_post
from activities.services.suggesting import answer_suggestion, suggest
from core.rates import Rate
from members.models import Person
from members.talent.services import attend, hold_training
from organizations.models import PartyOrganization
from reports.ledgers import LEDGER
from reports.units import Unit, units_on
from reports.volume import volumes_on
from tests.activities.meeting import hold, kinds, make_branch, minutes
from tests.members.test_posts import appoint, desk
from tests.reports.test_meeting_ledgers import lines
from tests.world import EAST, World

pytestmark = pytest.mark.django_db
MAY, JUNE, DAY = date(2025, 5, 6), date(2025, 6, 10), date(2025, 12, 31)
FIGURES = ("area", "vanguard", "holders", "services", "volunteers", "made", "adopted", "adoption")


@pytest.fixture
def people(world: World) -> list[Person]:
    return make_branch(world.joint_branch, 4)


def posted(world: World, people: list[Person], kind: str, name: str) -> Any:
    return take_post(
        actor=None, organization=world.joint_branch, people=people, kind=kind, name=name, on=MAY
    )


def made(branch: PartyOrganization, text: str, adopted_on: date | None = None) -> None:
    one = suggest(
        actor=None, organization=branch, enterprise=None, proposer="甲", made_on=MAY, text=text
    )
    if adopted_on:
        answer_suggestion(
            actor=None, suggestion=one, answer="adopted", answered_on=adopted_on, outcome=""
        )


def filled(world: World, people: list[Person]) -> None:
    """An area that three share, a post of one of them, a service, three suggestions."""
    posted(world, people[:3], "area", "一车间")
    posted(world, people[:1], "vanguard", "焊接岗")
    row = hold(world.joint_branch, minutes(people, away=1, kinds=kinds("volunteering")))
    Activity.objects.filter(pk=row.pk).update(held_on=MAY, recorded_on=MAY)
    for text, adopted_on in (("一", MAY), ("二", JUNE), ("三", None)):
        made(world.joint_branch, text, adopted_on)


def unit_of(world: World, code: str, day: date) -> Unit:
    return next(unit for unit in units_on(day) if unit.code == code)


def test_an_area_that_several_share_is_one(world: World, people: list[Person]) -> None:
    filled(world, people)
    line, total = lines(LEDGER["volumes"], world)
    assert [line[name] for name in FIGURES] == [1, 1, 3, 1, 3, 3, 2, "66.7%"]
    assert [total[name] for name in FIGURES] == [1, 1, 3, 1, 3, 3, 2, "66.7%"]
    assert total["organization"] == "合计"


def test_a_day_shows_what_held_and_was_answered_then(world: World, people: list[Person]) -> None:
    filled(world, people)
    (post,) = posted(world, people[3:], "model", "质检岗")
    change_post(actor=None, post=post, name=post.name, valid_from=MAY, valid_to=JUNE)
    east = unit_of(world, world.east.code, DAY)
    may, later = volumes_on(MAY).of(east), volumes_on(DAY).of(east)
    assert (may.posts["model"], later.posts["model"]) == (1, 0)
    assert (may.adoption, later.adoption) == (Rate(1, 3), Rate(2, 3))
    assert volumes_on(DAY).of(unit_of(world, world.county.code, DAY)).made == 3
    assert volumes_on(DAY).of(unit_of(world, world.west.code, DAY)).is_nothing
    assert volumes_on(date(2026, 1, 1)).of(east).made == 0


def test_more_branches_take_no_more_queries(world: World, people: list[Person]) -> None:
    counts = []
    for branch in (world.joint_branch, world.own_branch, world.park_committee):
        made(branch, "一")
        with CaptureQueriesContext(connection) as queries:
            volumes_on(DAY)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_the_board_shows_units_of_the_scope(world: World, people: list[Person]) -> None:
    filled(world, people)
    asked = {"as_of": str(DAY)}
    county = desk(world.clerk).get("/board/volume", asked).content.decode()
    assert "采纳率 66.7%（2/3）" in county
    assert str(world.west) in county
    east = desk(world.east_officer).get("/board/volume", asked).content.decode()
    assert "采纳率 66.7%（2/3）" in east
    assert str(world.park) not in east


def test_the_ledger_of_training_tells_whom_classes_reached(
    world: World, people: list[Person]
) -> None:
    secretary = appoint(world.joint_branch, f"{EAST}甲").person
    appoint(world.east_committee, f"{EAST}乙")
    training = hold_training(
        actor=None,
        organization=world.east_committee,
        name="支部书记班",
        level="township",
        audience="secretaries",
        starts_on=MAY,
        ends_on=date(2025, 5, 8),
        hours=Decimal("24.0"),
    )
    attend(actor=None, training=training, people=[secretary, people[0]])
    ledger = LEDGER["trainings"]
    assert " ".join(column.header for column in ledger.columns) == (
        "序号 培训班名称 举办党组织 开班日期 结业日期 天数 学时 层级 培训对象 地点 参加人数"
        " 其中书记 备注"
    )
    line, total = lines(ledger, world)
    assert [line[name] for name in ("days", "hours", "people", "secretaries")] == [3, 24, 2, 1]
    assert total["remark"] == "书记培训覆盖50.0%（1/2）"
    page = desk(world.east_officer).get("/study/?year=2025").content.decode()
    assert "书记培训覆盖 50.0%（1/2）" in page  # committees too, as in the ledger
    assert len(lines(ledger, world, MAY)) == 1  # not finished on that day
