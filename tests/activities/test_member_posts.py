"""党员岗: several members at one post, one member at several, each from a day until another."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from activities.models import MemberPost
from activities.services.member_posts import change_post, take_post
from core.dates import today
from core.models import AuditEntry
from members.models import Person
from tests.activities.meeting import make_branch
from tests.builders import make_person
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)


@pytest.fixture
def people(world: World) -> list[Person]:
    return make_branch(world.own_branch, 3)


def take(world: World, *people: Person, kind: str = "area", name: str = "一车间") -> MemberPost:
    return take_post(
        actor=world.secretary,
        organization=world.own_branch,
        people=people,
        kind=kind,
        name=name,
        on=MARCH,
    )[0]


def test_a_member_holds_several_posts_but_none_twice(world: World, people: list[Person]) -> None:
    take(world, *people)
    take(world, people[0], kind="vanguard", name="焊接岗")
    with pytest.raises(ValidationError) as refused:
        take(world, people[0])
    assert refused.value.message_dict == {"people": [f"{people[0]}：此人在该时段已在这个岗位上。"]}
    assert people[0].member_posts.count() == 2
    assert AuditEntry.objects.filter(verb="member_post.take").count() == 4


def test_only_members_of_the_branch_take_its_posts(world: World, people: list[Person]) -> None:
    stranger = make_person("外来", home=world.own_branch)
    with pytest.raises(ValidationError) as refused:
        take(world, people[0], stranger)
    assert refused.value.message_dict == {"people": [f"外来在{MARCH}不是这个党组织的党员。"]}
    assert not MemberPost.objects.exists()


def test_a_post_ends_after_it_began_and_may_be_taken_again(
    world: World, people: list[Person]
) -> None:
    post = take(world, people[0])
    with pytest.raises(ValidationError) as refused:
        change_post(actor=None, post=post, name=post.name, valid_from=MARCH, valid_to=MARCH)
    assert refused.value.message_dict == {"valid_to": ["终止日期应晚于起始日期"]}
    end = date(2025, 6, 1)
    change_post(actor=None, post=post, name=post.name, valid_from=MARCH, valid_to=end)
    again = take_post(
        actor=None,
        organization=world.own_branch,
        people=people[:1],
        kind=post.kind,
        name=post.name,
        on=end,
    )
    assert list(MemberPost.objects.as_of(end)) == again


def test_the_secretary_enters_members_by_ticking_them(world: World, people: list[Person]) -> None:
    client = desk(world.secretary)
    data = {
        "kind": "team",
        "name": "抢修突击队",
        "on": str(today()),
        "people": [people[0].pk, people[1].pk],
    }
    page = client.post("/member-posts/new", data, follow=True).content.decode()
    assert "已登记2名党员。" in page
    assert page.count("抢修突击队") >= 2
    post = MemberPost.objects.first()
    assert post
    ended = {"name": post.name, "valid_from": str(MARCH), "valid_to": str(today())}
    client.post(f"/member-posts/{post.pk}/edit", ended)
    assert MemberPost.objects.as_of(today()).count() == 1
    assert desk(world.west_officer).get(f"/member-posts/{post.pk}").status_code == 404
