"""A post lent to a deputy: within the own rights, for a time, visible, taken back at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import roles, services
from accounts.models import ScopeGrant
from core.dates import today
from core.models import AuditEntry, Message
from tests.accounts.test_posts import fresh, sees, use
from tests.accounts.test_users import desk
from tests.world import EAST, PARK, World

# Lent to a deputy --------------------------------------------------------------------------------


def lend(world: World, **changes: Any) -> ScopeGrant:
    said = {
        "actor": world.park_officer,
        "source": world.park_officer.grants.get(),
        "deputy": world.east_officer,
        "role": "organizer",
        "organization": world.park_committee,
        "since": today(),
        "until": today() + timedelta(days=10),
        "reason": "休假",
    }
    return services.delegate(**said | changes)  # type: ignore[arg-type]


def test_a_deputy_acts_after_switching_and_the_log_says_for_whom(world: World) -> None:
    grant = lend(world)
    client, url = desk(world.east_officer), f"/enterprises/{world.own.pk}"

    assert client.get(url).status_code == 404
    use(client, grant)
    assert f"代 周{PARK} 办理" in client.get("/").content.decode()
    assert client.get(url).status_code == 200
    assert client.get(f"/enterprises/{world.joint.pk}").status_code == 404
    deputy = fresh(world.east_officer)
    deputy.assume(grant.identity)
    services.unlock(actor=deputy, user=world.secretary)
    entry = AuditEntry.objects.order_by("id").last()
    assert entry is not None
    assert entry.actor_name == f"陈{EAST}（代 周{PARK} 办理）"
    assert entry.actor_id == world.east_officer.pk


def test_a_deputy_of_an_instructor_sees_his_enterprises(world: World) -> None:
    grant = lend(
        world,
        actor=world.guide,
        source=world.guide.grants.get(),
        role="instructor",
        organization=world.west_committee,
    )
    deputy = fresh(world.east_officer)
    deputy.assume(grant.identity)

    assert sees(deputy) == {world.uncovered}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"role": "county_clerk"}, "role", "只能委托本人的任职"),
        ({"organization": "county_committee"}, "organization", "只能委托本人的任职"),
        ({"deputy": "outsider"}, "deputy", "没有这个账号，或其在本县没有任职"),
        ({"deputy": "system_administrator"}, "deputy", "没有这个账号，或其在本县没有任职"),
        ({"deputy": "park_officer"}, "deputy", "不能委托给本人"),
        ({"since": -1}, "since", "不能早于今天"),
        ({"until": 0}, "until", "应晚于起始日期"),
        ({"until": 181}, "until", "最长 180 天"),
    ],
)
def test_what_cannot_be_lent(
    world: World, changes: dict[str, Any], field: str, sentence: str
) -> None:
    said = {
        name: today() + timedelta(days=value)
        if isinstance(value, int)
        else getattr(world, value, value)
        for name, value in changes.items()
    }

    with pytest.raises(ValidationError, match=sentence) as problem:
        lend(world, **said)
    assert list(problem.value.message_dict) == [field]


def test_a_branch_secretary_lends_his_post_whole(world: World) -> None:
    client, post = desk(world.secretary), world.secretary.grants.get()
    fields = {
        "source": f"{post.pk}:instructor",
        "deputy": world.east_officer.username,
        "since": today().isoformat(),
        "until": (today() + timedelta(days=3)).isoformat(),
        "reason": "出差",
    }

    refused = client.post("/account/delegations", fields).context["form"]

    assert list(refused.errors) == ["source"]
    assert list(refused.offers) == [f"{post.pk}:branch_secretary"]
    whole = fields | {"source": f"{post.pk}:branch_secretary"}
    assert client.post("/account/delegations", whole).status_code == 302


def test_all_that_is_offered_to_be_lent_can_be_lent(world: World) -> None:
    form = desk(world.clerk).get("/account/delegations").context["form"]

    assert {role for _, role in form.offers.values()} == {"county_clerk", "organizer", "leader"}
    for post, role in form.offers.values():
        lend(world, actor=world.clerk, source=post, role=role, organization=world.east_committee)


def test_an_administrator_has_nothing_to_lend(world: World) -> None:
    client = desk(world.system_administrator)

    assert "委托代办" not in client.get("/account").content.decode()
    assert "没有可以委托的任职" in client.get("/account/delegations", follow=True).content.decode()


def test_who_is_given_a_post_keeps_his_session_and_his_typing(world: World) -> None:
    deputy = desk(world.east_officer)
    deputy.get("/")

    grant = lend(world)

    assert deputy.get("/account").status_code == 200
    use(deputy, grant)
    assert deputy.get(f"/enterprises/{world.own.pk}").status_code == 200


def test_a_part_may_be_lent_but_nothing_passed_on(world: World) -> None:
    grant = lend(world, role="leader", organization=world.own_branch)

    assert roles.permissions(grant.role) < roles.permissions("organizer")
    with pytest.raises(ValidationError, match="不能再委托"):
        lend(world, actor=world.east_officer, source=grant, deputy=world.west_officer)


def test_what_is_lent_ends_with_the_post_it_came_from(world: World) -> None:
    grant = lend(world)
    world.park_officer.grants.update(valid_to=today())

    assert grant not in fresh(world.east_officer).posts_in_force


def test_a_loan_taken_back_is_felt_at_once(world: World) -> None:
    grant = lend(world)
    theirs = desk(world.east_officer)
    use(theirs, grant)

    desk(world.park_officer).post(f"/account/delegations/{grant.pk}/revoke")

    assert theirs.get("/").status_code == 302
    assert grant not in fresh(world.east_officer).posts_in_force
    assert AuditEntry.objects.filter(verb="grant.revoke").count() == 1


def test_a_loan_shows_on_both_pages_and_is_told(world: World) -> None:
    lend(world)

    assert "代办" in desk(world.park_officer).get("/account").content.decode()
    assert f"代 周{PARK} 办理" in desk(world.east_officer).get("/account").content.decode()
    assert Message.objects.get(recipient=world.east_officer).title.startswith(
        f"周{PARK} 委托您代办"
    )


def test_the_form_lends_the_whole_post_unless_told_otherwise(world: World) -> None:
    fields = {
        "source": f"{world.park_officer.grants.get().pk}:organizer",
        "deputy": world.east_officer.username,
        "since": today().isoformat(),
        "until": (today() + timedelta(days=3)).isoformat(),
        "reason": "出差",
    }
    client = desk(world.park_officer)

    assert (
        "没有这个账号"
        in client.post(
            "/account/delegations", fields | {"deputy": world.outsider.username}
        ).content.decode()
    )
    assert client.post("/account/delegations", fields).status_code == 302
    grant = world.east_officer.grants.get(source__isnull=False)
    assert (grant.role, grant.organization) == ("organizer", world.park_committee)


def test_the_database_refuses_a_loan_without_end(world: World) -> None:
    grant = lend(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        ScopeGrant.objects.filter(pk=grant.pk).update(valid_to=None)
