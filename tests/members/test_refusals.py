"""What a body cannot have is told at the field of the page that puts it right."""

from datetime import date

from members import posts
from members.models import Person
from tests.builders import make_person
from tests.members.test_posts import appoint, desk
from tests.world import PARK, World


def test_a_day_within_anothers_time_is_told_at_the_day(world: World) -> None:
    first = appoint(world.own_branch, f"{PARK}甲")
    posts.end_post(actor=None, post=first, on=date(2025, 3, 1), reason="调离")
    appoint(world.own_branch, f"{PARK}乙", on=date(2025, 3, 1))
    person = make_person(f"{PARK}丙", home=world.own_branch)
    facts = {"person": person.pk, "on": "2024-06-01", "source": "owner", "engagement": "part_time"}
    page = desk(world.park_officer).post(f"/orgs/{world.own_branch.pk}/secretary", facts)
    assert page.context["form"].errors == {"on": ["该党组织在此时段已有书记，不能有第二名书记"]}


def test_a_second_proposal_and_a_second_post_are_told_at_the_person(world: World) -> None:
    held = appoint(world.own_branch, f"{PARK}甲", kind="member").person
    facts = {"on": "2025-06-01", "source": "owner", "engagement": "part_time"}
    client, url = desk(world.secretary), f"/orgs/{world.own_branch.pk}"
    again = client.post(f"{url}/posts/new", facts | {"person": held.pk, "kind": "deputy"})
    assert again.context["form"].errors == {"person": ["此人在该时段已在这个班子任职"]}
    client.post(f"{url}/secretary", facts | {"person": held.pk})
    again = client.post(f"{url}/secretary", facts | {"person": held.pk})
    assert again.context["form"].errors == {"person": ["已有一项书记任职在等待上级批准"]}


def test_a_refused_appointment_leaves_no_person_behind(world: World) -> None:
    appoint(world.own_branch, f"{PARK}甲")
    facts = {"person": "new", "name": f"{PARK}乙", "on": "2019-01-01", "source": "owner"}
    desk(world.park_officer).post(
        f"/orgs/{world.own_branch.pk}/secretary", {**facts, "engagement": "part_time"}
    )
    assert not Person.objects.filter(name=f"{PARK}乙").exists()
