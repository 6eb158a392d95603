"""What a clerk typed outlives the session it was typed in, for its author and nobody else."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts import kept
from accounts.models import User, UserSession
from core.identifiers import complete_citizen_id
from tests.accounts.test_sign_in import sign_in
from tests.builders import PASSWORD
from tests.world import World

CITIZEN_ID = complete_citizen_id("34082219800101002")
FORM = {"name": "北湖新电子有限公司", "reason": "实地走访核实"}
OURS = {"origin": "http://testserver"}


@pytest.fixture
def edit(world: World) -> str:
    return f"{world.own.get_absolute_url()}/edit"


def signed_in(user: User) -> Client:
    client = Client(enforce_csrf_checks=False)
    sign_in(client, user.username)
    return client


def sealed_in(answer: Any) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def come_back(client: Client, user: User, sealed: str) -> str:
    """Sign in with what the sign-in page carries; the page that follows."""
    client.post("/login", {"username": user.username, "password": PASSWORD, "kept": sealed})
    return client.get("/account/resume", follow=True).content.decode()


@pytest.mark.parametrize("how", ["row deleted", "cookie deleted"])
def test_a_form_sent_without_a_session_is_offered_again(world: World, edit: str, how: str) -> None:
    client = signed_in(world.clerk)
    if how == "row deleted":
        UserSession.objects.all().delete()
    else:
        del client.cookies["sessionid"]

    answer = client.post(edit, FORM)
    page = come_back(client, world.clerk, sealed_in(answer))

    assert answer.status_code == 401
    assert f'action="{edit}"' in page
    assert 'value="北湖新电子有限公司"' in page


def test_a_wrong_password_between_loses_nothing(world: World, edit: str) -> None:
    client = signed_in(world.clerk)
    UserSession.objects.all().delete()
    sealed = sealed_in(client.post(edit, FORM))

    again = client.post(
        "/login", {"username": world.clerk.username, "password": "wrong", "kept": sealed}
    )

    assert sealed_in(again) == sealed


def test_nobody_is_offered_the_form_of_another(world: World, edit: str) -> None:
    client = signed_in(world.clerk)
    UserSession.objects.all().delete()
    sealed = sealed_in(client.post(edit, FORM))

    assert "北湖新电子有限公司" not in come_back(client, world.leader, sealed)


@pytest.mark.parametrize("change", [lambda text: text[:-1] + "*", lambda text: "x" + text])
def test_a_forged_form_is_not_taken(world: World, edit: str, change: Any) -> None:
    client = signed_in(world.clerk)
    UserSession.objects.all().delete()
    sealed = change(sealed_in(client.post(edit, FORM)))

    assert "北湖新电子有限公司" not in come_back(client, world.clerk, sealed)


def test_a_form_waits_an_hour_and_no_longer(world: World, edit: str) -> None:
    client, now = signed_in(world.clerk), timezone.now()
    UserSession.objects.all().delete()
    sealed = sealed_in(client.post(edit, FORM))

    with time_machine.travel(now + timedelta(minutes=61)):
        assert "北湖新电子有限公司" not in come_back(client, world.clerk, sealed)


def test_without_any_cookie_only_a_form_of_ours_is_kept(world: World, edit: str) -> None:
    client = Client(enforce_csrf_checks=True)

    ours = client.post(edit, FORM, headers=OURS)
    theirs = client.post(edit, FORM, headers={"origin": "https://evil.example"})
    unknown = client.post(edit, FORM)

    assert ours.status_code == 401
    assert "北湖新电子有限公司" in come_back(Client(), world.clerk, sealed_in(ours))
    for refused in (theirs, unknown):
        assert refused.status_code == 403
        assert 'name="kept"' not in refused.content.decode()


def test_a_form_older_than_the_sign_in_is_kept_as_well(world: World, edit: str) -> None:
    """Signed in anew beside it, the page holds a token that no longer counts."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.clerk)

    answer = client.post(edit, FORM, headers=OURS)

    assert answer["Location"] == "/account/resume"
    assert "北湖新电子有限公司" in client.get("/account/resume").content.decode()
    world.own.refresh_from_db()
    assert world.own.name != FORM["name"]


def test_neither_passwords_nor_numbers_of_persons_are_kept(world: World, edit: str) -> None:
    client = signed_in(world.clerk)
    UserSession.objects.all().delete()

    passwords = client.post("/account/password", {"old": PASSWORD, "new": "x", "again": "x"})
    answer = client.post(edit, FORM | {"number": CITIZEN_ID, "my_password": "hush"})
    page = come_back(client, world.clerk, sealed_in(answer))

    assert passwords.status_code == 302
    assert "北湖新电子有限公司" in page
    assert CITIZEN_ID not in page
    assert "hush" not in page
    assert "公民身份号码等没有保留" in page


def test_what_is_too_large_or_broken_is_not_kept_but_answered(world: World, edit: str) -> None:
    client = signed_in(world.clerk)
    UserSession.objects.all().delete()

    assert client.post(edit, {"name": "长" * 200_000}).status_code == 302
    answer = client.post(edit, {"name": "北湖\0新电子"})
    assert "北湖新电子" in come_back(client, world.clerk, sealed_in(answer))


def test_sent_again_it_is_not_offered_a_third_time(world: World, edit: str) -> None:
    client = signed_in(world.clerk)
    UserSession.objects.all().delete()
    come_back(client, world.clerk, sealed_in(client.post(edit, FORM)))

    client.post(edit, FORM | {kept.RESUMED: "1"})

    assert kept.find(world.clerk) is None
