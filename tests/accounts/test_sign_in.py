"""Coming in: one answer for every mistake, a lock after five, a session that ends."""

import re
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.test import Client
from django.utils import timezone

from accounts.models import User, UserSession
from core.jobs import submit
from tests.builders import PASSWORD, make_user
from tests.world import World

LOGIN = "/login"


def sign_in(
    client: Client, username: str, password: str = PASSWORD, *, address: str = "10.0.0.8"
) -> Any:
    return client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address)


def test_a_page_leads_to_sign_in_and_back(client: Client, world: World) -> None:
    answer = client.get("/messages?kind=action")

    assert answer.status_code == 302
    assert answer["Location"] == "/login?next=/messages%3Fkind%3Daction"

    answer = client.post(
        answer["Location"],
        {"username": world.clerk.username, "password": PASSWORD, "next": "/messages?kind=action"},
    )
    assert answer["Location"] == "/messages?kind=action"


def test_a_foreign_address_after_sign_in_is_not_followed(client: Client, world: World) -> None:
    answer = client.post(
        LOGIN,
        {"username": world.clerk.username, "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert answer["Location"] == "/"


def test_an_account_name_is_the_same_in_capitals(client: Client, world: World) -> None:
    assert sign_in(client, world.clerk.username.upper()).status_code == 302


@pytest.mark.parametrize("mistake", ["unknown", "wrong", "disabled"])
def test_every_mistake_gets_the_same_answer(client: Client, world: World, mistake: str) -> None:
    User.objects.filter(pk=world.leader.pk).update(is_active=False)
    name, password = {
        "unknown": ("nobody-here", PASSWORD),
        "wrong": (world.clerk.username, "Wrong-pass-1"),
        "disabled": (world.leader.username, PASSWORD),
    }[mistake]

    assert said(sign_in(client, name, password)) == said(sign_in(Client(), "someone", "x"))


def said(answer: Any) -> list[str]:
    """Everything on the page but what differs from request to request."""
    page = re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", answer.content.decode())
    assert "账号或密码不正确。" in page
    return page.split()


def test_an_unknown_name_costs_as_much_time_as_a_wrong_password(
    client: Client, world: World, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["accounts.hashers.TunedArgon2"]
    settings.AXES_ENABLED = False
    User.objects.filter(pk=world.clerk.pk).update(password=hashed(PASSWORD))

    def cost(username: str) -> float:
        begun = perf_counter()
        sign_in(client, username, "Wrong-pass-1")
        return perf_counter() - begun

    pairs = [(cost(world.clerk.username), cost("nobody-here")) for _ in range(9)]

    assert median(unknown / known for known, unknown in pairs) == pytest.approx(1, abs=0.35)


def hashed(password: str) -> str:
    user = User(username="x", full_name="x")
    user.set_password(password)
    return user.password


def test_passwords_are_kept_as_argon2id(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["accounts.hashers.TunedArgon2"]

    assert hashed(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_passwords_may_be_kept_with_sm3(client: Client, world: World, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["accounts.hashers.SM3Password", "accounts.hashers.TunedArgon2"]
    User.objects.filter(pk=world.clerk.pk).update(password=hashed(PASSWORD))

    assert hashed(PASSWORD).startswith("pbkdf2_sm3$120000$")
    assert sign_in(client, world.clerk.username)["Location"] == "/"
    assert sign_in(Client(), world.clerk.username, "Wrong-pass-1").status_code == 200


def test_an_older_hash_is_renewed_at_sign_in(client: Client, world: World, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "accounts.hashers.TunedArgon2",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    old = PBKDF2PasswordHasher().encode(PASSWORD, "salt1234salt1234salt12", iterations=10)
    User.objects.filter(pk=world.clerk.pk).update(password=old)

    sign_in(client, world.clerk.username)

    world.clerk.refresh_from_db()
    assert identify_hasher(world.clerk.password).algorithm == "argon2"


# The lock -----------------------------------------------------------------------------------


def fail(client: Client, username: str, times: int, address: str = "10.0.0.8") -> Any:
    for _ in range(times):
        answer = sign_in(client, username, "Wrong-pass-1", address=address)
    return answer


def test_the_sixth_try_is_refused_even_with_the_right_password(
    client: Client, world: World
) -> None:
    assert "再错 1 次将锁定" in fail(client, world.clerk.username, 4).content.decode()
    assert fail(client, world.clerk.username, 1).status_code == 429

    answer = sign_in(client, world.clerk.username)

    assert answer.status_code == 429
    assert "密码错误次数过多" in answer.content.decode()
    assert answer["Retry-After"] == "900"


def test_an_unknown_name_is_locked_like_a_known_one(client: Client, db: None) -> None:
    assert fail(client, "nobody-here", 5).status_code == 429


def test_another_address_is_not_locked_with_the_first(client: Client, world: World) -> None:
    fail(client, world.clerk.username, 5)

    assert sign_in(client, world.clerk.username, address="10.0.0.9").status_code == 302


def test_the_lock_opens_after_a_quarter_of_an_hour(client: Client, world: World) -> None:
    fail(client, world.clerk.username, 5)

    with time_machine.travel(timezone.now() + timedelta(minutes=14)):
        assert sign_in(client, world.clerk.username).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in(client, world.clerk.username).status_code == 302


def test_failures_are_counted_in_the_database(client: Client, world: World) -> None:
    fail(client, world.clerk.username, 3)

    assert AccessAttempt.objects.get().failures_since_start == 3


def test_the_security_administrator_opens_a_lock(client: Client, world: World) -> None:
    fail(client, world.clerk.username, 5)
    desk = Client()
    desk.force_login(world.security_administrator)

    desk.post(f"/users/{world.clerk.pk}/unlock")

    assert sign_in(client, world.clerk.username).status_code == 302


# The session --------------------------------------------------------------------------------


def test_sign_in_gives_a_new_session(client: Client, world: World) -> None:
    client.get(LOGIN)
    client.session["x"] = 1
    before = client.session.session_key
    sign_in(client, world.clerk.username)

    assert client.session.session_key != before


def test_half_an_hour_without_action_ends_the_session(client: Client, world: World) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client, world.clerk.username)
        client.get("/messages")
    with time_machine.travel(now + timedelta(minutes=29), tick=False):
        assert client.get("/messages").status_code == 200
    with time_machine.travel(now + timedelta(minutes=60), tick=False):
        answer = client.get("/messages")

    assert answer["Location"] == "/login?next=/messages&ended=idle"
    assert "已超过 30 分钟没有操作" in client.get(answer["Location"]).content.decode()


def test_polling_does_not_keep_a_session_alive(client: Client, world: World) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client, world.clerk.username)
        client.get("/messages")
        job = submit(
            "core.list_bulk", owner=world.clerk, params={}, idempotency_key="k", title="导入"
        )
    for minutes in (10, 20, 29):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert client.get(f"/jobs/{job.pk}/bar").status_code == 200
    with time_machine.travel(now + timedelta(minutes=31), tick=False):
        assert client.get("/messages").status_code == 302


def test_twelve_hours_end_the_busiest_session(client: Client, world: World) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client, world.clerk.username)
        client.get("/messages")
    for minutes in range(29, 12 * 60, 29):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert client.get("/messages").status_code == 200
    with time_machine.travel(now + timedelta(hours=12, minutes=1), tick=False):
        assert client.get("/messages").status_code == 302


def test_a_fragment_asked_for_after_the_end_sends_the_whole_page_to_sign_in(
    client: Client, db: None
) -> None:
    answer = client.get(
        "/messages",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/jobs/?state=done"},
    )

    assert answer["HX-Redirect"] == "/login?next=/jobs/%3Fstate%3Ddone"


def test_what_was_sent_after_the_end_is_kept_and_offered_again(
    client: Client, world: World
) -> None:
    now = timezone.now()
    form = {"kind": "system", "pk": ["1", "2"], "secret_password": "x"}
    with time_machine.travel(now, tick=False):
        sign_in(client, world.clerk.username)
        client.get("/messages")
    with time_machine.travel(now + timedelta(minutes=31), tick=False):
        assert client.post("/messages/read", form).status_code == 302
        assert sign_in(client, world.clerk.username)["Location"] == "/account/resume"
        page = client.get("/account/resume").content.decode()
        client.post("/account/resume/discard")

        assert 'action="/messages/read"' in page
        assert page.count('name="pk"') == 2
        assert "secret_password" not in page
        assert client.get("/account/resume")["Location"] == "/"


def test_signing_out_is_a_post(client: Client, world: World) -> None:
    sign_in(client, world.clerk.username)

    assert client.get("/logout").status_code == 405
    client.post("/logout")
    assert client.get("/messages").status_code == 302
    assert not UserSession.objects.exists()


def test_a_disabled_user_is_out_with_the_next_request(client: Client, world: World) -> None:
    sign_in(client, world.clerk.username)
    User.objects.filter(pk=world.clerk.pk).update(is_active=False)

    assert client.get("/messages").status_code == 302


def test_an_expired_one_time_password_says_so_only_to_who_knows_it(
    client: Client, world: World
) -> None:
    user = make_user("新来的", temporary_until=timezone.now() - timedelta(minutes=1))

    assert "一次性密码已过期" in sign_in(client, user.username).content.decode()
    assert "一次性" not in sign_in(client, user.username, "wrong").content.decode()
