"""Contact points and requests on screen: lists with numbers, case pages, who may do what."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.dates import today
from enterprises.contacts.services import change_contact, pair, record_visit
from enterprises.models import ContactPoint, Enterprise, EnterpriseRequest
from enterprises.requests.services import advance, change_request, receive
from tests.builders import make_enterprise
from tests.world import World

DAY = today() - timedelta(days=3)


def desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


ACTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("accept", {}),
    ("assign", {"unit": "县供电公司", "due_on": today().isoformat()}),
    ("handle", {"result": "已增容"}),
    ("answer", {"answer": "已增容"}),
)


def heard(firm: Enterprise, **facts: Any) -> EnterpriseRequest:
    said: dict[str, Any] = {
        "source": "hotline",
        "category": "labour",
        "title": "招工难",
        "received_on": DAY,
        **facts,
    }
    return receive(actor=None, enterprise=firm, **said)


def act(row: EnterpriseRequest, name: str, **said: Any) -> EnterpriseRequest:
    return advance(actor=None, request=row, act=f"request.{name}", on=DAY, **said)


def paired(firm: Enterprise, leader: str = "周县长", year: int | None = None) -> ContactPoint:
    return pair(
        actor=None,
        enterprise=firm,
        year=year or DAY.year,
        level="county",
        leader=leader,
        post="县长",
    )


def titles(client: Client, query: str) -> list[str]:
    return sorted(
        row.label.split("：")[1] for row in client.get(f"/requests/?{query}").context["rows"]
    )


def test_an_instructor_reports_a_request_and_asks_the_enterprise_afterwards(world: World) -> None:
    phone, officer = desk(world.guide), desk(world.west_officer)
    page = phone.get(f"/requests/new?enterprise={world.uncovered.pk}&source=instructor")
    assert world.uncovered.name in page.context["form"]["enterprise"].value()
    said = {
        "enterprise": world.uncovered.uscc,
        "title": "用电紧张",
        "category": "utilities",
        "source": "instructor",
        "received_on": DAY.isoformat(),
    }
    assert phone.post("/requests/new", said).status_code == 302
    row = EnterpriseRequest.objects.get()
    url = row.get_absolute_url()
    assert phone.post(f"{url}/accept", {"on": DAY.isoformat()}).status_code == 403
    for name, words in ACTS:
        officer.post(f"{url}/{name}", {"on": DAY.isoformat(), **words})
    assert "企业确认" in phone.get(url).content.decode()
    confirm = {"on": DAY.isoformat(), "satisfaction": "satisfied"}
    assert phone.post(f"{url}/confirm", confirm).status_code == 302
    assert officer.post(f"{url}/close", {"on": DAY.isoformat()}).status_code == 302
    row.refresh_from_db()
    assert row.state == "closed"
    assert officer.get(f"{url}/edit").status_code == 404


def test_the_same_request_again_is_pointed_out(world: World) -> None:
    officer = desk(world.west_officer)
    said = {
        "enterprise": world.uncovered.uscc,
        "title": "用电紧张",
        "category": "utilities",
        "source": "hotline",
        "received_on": DAY.isoformat(),
    }
    first = officer.post("/requests/new", said, follow=True).content.decode()
    again = officer.post("/requests/new", said, follow=True).content.decode()
    assert "反映过同类诉求“用电紧张”" not in first
    assert "反映过同类诉求“用电紧张”" in again


def test_a_refusal_stands_at_its_field_and_writes_nothing(world: World) -> None:
    officer, row = desk(world.west_officer), heard(world.uncovered)
    act(row, "accept")
    url = row.get_absolute_url()
    early = (DAY - timedelta(days=1)).isoformat()
    answer = officer.post(f"{url}/assign", {"on": early, "unit": "县人社局", "due_on": early})
    assert answer.context["form"].errors == {"on": [f"日期不能早于上一步 {DAY}。"]}
    answer = officer.post(f"{url}/assign", {"on": DAY.isoformat(), "unit": "", "due_on": ""})
    assert sorted(answer.context["form"].errors) == ["due_on", "unit"]
    row.refresh_from_db()
    assert row.state == "accepted"


def test_the_same_again_is_proposed_when_it_is_accepted(world: World) -> None:
    first, again = heard(world.uncovered), heard(world.uncovered, title="仍然招工难")
    officer = desk(world.west_officer)
    form = officer.get(f"{again.get_absolute_url()}/accept").context["form"]
    assert form["earlier"].value() == first.pk
    officer.post(f"{again.get_absolute_url()}/accept", {"on": DAY.isoformat(), "earlier": first.pk})
    again.refresh_from_db()
    assert again.earlier == first
    assert "重复反映" in officer.get(again.get_absolute_url()).content.decode()


def test_the_list_shows_numbers_and_filters_by_what_they_count(world: World) -> None:
    heard(world.uncovered, title="新的")
    late = act(heard(world.uncovered, title="迟的", received_on=DAY), "accept")
    act(late, "assign", unit="县发改局", due_on=DAY)
    heard(world.joint, title="东岭的")
    officer = desk(world.west_officer)
    page = officer.get("/requests/")
    figures = page.context["page"].figures()
    assert (figures.total, figures.unfinished, figures.overdue) == (2, 2, 1)
    assert str(figures.on_time) == "0/1 (0.0%)"
    assert titles(officer, "overdue=true") == ["迟的"]
    assert titles(officer, "overdue=false&unfinished=true") == ["新的"]
    assert titles(officer, "repeated=true") == titles(officer, "returned=true") == []
    assert titles(officer, "q=发改") == ["迟的"]


def test_many_requests_are_accepted_and_handed_on_at_once(world: World) -> None:
    waiting, accepted, done = (heard(world.uncovered, title=f"第{n}件") for n in range(3))
    act(accepted, "accept")
    act(done, "decline", answer="已进入诉讼程序")
    fields = {
        "do": "bulk",
        "action": "assign",
        "pk": [waiting.pk, accepted.pk, done.pk],
        "confirm": "1",
        "expected": "3",
        "unit": "县人社局",
        "due_on": (today() + timedelta(days=9)).isoformat(),
        "reason": "一并办理",
    }
    answer = desk(world.west_officer).post("/requests/", fields, follow=True)
    assert "已交办 2 件诉求，1 件已在办理或办结，未改动。" in answer.content.decode()
    states = EnterpriseRequest.objects.order_by("pk").values_list("state", "unit")
    assert list(states) == [("assigned", "县人社局")] * 2 + [("declined", "")]


def test_a_visit_and_its_problem_are_noted_in_one_breath(world: World) -> None:
    point, officer = paired(world.uncovered), desk(world.west_officer)
    url = f"{point.get_absolute_url()}/visit"
    said = {"visited_on": DAY.isoformat(), "content": "座谈", "title": "道路破损"}
    answer = officer.post(url, said)
    assert answer.context["form"].errors == {"category": ["请选择问题类别。"]}
    assert not point.visits.exists()
    assert officer.post(url, {**said, "category": "other"}).status_code == 302
    row = EnterpriseRequest.objects.get()
    assert (row.source, row.contact_point, row.received_on) == ("contact", point, DAY)
    assert row.visit == point.visits.get()
    page = officer.get(point.get_absolute_url()).content.decode()
    assert "道路破损" in page
    assert "走访不足" in page


def test_the_double_pair_is_refused_at_the_leader(world: World) -> None:
    paired(world.uncovered)
    said = {
        "enterprise": world.uncovered.uscc,
        "year": DAY.year,
        "level": "county",
        "leader": "周县长",
        "post": "县长",
        "official_order": "1",
    }
    form = desk(world.clerk).post("/contacts/new", said).context["form"]
    assert "这位领导本年度已联系这家企业" in form.errors["leader"]
    assert form.errors["enterprise"] == ["该企业在此时段已有同一层级的联系领导"]


def test_the_chosen_pairs_are_carried_into_the_next_year(world: World) -> None:
    points = [paired(world.uncovered, year=DAY.year - 1), paired(world.joint, year=DAY.year - 1)]
    fields = {
        "do": "bulk",
        "action": "renew",
        "pk": [point.pk for point in points],
        "confirm": "1",
        "expected": "2",
        "document": "江办〔2026〕3号",
        "reason": "新一年",
    }
    answer = desk(world.clerk).post("/contacts/", fields, follow=True)
    assert "已续到下一年度 2 个联系点。" in answer.content.decode()
    assert ContactPoint.objects.filter(year=DAY.year, document="江办〔2026〕3号").count() == 2


def test_the_page_of_an_enterprise_shows_leaders_and_requests(world: World) -> None:
    record_visit(actor=None, contact=paired(world.uncovered), visited_on=DAY, content="座谈")
    heard(world.uncovered)
    page = desk(world.guide).get(f"/enterprises/{world.uncovered.pk}?tab=contacts")
    text = page.content.decode()
    assert "走访 1 次" in text
    assert "共 1 件，未办结 1 件" in text
    assert f"/requests/new?enterprise={world.uncovered.pk}" in text
    assert "安排联系点" not in text


def test_a_corrected_word_comes_back_from_the_history(world: World) -> None:
    row, point, officer = heard(world.uncovered), paired(world.uncovered), desk(world.west_officer)
    change_request(actor=None, request=row, title="招工容易")
    change_contact(actor=None, contact=point, post="副县长")
    for one, word in ((row, "招工难"), (point, "县长")):
        page = officer.get(one.get_absolute_url())
        (offer,) = page.context["history"][0].restorations
        assert offer.value == word
        officer.post(offer.url, {"reason": "更正有误"})
        one.refresh_from_db()
    assert (row.title, point.post) == ("招工难", "县长")


@pytest.mark.parametrize("url", ["/requests/", "/contacts/"])
def test_a_longer_list_asks_no_more_questions(world: World, url: str) -> None:
    client = desk(world.west_officer)

    def more(number: int) -> None:
        for n in range(number):
            firm = make_enterprise(f"西河第{number}{n}厂", county=world.county, area=world.west)
            heard(firm)
            paired(firm)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    more(1)
    asked()
    before = asked()
    more(6)
    assert asked() == before


def test_who_is_not_content_is_answered_again_before_the_end(world: World) -> None:
    row = heard(world.own)
    for name, said in ACTS:
        act(row, name, **{**said, **({"due_on": today()} if name == "assign" else {})})
    row = act(row, "confirm", satisfaction="dissatisfied")
    page = desk(world.clerk).get(f"/requests/{row.pk}").content.decode()
    assert f"/requests/{row.pk}/return" in page
    assert f"/requests/{row.pk}/close" not in page
    assert "用时 0 天" in page  # the answer came on the day, whatever day it is now
