"""Pages of instructors: registered, sent, visited on the card, refused at the field."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from core import deadlines, drafts
from core.dates import today
from enterprises.models import EnterpriseRequest
from members.models import Instructor, InstructorAssignment, InstructorVisit, PartyMember
from members.services import instructors
from tests.builders import assign, make_full_member, make_instructor, make_person
from tests.members.test_pages import desk
from tests.world import EAST, WEST, World

FACTS = {"home_unit": "县税务局", "engagement": "part_time", "level": "county"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def term(world: World) -> InstructorAssignment:
    """The guide's term at the western firm."""
    row: InstructorAssignment = InstructorAssignment.objects.get()
    return row


def test_a_member_of_the_roster_becomes_an_instructor(world: World) -> None:
    person = make_person("何干", home=world.west_committee)
    make_full_member(person)
    answer = desk(world.clerk).post("/instructors/new", {**FACTS, "person": "何干"})
    assert answer.status_code == 302, text(answer)
    assert Instructor.objects.get(person=person).home_unit == "县税务局"


def test_an_official_whose_relation_is_elsewhere_is_registered_with_his_days(world: World) -> None:
    given = {
        **FACTS,
        "name": "何干",
        "home": world.west_committee.name,
        "accepted_on": "2010-07-01",
        "relation_unit": "县税务局机关党支部",
    }
    client = desk(world.clerk)
    assert "这一项必须填写" in text(client.post("/instructors/new", given))
    assert (
        client.post("/instructors/new", {**given, "confirmed_on": "2011-07-01"}).status_code == 302
    )
    made = Instructor.objects.get(person__name="何干")
    assert (made.person.home_organization, made.person.party_member.is_full) == (
        world.west_committee,
        True,
    )


def test_of_a_probationary_member_the_form_says_why_he_may_not(world: World) -> None:
    person = make_person("何干", home=world.west_committee)
    make_full_member(person, category="probationary", confirmed_on=None)
    page = text(desk(world.clerk).post("/instructors/new", {**FACTS, "person": "何干"}))
    assert "何干不是在册正式党员（预备党员，在册），须为正式党员" in page


def test_an_overlap_is_told_at_the_field(world: World) -> None:
    url = f"/instructors/{world.instructor.pk}/send"
    given = {"enterprises": [world.uncovered.name], "on": "2026-03-01", "until": ""}
    page = text(desk(world.clerk).post(url, given))
    assert f"“{world.uncovered}”：该指导员在此时段已派驻这家企业" in page
    assert InstructorAssignment.objects.count() == 1


def test_a_load_above_the_limit_warns_and_is_kept(world: World) -> None:
    for firm in (world.joint, world.joint_too, world.unclaimed, world.own):
        assign(world.instructor, firm)
    firm = assign(make_instructor("另一", home=world.west_committee), world.uncovered).enterprise
    instructors.assign(actor=world.clerk, instructor=world.instructor, enterprises=[], on=today())
    InstructorAssignment.objects.filter(enterprise=firm, instructor=world.instructor).delete()
    url = f"/instructors/{world.instructor.pk}/send"
    client = desk(world.clerk)
    make = {"on": "2026-03-01", "until": ""}
    assert "超过每人" not in text(
        client.post(url, {**make, "enterprises": [firm.name]}, follow=True)
    )
    from tests.builders import make_enterprise

    more = make_enterprise(county=world.county, area=world.west)
    page = text(client.post(url, {**make, "enterprises": [more.name]}, follow=True))
    assert "（6 家）超过每人 5 家的上限" in page


def test_the_card_shows_what_changed_what_is_open_and_what_is_due(
    world: World, term: InstructorAssignment
) -> None:
    from enterprises.requests.services import receive

    receive(
        actor=world.clerk,
        enterprise=world.uncovered,
        source="hotline",
        category="land",
        title="厂房到期",
        received_on=date(2026, 5, 1),
    )
    page = text(desk(world.guide).get(f"/instructors/terms/{term.pk}"))
    assert "厂房到期" in page
    assert "走访逾期" in page
    assert "登记走访结果" in page
    assert EAST not in page


def test_a_visit_and_the_request_it_raised_are_recorded_together(
    world: World, term: InstructorAssignment
) -> None:
    url, day = f"/instructors/terms/{term.pk}", today()
    drafts.save(world.guide, "instructor-visit", str(term.pk), payload={"met": ["钱三"]}, version=0)
    client = desk(world.guide)
    assert 'value="钱三"' in text(client.get(url))
    given = {"visited_on": day, "kind": "visit", "work": ["policy"], "met": "钱三"}
    refused = client.post(url, {**given, "request_title": "缺工"})
    assert "这个字段是必填项" in text(refused) or "findings" in text(refused)
    assert not EnterpriseRequest.objects.exists()
    told = {**given, "findings": "生产正常", "request_title": "缺工", "request_category": "labour"}
    assert client.post(url, told).status_code == 302
    visit = InstructorVisit.objects.get()
    assert visit.request is not None
    assert (visit.request.source, visit.request.title) == ("instructor", "缺工")
    assert drafts.load(world.guide, "instructor-visit", str(term.pk)) is None


def test_a_visit_before_the_term_is_told_at_its_day(
    world: World, term: InstructorAssignment
) -> None:
    given = {"visited_on": "2019-12-31", "kind": "visit", "findings": "生产正常"}
    page = text(desk(world.guide).post(f"/instructors/terms/{term.pk}", given))
    assert "走访日期早于选派日期" in page


def test_a_neighbour_neither_sees_nor_records(world: World, term: InstructorAssignment) -> None:
    url = f"/instructors/terms/{term.pk}"
    assert desk(world.east_officer).get(url).status_code == 404
    assert desk(world.leader).post(url, {}).status_code == 403
    assert "登记走访结果" not in text(desk(world.leader).get(url))


def test_terms_are_renewed_ended_and_assessed_on_their_pages(
    world: World, term: InstructorAssignment
) -> None:
    term.valid_to = today() + timedelta(days=10)
    term.save()
    client, url = desk(world.clerk), f"/instructors/terms/{term.pk}"
    assert client.post(f"{url}/renew", {"until": ""}).status_code == 302
    further = InstructorAssignment.objects.get(valid_from=term.valid_to)
    end = {"on": further.valid_from + timedelta(days=1), "reason": "轮换"}
    assert client.post(f"/instructors/terms/{further.pk}/end", end).status_code == 302
    grade = {"year": 2026, "grade": "excellent", "assessed_on": today()}
    answer = client.post(f"/instructors/{world.instructor.pk}/assess", grade)
    assert answer.status_code == 302, text(answer)
    pay = {
        "kind": "pay",
        "amount": "0",
        "paid_on": "2026-05-01",
        "found_on": "2026-05-02",
        "source": "审计",
    }
    assert "金额应大于零" in text(client.post(f"{url}/payments", pay))
    assert client.post(f"{url}/payments", {**pay, "amount": "300"}).status_code == 302
    page = text(client.get(f"/instructors/{world.instructor.pk}"))
    assert "兼职取酬" in page
    assert "优秀" in page


def test_the_work_page_names_the_next_visit_and_the_term_that_ends(
    world: World, term: InstructorAssignment
) -> None:
    term.valid_to = today() + timedelta(days=10)
    term.save()
    until = today() + timedelta(days=30)
    assert [one.subject for one in deadlines.due(world.guide, until)] == [world.uncovered.name]
    ends = [one for one in deadlines.due(world.west_officer, until) if "到期" in one.what]
    assert [one.on for one in ends] == [term.valid_to]
    assert not [one for one in deadlines.due(world.east_officer, until) if "到期" in one.what]


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("overloaded=true", False),
        ("idle=false&serving=true", True),
        ("serving=false", False),
        ("paid=true", False),
        ("assessed=false", True),
    ],
)
def test_the_register_is_narrowed_by_what_wants_attention(
    world: World, asked: str, is_there: bool
) -> None:
    page = text(desk(world.clerk).get(f"/instructors/?{asked}"))
    assert (f"/instructors/{world.instructor.pk}" in page) is is_there


@pytest.mark.parametrize("address", ["/instructors/", "/instructors/terms/", "/instructors/needed"])
def test_the_lists_are_exported(world: World, address: str) -> None:
    answer = desk(world.clerk).post(address, {"do": "export"})
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_who_is_no_full_member_any_more_is_marked(world: World) -> None:
    url, client = f"/instructors/{world.instructor.pk}", desk(world.clerk)
    assert "应当退出" not in text(desk(world.guide).get(url))
    PartyMember.objects.update(standing="suspended")
    assert "已不是正式党员，应当退出" in text(client.get(url))


def test_lists_take_as_many_queries_for_many(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client: Client = desk(world.clerk)
    client.get("/instructors/terms/")
    for number in range(20):
        assign(make_instructor(f"第{number}", home=world.county_committee), world.own)
    with django_assert_max_num_queries(9):
        page = text(client.get("/instructors/terms/?state=present"))
    assert page.count("第1") >= 10
    assert f"{WEST}纺织" in page
