"""Who is appointed: namesakes are told apart, a failed political review is told."""

from datetime import timedelta

from core.dates import today
from core.models import AuditEntry
from members.models import LeadershipPost
from tests.builders import make_person
from tests.members.test_posts import appoint, desk
from tests.world import PARK, World


def test_a_namesake_is_chosen_or_said_to_be_another(world: World) -> None:
    name = f"{PARK}甲"
    known = make_person(name, home=world.park_committee, position="会计")
    client, url = desk(world.park_officer), f"/orgs/{world.own_branch.pk}/secretary"
    facts = {"on": today().isoformat(), "source": "owner", "engagement": "part_time", "name": name}

    page = client.post(url, facts | {"person": "new"})

    assert "已登记有同名人员" in page.context["form"].errors["name"][0]
    assert f"{name}（{PARK}园区综合党委，会计）" in page.content.decode()
    assert "确认是另一人" in page.content.decode()
    chosen = client.post(url, facts | {"person": known.pk})
    assert chosen.status_code == 302, chosen.context["form"].errors
    assert LeadershipPost.objects.get().person == known
    later = {"on": str(today() + timedelta(1)), "person": "new", "is_other": "on"}
    client.post(url, facts | later | {"name": f"{name}\u200b"})
    assert LeadershipPost.objects.exclude(person=known).get().person.name == name


def test_a_foreign_namesake_is_neither_shown_nor_asked_about(world: World) -> None:
    make_person(f"{PARK}甲", home=world.west_committee)
    facts = {"on": today().isoformat(), "source": "owner", "engagement": "part_time"}

    desk(world.park_officer).post(
        f"/orgs/{world.own_branch.pk}/secretary", facts | {"person": "new", "name": f"{PARK}甲"}
    )

    assert LeadershipPost.objects.get().person.home_organization == world.own_branch


def test_a_failed_review_is_told_with_its_source(world: World) -> None:
    failed = {"review_on": "2025-01-05", "review_result": "failed"}
    facts = {"on": "2025-02-01", "source": "owner", "engagement": "part_time", **failed}
    new = {"person": "new", "name": f"{PARK}乙", "kind": "member"}
    client = desk(world.park_officer)

    told = client.post(f"/orgs/{world.own_branch.pk}/posts/new", facts | new, follow=True)

    for page in (told, client.get(f"/posts/{LeadershipPost.objects.get().pk}")):
        assert f"委员{PARK}乙的政治审查结论为不合格" in page.content.decode()
        assert "《中国共产党支部工作条例（试行）》第六章" in page.content.decode()


def test_a_corrected_post_takes_its_earlier_word_back(world: World) -> None:
    post = appoint(world.own_branch, f"{PARK}甲", other_post="总经理")
    client, facts = desk(world.park_officer), {"source": "owner", "engagement": "part_time"}
    client.post(f"/posts/{post.pk}/edit", facts | {"other_post": "会计", "reason": "误"})
    entry = AuditEntry.objects.get(verb="post.change")

    back = f"/history/{entry.pk}/before/other_post"
    assert back in client.get(f"/posts/{post.pk}").content.decode()
    page = client.post(back, {"reason": "改回"}, follow=True)

    post.refresh_from_db()
    assert post.other_post == "总经理"
    assert page.request["PATH_INFO"] == f"/posts/{post.pk}"
