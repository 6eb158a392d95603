"""Posts in leading bodies: one secretary at a time, who approves, what a new term keeps."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from core.dates import today
from core.models import AuditEntry, Message
from enterprises.models import EnterpriseYear
from members import posts, seating
from members.body import body_on
from members.models import LeadershipPost, OpinionBody, PostKind, PostOpinion, PostState
from members.secretaries import Secretaries, mirror_all, secretary_on
from organizations.models import PartyOrganization
from organizations.secretaries import name_on
from organizations.services import change_organization
from organizations.terms import start_term
from tests.builders import make_person
from tests.world import EAST, PARK, World

SINCE = date(2024, 3, 1)


def appoint(
    organization: PartyOrganization, name: str, kind: str = "secretary", **facts: Any
) -> Any:
    given: dict[str, Any] = {"on": SINCE, "source": "owner"} | facts
    return posts.appoint(
        actor=None,
        organization=organization,
        person=make_person(name, home=organization),
        kind=kind,
        **given,
    )


def desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_there_is_no_second_secretary(world: World) -> None:
    appoint(world.own_branch, f"{PARK}甲")
    with pytest.raises(ValidationError) as problem:
        appoint(world.own_branch, f"{PARK}乙", on=SINCE + timedelta(days=9))
    assert problem.value.messages == ["该党组织在此时段已有书记，不能有第二名书记"]


def test_the_database_knows_a_second_secretary(world: World) -> None:
    first = appoint(world.own_branch, f"{PARK}甲")
    with pytest.raises(IntegrityError, match="members_secretary_once"), transaction.atomic():
        LeadershipPost.objects.create(
            organization=first.organization,
            person=make_person(f"{PARK}乙", home=first.organization),
            kind=PostKind.SECRETARY,
            source="other",
            valid_from=today(),
        )


def test_the_successor_ends_the_post_of_the_secretary_before(world: World) -> None:
    first = appoint(world.own_branch, f"{PARK}甲")
    deputy = appoint(world.own_branch, f"{PARK}乙", "deputy")
    posts.change_secretary(
        actor=world.park_officer,
        organization=world.own_branch,
        person=deputy.person,
        on=today(),
        source="sent",
    )
    first.refresh_from_db()
    deputy.refresh_from_db()
    world.own_branch.refresh_from_db()
    assert first.valid_to == deputy.valid_to == today()
    assert world.own_branch.secretary_name == f"{PARK}乙"
    assert secretary_on(world.own_branch, today() - timedelta(days=1)) == first


def test_a_branch_proposes_and_the_superior_approves(world: World) -> None:
    first = appoint(world.own_branch, f"{PARK}甲")
    person = make_person(f"{PARK}乙", home=world.own_branch)
    post = posts.change_secretary(
        actor=world.secretary,
        organization=world.own_branch,
        person=person,
        on=today(),
        source="sent",
    )
    assert post.state == PostState.PROPOSED
    assert secretary_on(world.own_branch, today()) == first
    assert Message.objects.filter(recipient=world.park_officer, title__contains="拟任").count() == 1
    with pytest.raises(ValidationError, match="批准书记任职应填写文号"):
        posts.approve(actor=world.park_officer, post=post, document=" ")
    posts.approve(actor=world.park_officer, post=post, document="北党〔2026〕3号")
    assert secretary_on(world.own_branch, today()) == post
    assert Message.objects.filter(recipient=world.secretary, title__contains="已批准").exists()


def test_a_returned_proposal_changes_nothing(world: World) -> None:
    first = appoint(world.own_branch, f"{PARK}甲")
    post = posts.propose(
        actor=world.secretary,
        organization=world.own_branch,
        person=make_person(f"{PARK}乙", home=world.own_branch),
        on=today(),
        source="sent",
    )
    posts.send_back(actor=world.park_officer, post=post, reason="先征求意见")
    post.refresh_from_db()
    assert (post.state, post.remark) == (PostState.RETURNED, "先征求意见")
    assert secretary_on(world.own_branch, today()) == first
    with pytest.raises(ValidationError, match="不能再批复"):
        posts.approve(actor=world.park_officer, post=post, document="1号")


def test_a_branch_does_not_relieve_its_secretary_itself(world: World) -> None:
    post = appoint(world.own_branch, f"{PARK}甲")
    with pytest.raises(ValidationError, match="由上级党组织办理"):
        posts.relieve(actor=world.secretary, post=post, on=today(), reason="调离")
    posts.relieve(actor=world.park_officer, post=post, on=today(), reason="调离")
    world.own_branch.refresh_from_db()
    assert world.own_branch.secretary_name == ""


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"on": date(2019, 1, 1)}, "on"),
        ({"source": ""}, "source"),
        ({"review_on": date(2024, 1, 1)}, "review_result"),
    ],
)
def test_a_post_that_cannot_be_is_refused_in_words(world: World, facts: Any, field: str) -> None:
    with pytest.raises(ValidationError) as problem:
        appoint(world.own_branch, f"{PARK}甲", **facts)
    assert list(problem.value.message_dict) == [field]


def test_opinions_of_the_five_bodies_are_kept_and_replaced(world: World) -> None:
    post = appoint(world.own_branch, f"{PARK}甲")
    for result in ("objects", "agrees"):
        seating.record_opinion(
            actor=None,
            opinion=PostOpinion(
                post=post, body=OpinionBody.UNION, unit="园区工会", given_on=SINCE, result=result
            ),
        )
    assert [opinion.result for opinion in post.opinions.all()] == ["agrees"]
    assert AuditEntry.objects.filter(verb="post.opinion").count() == 2


def test_the_reported_name_stands_in_until_a_post_is_recorded(world: World) -> None:
    PartyOrganization.objects.filter(pk=world.own_branch.pk).update(secretary_name="旧书记")
    world.own_branch.refresh_from_db()
    before = Secretaries(today()).of(world.own_branch)
    assert before
    assert (before.name, before.source_label) == ("旧书记", "")
    appoint(world.own_branch, f"{PARK}甲", on=today())
    after = Secretaries(today()).of(world.own_branch)
    assert after
    assert (after.name, after.source_label) == (f"{PARK}甲", "出资人")
    assert Secretaries(today() - timedelta(days=1)).of(world.own_branch) is None


def test_a_post_of_a_later_day_is_mirrored_when_it_comes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    appoint(world.own_branch, f"{PARK}甲", on=today() + timedelta(days=3))
    world.own_branch.refresh_from_db()
    assert world.own_branch.secretary_name == ""
    later = today() + timedelta(days=3)
    monkeypatch.setattr("members.secretaries.today", lambda: later)
    mirror_all()
    world.own_branch.refresh_from_db()
    assert world.own_branch.secretary_name == f"{PARK}甲"


def test_a_new_term_keeps_the_reelected_and_ends_the_others(world: World) -> None:
    stays = appoint(world.own_branch, f"{PARK}甲")
    goes = appoint(world.own_branch, f"{PARK}乙", "deputy")
    term = start_term(actor=None, organization=world.own_branch, elected_on=date(2025, 6, 1))
    assert seating.former_body(term) == [stays, goes]
    (seated,) = seating.seat_body(actor=world.secretary, term=term, reelected=[stays])
    goes.refresh_from_db()
    assert (goes.valid_to, goes.end_reason) == (date(2025, 6, 1), "第1届换届")
    assert (seated.term, seated.valid_from, seated.source) == (term, date(2025, 6, 1), "owner")


def test_the_body_is_measured_by_what_its_firms_report(world: World) -> None:
    for firm, full in ((world.joint, 4), (world.joint_too, 3)):
        EnterpriseYear.objects.create(
            enterprise=firm, reference_date=SINCE, member_count=full + 1, full_member_count=full
        )
    body = body_on(world.joint_branch, today())
    assert (body.strength.full, body.strength.members) == (7, 9)
    assert {demand.key for demand in body.demands} == {"committee", "secretary", "term"}
    assert body_on(world.east_committee, today()).strength.full == 7
    assert body_on(world.joint_branch, date(2024, 1, 1)).strength.full is None


def test_the_secretary_is_changed_on_screen(world: World) -> None:
    person = make_person(f"{PARK}甲", home=world.own_branch)
    url = f"/orgs/{world.own_branch.pk}/secretary"
    client = desk(world.park_officer)
    facts = {"on": today().isoformat(), "source": "owner", "engagement": "part_time"}
    wrong = client.post(url, facts)
    assert "请选择人员，或填写新人员的姓名。" in wrong.content.decode()
    page = client.post(url, {**facts, "person": person.pk}, follow=True).content.decode()
    assert f"书记自 {today()} 起为 {PARK}甲" in page
    assert "还有 5 项没有登记" in page
    again = client.post(url, {**facts, "person": person.pk})
    assert f"{PARK}甲 已是现任书记。" in again.content.decode()


def test_the_superior_decides_on_the_page_of_the_post(world: World) -> None:
    facts = {"on": today().isoformat(), "source": "owner", "engagement": "part_time"}
    new = {"person": "new", "name": f"{PARK}丙", "position": "经理"}
    desk(world.secretary).post(f"/orgs/{world.own_branch.pk}/secretary", facts | new)
    post = LeadershipPost.objects.get()
    superior = desk(world.park_officer)
    assert "批准" in superior.get(f"/posts/{post.pk}").content.decode()
    assert desk(world.secretary).post(f"/posts/{post.pk}/decide", {}).status_code == 403
    wrong = superior.post(f"/posts/{post.pk}/decide", {"on": today().isoformat()})
    assert "批准文号" in wrong.content.decode().split("errors-box")[1]
    superior.post(f"/posts/{post.pk}/decide", {"on": today().isoformat(), "document": "1号"})
    opinion = {"body": "union", "unit": "园区工会", "given_on": today().isoformat()}
    superior.post(f"/posts/{post.pk}/opinions", opinion | {"result": "agrees"})
    superior.post(f"/posts/{post.pk}/edit", facts | {"other_post": "总经理", "reason": "补录"})
    post.refresh_from_db()
    assert (post.state, post.other_post, post.opinions.count()) == ("in_force", "总经理", 1)
    superior.post(
        f"/posts/{post.pk}/relieve", {"on": str(today() + timedelta(1)), "reason": "调离"}
    )
    post.refresh_from_db()
    assert post.end_reason == "调离"


def test_the_tab_of_the_body_shows_posts_and_warnings(world: World) -> None:
    appoint(world.joint_branch, f"{EAST}甲")
    page = desk(world.east_officer).get(f"/orgs/{world.joint_branch.pk}?tab=body").content.decode()
    assert f"{EAST}甲" in page
    assert "没有登记本届任期" in page
    assert (
        desk(world.west_officer).get(f"/posts/{LeadershipPost.objects.get().pk}").status_code == 404
    )


def test_a_term_seats_its_body_on_screen(world: World) -> None:
    stays = appoint(world.joint_branch, f"{EAST}甲")
    start_term(actor=None, organization=world.joint_branch, elected_on=date(2025, 6, 1))
    url = f"/orgs/{world.joint_branch.pk}/seat"
    client = desk(world.east_officer)
    assert f"书记 {EAST}甲" in client.get(url).content.decode()
    client.post(url, {"reelected": [stays.pk]})
    assert world.joint_branch.leadership_posts.as_of(today()).get().reason == "换届连任"


def test_a_name_that_follows_from_posts_is_not_written_by_hand(world: World) -> None:
    appoint(world.own_branch, f"{PARK}甲")
    world.own_branch.refresh_from_db()
    with pytest.raises(ValidationError) as problem:
        change_organization(actor=None, organization=world.own_branch, secretary_name="别人")
    assert problem.value.message_dict["secretary_name"] == [
        "书记由班子任职得出，请在“班子”页办理变更书记。"
    ]
    same = change_organization(
        actor=None,
        organization=world.own_branch,
        secretary_name=f"{PARK}甲",
        contact_name="石联系",
        phone="13812345678",
    )
    assert same.contact_name == "石联系"


def test_the_card_names_the_secretary_of_its_day(world: World) -> None:
    PartyOrganization.objects.filter(pk=world.own_branch.pk).update(secretary_name="旧书记")
    world.own_branch.refresh_from_db()
    assert name_on(world.own_branch, SINCE) == "旧书记"
    appoint(world.own_branch, f"{PARK}甲")
    assert name_on(world.own_branch, SINCE) == f"{PARK}甲"
    assert name_on(world.own_branch, SINCE - timedelta(days=1)) == ""
