"""Accounts and posts: two administrators are needed before anybody sees anything."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import services
from accounts.models import ScopeGrant, User
from core.dates import today
from core.models import AuditEntry
from tests.builders import PASSWORD, make_user
from tests.world import World


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# The first accounts --------------------------------------------------------------------------

NAMES = {
    "system_administrator": "孙一",
    "security_administrator": "赵二",
    "audit_administrator": "冯三",
}


def test_an_empty_system_leads_to_the_first_accounts(client: Client, db: None) -> None:
    assert client.get("/login")["Location"] == "/setup"

    page = client.post("/setup", NAMES).content.decode()

    assert User.objects.count() == 3
    assert all(name in page for name in NAMES.values())
    assert set(ScopeGrant.objects.values_list("role", flat=True)) == set(NAMES)


def test_the_first_accounts_are_made_once(client: Client, db: None) -> None:
    client.post("/setup", NAMES)

    assert client.get("/setup").status_code == 404
    assert client.post("/setup", NAMES).status_code == 404
    assert client.get("/login").status_code == 200


def test_production_makes_them_by_command_only(client: Client, db: None, settings: Any) -> None:
    settings.PRODUCTION = True

    assert client.get("/setup").status_code == 404
    assert client.get("/login").status_code == 200


def test_the_command_prints_a_line_for_each_and_works_once(db: None) -> None:
    names = ("--system=孙一", "--security=赵二", "--audit=冯三")
    said = StringIO()
    call_command("create_administrators", *names, stdout=said)

    lines = said.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["系统管理员", "安全管理员", "审计管理员"]
    assert User.objects.get(username="xitong").check_password(lines[0].split()[-1])
    with pytest.raises(CommandError, match="系统已有账号"):
        call_command("create_administrators", *names)


def test_the_one_time_password_shown_is_the_one_that_works(client: Client, db: None) -> None:
    made = services.create_administrators(NAMES)

    for user, word in made:
        answer = Client().post("/login", {"username": user.username, "password": word})
        assert answer.status_code == 302


@pytest.mark.parametrize("name", ["admin", "root", "administrator", "test"])
def test_no_guessable_account_exists(client: Client, db: None, name: str) -> None:
    services.create_administrators(NAMES)

    assert client.post("/login", {"username": name, "password": name}).status_code == 200


# The system administrator --------------------------------------------------------------------


def test_the_system_administrator_makes_accounts_that_see_nothing(world: World) -> None:
    page = desk(world.system_administrator).post(
        "/users/new", {"username": "Qian-Qi", "full_name": "钱七"}
    )

    made = User.objects.get(username="qian-qi")
    assert "一次性密码" in page.content.decode()
    assert made.must_change_password
    assert made.scope.is_empty


def test_two_accounts_never_share_a_name(world: World) -> None:
    taken = world.clerk.username.upper()

    page = desk(world.system_administrator).post(
        "/users/new", {"username": taken, "full_name": "钱七"}
    )

    assert "已有这个账号" in page.content.decode()


def test_a_reset_gives_a_new_one_time_password_and_ends_sessions(world: World) -> None:
    theirs = desk(world.clerk)
    assert theirs.get("/").status_code == 200

    page = desk(world.system_administrator).post(f"/users/{world.clerk.pk}/reset")

    assert theirs.get("/")["Location"].startswith("/login")
    world.clerk.refresh_from_db()
    assert not world.clerk.check_password(PASSWORD)
    assert world.clerk.must_change_password
    assert "24 小时内有效" in page.content.decode()


def test_closing_an_account_needs_a_reason_and_is_felt_at_once(world: World) -> None:
    theirs, url = desk(world.clerk), f"/users/{world.clerk.pk}/active"
    admin = desk(world.system_administrator)

    assert admin.post(url, {"reason": ""}).status_code == 200
    assert theirs.get("/").status_code == 200
    assert admin.post(url, {"reason": "调离"}).status_code == 302
    assert theirs.get("/").status_code == 302
    entry = AuditEntry.objects.filter(verb="account.active").get()
    assert (entry.reason, entry.actor_name) == ("调离", "孙系统")


def test_nobody_closes_the_own_account(world: World) -> None:
    me = world.system_administrator

    page = desk(me).post(f"/users/{me.pk}/active", {"reason": "试试"})

    assert "不能停用自己的账号" in page.content.decode()
    me.refresh_from_db()
    assert me.is_active


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/users/new", ["security", "audit"]),
        ("/users/{}/reset", ["security", "audit"]),
        ("/users/{}/active", ["security", "audit"]),
        ("/users/{}/unlock", ["system", "audit"]),
        ("/users/{}/grants", ["system", "audit"]),
    ],
)
def test_no_administrator_does_the_work_of_another(
    world: World, path: str, refused: list[str]
) -> None:
    for who in refused:
        client = desk(getattr(world, f"{who}_administrator"))
        assert client.post(path.format(world.clerk.pk)).status_code == 403


def test_a_secretary_does_not_see_the_list_of_users(world: World) -> None:
    assert desk(world.secretary).get("/users/").status_code == 403


def test_a_superior_sees_the_holders_of_posts_below_and_no_others(world: World) -> None:
    page = desk(world.east_officer).get("/users/").content.decode()

    assert world.east_officer.username in page
    for other in (world.west_officer, world.clerk, world.outsider, world.system_administrator):
        assert other.username not in page
        assert desk(world.east_officer).get(f"/users/{other.pk}").status_code == 404


def test_the_list_of_users_takes_as_many_queries_for_many(
    world: World, django_assert_num_queries: Any
) -> None:
    client = desk(world.security_administrator)
    client.get("/users/")
    with django_assert_num_queries(8):
        client.get("/users/")
    for number in range(20):
        make_user(f"新人{number}", role="leader", at=world.county_committee)
    with django_assert_num_queries(8):
        client.get("/users/")


# The security administrator ------------------------------------------------------------------


def give(world: World, user: User, role: str = "organizer", **more: Any) -> ScopeGrant:
    return services.grant_role(
        actor=world.security_administrator,
        user=user,
        role=role,
        organization=more.pop("organization", world.east_committee),
        since=date(2026, 1, 1),
        **more,
    )


def test_a_post_is_given_on_a_page_and_felt_with_the_next_request(world: World) -> None:
    theirs, joint = desk(world.west_officer), f"/enterprises/{world.joint.pk}"
    assert theirs.get(joint).status_code == 404

    desk(world.security_administrator).post(
        f"/users/{world.west_officer.pk}/grants",
        {
            "role": "organizer",
            "organization": world.east_committee.code,
            "since": "2026-01-01",
            "document": "江组〔2026〕1号",
        },
    )

    assert theirs.get(joint).status_code == 200
    now = User.objects.get(pk=world.west_officer.pk)
    assert len(now.scope.subtrees) == 2


def test_a_post_that_is_ended_is_felt_at_once(world: World) -> None:
    theirs, grant = desk(world.east_officer), world.east_officer.grants.get()

    desk(world.security_administrator).post(
        f"/users/{world.east_officer.pk}/grants/{grant.pk}/end",
        {"on": today().isoformat(), "reason": "调离"},
    )

    assert theirs.get("/").status_code == 302
    assert User.objects.get(pk=world.east_officer.pk).scope.is_empty


def test_a_post_of_tomorrow_opens_nothing_today(world: World) -> None:
    user = make_user("钱七")
    services.grant_role(
        actor=world.security_administrator,
        user=user,
        role="organizer",
        organization=world.east_committee,
        since=today() + timedelta(days=1),
    )

    assert User.objects.get(pk=user.pk).scope.is_empty


def test_nobody_gives_himself_a_post(world: World) -> None:
    with pytest.raises(ValidationError, match="不能给自己授权"):
        give(world, world.security_administrator)


@pytest.mark.parametrize("role", ["organizer", "audit_administrator"])
def test_an_administrator_has_no_second_role(world: World, role: str) -> None:
    organization = world.east_committee if role == "organizer" else None
    with pytest.raises(ValidationError, match="不能兼任"):
        give(world, world.system_administrator, role, organization=organization)


def test_an_officer_does_not_become_an_administrator(world: World) -> None:
    with pytest.raises(ValidationError, match="不能兼任"):
        give(world, world.clerk, "system_administrator", organization=None)


def test_a_business_role_needs_an_organization(world: World) -> None:
    with pytest.raises(ValidationError, match="请选择党组织"):
        give(world, make_user("钱七"), organization=None)


def test_each_act_leaves_an_entry(world: World) -> None:
    user, word = services.create_user(
        actor=world.system_administrator, username="qian7", full_name="钱七"
    )
    grant = give(world, user)
    services.end_grant(
        actor=world.security_administrator, grant=grant, on=date(2026, 6, 1), reason="调离"
    )
    services.reset_password(actor=world.system_administrator, user=user)

    entries = AuditEntry.objects.filter(target_type="accounts.user", target_id=str(user.pk))
    assert list(entries.order_by("id").values_list("verb", flat=True)) == [
        "account.create",
        "grant.give",
        "grant.end",
        "account.reset",
    ]
    assert word not in str(list(entries.values()))
