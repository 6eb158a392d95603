"""The second factor: each code once, ten spare ones, two persons to take it away."""

import re
from base64 import b32decode
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp

from accounts import factors, services
from accounts.models import PairedAct, RoleSetting, User
from core.models import AuditEntry
from tests.accounts.test_sign_in import fail, sign_in
from tests.builders import PASSWORD, make_user
from tests.world import World

NOW = timezone.now().replace(second=5, microsecond=0)


@pytest.fixture(autouse=True)
def _at_one_moment() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def code(secret: str, *, steps: int = 0) -> str:
    """What a telephone shows, `steps` half minutes ahead."""
    return f"{totp(b32decode(secret), drift=steps):06d}"


def enrolled(user: User) -> tuple[str, list[str]]:
    """The key and the recovery codes of a user who has just set up the factor a while ago."""
    secret = factors.new_secret()
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        codes = factors.enrol(user=user, secret=secret, code=code(secret))
    user.refresh_from_db()
    return secret, codes


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# Coming in -----------------------------------------------------------------------------------


def test_sign_in_asks_for_the_code_after_the_password(client: Client, world: World) -> None:
    secret, _ = enrolled(world.clerk)

    assert sign_in(client, world.clerk.username)["Location"] == "/login/code"
    assert client.get("/messages")["Location"].startswith("/login?")  # nobody is in yet
    assert client.post("/login/code", {"code": code(secret)})["Location"] == "/"
    assert client.get("/messages").status_code == 200


def test_the_code_step_gives_a_new_session(client: Client, world: World) -> None:
    secret, _ = enrolled(world.clerk)
    sign_in(client, world.clerk.username)
    before = client.session.session_key

    client.post("/login/code", {"code": code(secret)})

    assert client.session.session_key != before


def test_the_reader_comes_out_where_he_wanted_to_go(client: Client, world: World) -> None:
    secret, _ = enrolled(world.clerk)
    fields = {"username": world.clerk.username, "password": PASSWORD, "next": "/jobs/"}
    client.post("/login", fields)

    assert client.post("/login/code", {"code": code(secret)})["Location"] == "/jobs/"


def test_a_code_is_taken_once(world: World) -> None:
    secret, _ = enrolled(world.clerk)

    assert factors.accept(user=world.clerk, text=code(secret))
    assert not factors.accept(user=world.clerk, text=code(secret))
    assert not factors.accept(user=world.clerk, text=code(secret, steps=-1))


@pytest.mark.parametrize(
    ("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_wrong_by_one_step(world: World, steps: int, taken: bool) -> None:
    secret, _ = enrolled(world.clerk)

    assert factors.accept(user=world.clerk, text=code(secret, steps=steps)) is taken


def test_the_code_that_set_the_factor_up_is_used(world: World) -> None:
    secret = factors.new_secret()
    factors.enrol(user=world.clerk, secret=secret, code=code(secret))

    assert not factors.accept(user=world.clerk, text=code(secret))


def test_wrong_codes_lock_like_wrong_passwords(client: Client, world: World) -> None:
    secret, _ = enrolled(world.clerk)
    fail(client, world.clerk.username, 2)
    sign_in(client, world.clerk.username)
    here = "10.0.0.8"
    answers = [client.post("/login/code", {"code": "000000"}, REMOTE_ADDR=here) for _ in range(3)]

    assert "再错 1 次将锁定" in answers[1].content.decode()
    assert answers[2].status_code == 429
    assert client.post("/login/code", {"code": code(secret)}, REMOTE_ADDR=here).status_code == 429
    assert AuditEntry.objects.filter(verb="account.locked").count() == 1


def test_what_was_typed_in_error_is_not_written_down(client: Client, world: World) -> None:
    enrolled(world.clerk)
    client.post("/login", {"username": "x", "password": "Geheim-1", "kept": "Geheim-2"})
    sign_in(client, world.clerk.username)
    client.post("/login/code", {"code": "424242"})
    desk(world.leader).post("/account/prove", {"proof_password": "Geheim-3"})

    written = str(list(AccessAttempt.objects.values()))
    assert AccessAttempt.objects.count() == 3
    assert not any(secret in written for secret in ("Geheim", "424242"))


def test_five_minutes_later_the_password_is_asked_again(client: Client, world: World) -> None:
    enrolled(world.clerk)
    sign_in(client, world.clerk.username)

    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        assert client.get("/login/code")["Location"] == "/login"


def test_a_password_reset_meanwhile_closes_the_second_step(client: Client, world: World) -> None:
    enrolled(world.clerk)
    sign_in(client, world.clerk.username)
    services.reset_password(actor=world.system_administrator, user=world.clerk)

    assert client.get("/login/code")["Location"] == "/login"


# Recovery codes --------------------------------------------------------------------------------


def test_each_of_ten_recovery_codes_opens_once(client: Client, world: World) -> None:
    _, codes = enrolled(world.clerk)
    sign_in(client, world.clerk.username)

    assert len(set(codes)) == 10
    assert client.post("/login/code", {"code": f" {codes[3].lower()} "})["Location"] == "/"
    assert not factors.accept(user=world.clerk, text=codes[3])
    assert factors.recovery_codes_left(world.clerk) == 9
    assert AuditEntry.objects.filter(verb="account.recovery").exists()


def test_new_recovery_codes_end_the_old_ones(world: World) -> None:
    _, old = enrolled(world.clerk)
    page = desk(world.clerk).post("/account/factor/recovery").content.decode()
    new = re.findall(r"<code>(\w{5}-\w{5})</code>", page)

    assert len(new) == 10
    assert not factors.accept(user=world.clerk, text=old[0])
    assert factors.accept(user=world.clerk, text=new[0])


def test_neither_key_nor_codes_lie_open_in_the_database(world: World) -> None:
    secret, codes = enrolled(world.clerk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text FROM accounts_secondfactor f")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT c::text FROM accounts_recoverycode c")
        stored += str(cursor.fetchall())

    assert secret not in stored
    assert b32decode(secret).hex() not in stored
    assert not any(one in stored or one.replace("-", "") in stored for one in codes)


# Setting it up -----------------------------------------------------------------------------------


def key_on(page: str) -> str:
    found = re.search(r"密钥 <code>([A-Z2-7 ]+)</code>", page)
    assert found
    return found[1].replace(" ", "")


def test_an_administrator_sets_it_up_before_anything_else(client: Client, world: World) -> None:
    user = make_user("孙二", role="system_administrator", second_factor_since=None)
    sign_in(client, user.username)

    assert client.get("/users/")["Location"] == "/account/factor"
    page = client.get("/account/factor").content.decode()
    assert 'src="data:image/svg+xml' in page
    shown = client.post("/account/factor", {"code": code(key_on(page))}).content.decode()
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", shown)) == 10
    assert client.get("/users/").status_code == 200
    assert "密钥" not in client.get("/account").content.decode()


def test_who_takes_long_to_set_it_up_proves_himself_and_goes_on(
    client: Client, world: World
) -> None:
    user = make_user("孙二", role="system_administrator", second_factor_since=None)
    sign_in(client, user.username)
    session = client.session
    session["proved_at"] -= 601
    session.save()

    assert client.get("/account/factor").status_code == 403
    client.post("/account/prove?next=/account/factor", {"proof_password": PASSWORD})

    assert client.get("/account/factor").status_code == 200


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(world: World) -> None:
    client = desk(world.clerk)
    before = key_on(client.get("/account/factor").content.decode())

    page = client.post("/account/factor", {"code": "123"}).content.decode()

    assert "动态口令不正确" in page
    assert key_on(page) == before
    world.clerk.refresh_from_db()
    assert world.clerk.second_factor_since is None


def test_setting_it_up_ends_other_sessions(world: World) -> None:
    here, there = desk(world.clerk), desk(world.clerk)
    there.get("/messages")
    key = key_on(here.get("/account/factor").content.decode())

    here.post("/account/factor", {"code": code(key)})

    assert here.get("/messages").status_code == 200
    assert there.get("/messages").status_code == 302


def test_the_security_administrator_decides_for_other_roles(client: Client, world: World) -> None:
    theirs = desk(world.east_officer)
    assert theirs.get("/").status_code == 200
    fields = {"role": "organizer", "needed": "1", "reason": "等保三级"}
    desk(world.security_administrator).post("/users/roles", fields)

    assert theirs.get("/").status_code == 302  # signs in anew
    sign_in(client, world.east_officer.username)
    assert client.get("/")["Location"] == "/account/factor"
    assert RoleSetting.objects.get().second_factor
    assert AuditEntry.objects.get(verb="role.setting").reason == "等保三级"


def test_who_needs_it_cannot_switch_it_off_others_can(world: World) -> None:
    enrolled(world.clerk)
    desk(world.clerk).post("/account/factor/off")
    desk(world.system_administrator).post("/account/factor/off")

    assert User.objects.get(pk=world.clerk.pk).second_factor_since is None
    assert User.objects.get(pk=world.system_administrator.pk).second_factor_since is not None


# Taking it away ----------------------------------------------------------------------------------


def test_two_administrators_take_a_lost_factor_away(world: World) -> None:
    enrolled(world.clerk)
    theirs = desk(world.clerk)
    theirs.get("/messages")
    first, second = desk(world.security_administrator), desk(world.system_administrator)

    first.post(f"/users/{world.clerk.pk}/factor", {"reason": "手机遗失"})
    act = PairedAct.objects.get()
    first.post(f"/users/acts/{act.pk}", {"do": "confirm"})
    assert User.objects.get(pk=world.clerk.pk).second_factor_since is not None
    second.post(f"/users/acts/{act.pk}", {"do": "confirm"})

    assert User.objects.get(pk=world.clerk.pk).second_factor_since is None
    assert theirs.get("/messages").status_code == 302
    entry = AuditEntry.objects.get(verb="account.factor_off")
    assert (entry.actor_id, entry.reason) == (world.system_administrator.pk, "手机遗失")


def test_nothing_to_take_away_is_said(world: World) -> None:
    with pytest.raises(ValidationError, match="没有启用动态口令"):
        services.propose_reset(
            actor=world.security_administrator, user=world.clerk, reason="手机遗失"
        )
