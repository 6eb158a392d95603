"""Posts: given by a superior within the own rights, one used at a time, lent, handed over."""

from datetime import date
from typing import Any, cast

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts import services
from accounts.models import ScopeGrant, User
from core import jobs
from core.dates import today
from core.models import Job
from enterprises.models import Enterprise
from organizations.models import PartyOrganization
from tests.accounts.test_users import desk
from tests.builders import make_user
from tests.world import EAST, WEST, World


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def sees(user: User) -> set[Enterprise]:
    return set(Enterprise.objects.visible_to(user))


def give(actor: User, user: User, role: str, at: PartyOrganization, **more: Any) -> ScopeGrant:
    return services.grant_role(
        actor=actor, user=user, role=role, organization=at, since=today(), **more
    )


# By a superior -----------------------------------------------------------------------------------


def test_a_superior_gives_posts_below_the_own_one(world: World) -> None:
    give(world.clerk, make_user("钱七"), "organizer", world.east_committee)
    give(world.east_officer, make_user("钱八"), "branch_secretary", world.joint_branch)


@pytest.mark.parametrize(
    ("who", "role", "place"),
    [
        ("clerk", "county_clerk", "county_committee"),  # no more than an equal
        ("clerk", "business_administrator", "county_committee"),
        ("clerk", "organizer", "foreign_committee"),  # outside
        ("east_officer", "organizer", "east_committee"),
        ("east_officer", "branch_secretary", "own_branch"),
        ("leader", "branch_secretary", "own_branch"),  # reads only
        ("system_administrator", "organizer", "east_committee"),
    ],
)
def test_nobody_gives_more_than_he_has(world: World, who: str, role: str, place: str) -> None:
    with pytest.raises(ValidationError, match="只能在本人任职的范围内"):
        give(getattr(world, who), make_user("钱七"), role, getattr(world, place))


def test_a_superior_ends_what_he_might_give(world: World) -> None:
    grant = world.secretary.grants.get()
    with pytest.raises(ValidationError, match="只能终止"):
        services.end_grant(actor=world.east_officer, grant=grant, on=today(), reason="换届")

    services.end_grant(actor=world.park_officer, grant=grant, on=today(), reason="换届")

    assert fresh(world.secretary).scope.is_empty


def test_the_page_takes_an_exact_account_name(world: World) -> None:
    user, page = make_user("钱七"), desk(world.east_officer)
    fields = {
        "role": "branch_secretary",
        "organization": world.joint_branch.code,
        "since": "2026-01-01",
    }

    assert (
        "没有这个账号" in page.post("/users/appoint", fields | {"username": "q"}).content.decode()
    )
    assert page.post("/users/appoint", fields | {"username": user.username}).status_code == 302
    assert fresh(user).grants.get().granted_by == world.east_officer


def test_the_page_offers_neither_foreign_places_nor_higher_roles(world: World) -> None:
    page = desk(world.east_officer).get("/users/appoint").content.decode()

    assert EAST in page
    assert WEST not in page
    assert "县级经办" not in page
    fields = {"username": make_user("钱七").username, "since": "2026-01-01"}
    forged = fields | {"role": "leader", "organization": world.west_committee.code}
    assert desk(world.east_officer).post("/users/appoint", forged).status_code == 200
    assert not ScopeGrant.objects.filter(organization=world.west_committee, role="leader").exists()


def test_the_same_post_is_not_given_twice(world: World) -> None:
    with pytest.raises(ValidationError, match="同样的任职"):
        give(world.clerk, world.east_officer, "organizer", world.east_committee)


def test_a_post_ended_on_its_first_day_never_was(world: World) -> None:
    grant = give(world.clerk, make_user("钱七"), "organizer", world.east_committee)

    services.end_grant(actor=world.clerk, grant=grant, on=today(), reason="误授")

    assert fresh(grant.user).scope.is_empty


# One post at a time ------------------------------------------------------------------------------


@pytest.fixture
def two_posts(world: World) -> User:
    ScopeGrant.objects.create(
        user=world.east_officer,
        role="leader",
        organization=world.west_committee,
        valid_from=date(2026, 1, 1),
    )
    return fresh(world.east_officer)


def use(client: Client, grant: ScopeGrant | None) -> None:
    client.post("/account/identity", {"identity": grant.identity if grant else ""})


def test_all_own_posts_together_until_one_is_chosen(world: World, two_posts: User) -> None:
    client, west = desk(two_posts), two_posts.grants.get(role="leader")
    url = f"/enterprises/{world.joint.pk}"

    assert client.get(url).status_code == 200
    use(client, west)
    assert client.get(url).status_code == 404
    assert client.get(f"/enterprises/{world.uncovered.pk}").status_code == 200
    use(client, None)
    assert client.get(url).status_code == 200


def test_the_rights_of_the_other_post_rest_meanwhile(world: World, two_posts: User) -> None:
    client = desk(two_posts)
    assert client.get("/imports/").status_code == 200

    use(client, two_posts.grants.get(role="leader"))

    assert client.get("/imports/").status_code == 403


def test_the_choice_stands_at_the_top_and_in_no_page_of_others(
    world: World, two_posts: User
) -> None:
    assert "切换身份" in desk(two_posts).get("/").content.decode()
    assert "切换身份" not in desk(world.west_officer).get("/").content.decode()


def test_a_foreign_post_is_not_to_be_chosen(world: World, two_posts: User) -> None:
    client = desk(two_posts)

    use(client, world.clerk.grants.get())

    assert client.get(f"/enterprises/{world.own.pk}").status_code == 404
    assert client.get(f"/enterprises/{world.joint.pk}").status_code == 200


def test_a_job_runs_with_the_post_it_was_asked_for_with(world: World, two_posts: User) -> None:
    seen: list[set[Enterprise]] = []

    def look(run: jobs.JobRun) -> None:
        seen.append(sees(cast(User, run.job.owner)))

    jobs.register("test.sees", "看", "short", run=look)
    two_posts.assume(two_posts.grants.get(role="leader").identity)
    job = jobs.submit("test.sees", owner=two_posts)

    jobs.run_now(Job.objects.get(pk=job.pk))

    assert seen == [{world.uncovered}]


def test_a_post_that_runs_out_ends_the_session(world: World, two_posts: User) -> None:
    client = desk(two_posts)
    client.get("/")
    two_posts.grants.filter(role="leader").update(valid_to=today())

    answer = client.get("/messages")

    assert answer["Location"] == "/login?next=/messages&ended=posts"
    assert "您的任职已变动" in client.get(answer["Location"]).content.decode()
