"""Sessions one sees and ends, proofs asked for anew, slowed guessing, accounts that nobody uses."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessFailureLog
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import User, UserSession
from accounts.services.nightly import tidy_accounts
from core.models import AuditEntry
from core.permissions import PROVED_AT
from tests.accounts.test_sign_in import fail, sign_in
from tests.accounts.test_users import desk
from tests.builders import PASSWORD, make_user
from tests.world import World


def signed_in(user: User, **more: Any) -> Client:
    client = Client(**more)
    sign_in(client, user.username)
    return client


# Sessions ----------------------------------------------------------------------------------------


def test_a_fourth_session_ends_the_first(world: World) -> None:
    clients = []
    for minute in range(4):
        with time_machine.travel(timezone.now() + timedelta(minutes=minute), tick=False):
            clients.append(signed_in(world.clerk))

    assert [client.get("/messages").status_code for client in clients] == [302, 200, 200, 200]


def test_an_administrator_has_one_session(world: World) -> None:
    User.objects.update(second_factor_since=None)
    first = signed_in(world.system_administrator)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        signed_in(world.system_administrator)

    assert not UserSession.objects.filter(pk=first.session.session_key).exists()


def test_ones_own_sessions_are_shown_and_ended(world: World) -> None:
    chrome = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 6.1) Chrome/86.0.4240 Safari/537.36"}
    here, there = signed_in(world.clerk), signed_in(world.clerk, **chrome)
    stranger = signed_in(world.leader)

    assert "Chrome 86" in here.get("/account").content.decode()
    here.post("/account/sessions/end")

    assert here.get("/messages").status_code == 200
    assert there.get("/messages").status_code == 302
    assert stranger.get("/messages").status_code == 200


def test_the_system_administrator_ends_sessions_of_others(world: World) -> None:
    theirs = signed_in(world.clerk)

    desk(world.system_administrator).post(f"/users/{world.clerk.pk}/sessions")

    assert theirs.get("/messages").status_code == 302


def test_a_new_password_ends_the_other_sessions(world: World) -> None:
    here, there = signed_in(world.clerk), signed_in(world.clerk)
    key = here.session.session_key
    fields = {"old": PASSWORD, "new": "Qiutian-2026", "again": "Qiutian-2026"}

    here.post("/account/password", fields)

    assert here.get("/messages").status_code == 200
    assert here.session.session_key != key
    assert there.get("/messages").status_code == 302


def test_sign_in_tells_of_the_last_time_and_of_failures(client: Client, world: World) -> None:
    def told(client: Client) -> str:
        return client.get("/").content.decode()

    assert "这是您第一次登录" in told(signed_in(world.clerk))
    fail(client, world.clerk.username, 2)
    sign_in(client, world.clerk.username)
    page = told(client)

    assert "上次登录：" in page
    assert "此后有 2 次登录失败" in page


def test_the_newest_sign_in_stands_first(world: World) -> None:
    now = timezone.now()
    for minute in range(25):
        with time_machine.travel(now + timedelta(minutes=minute), tick=False):
            client = signed_in(world.clerk)
    moments = [timezone.localtime(now + timedelta(minutes=minute)) for minute in (24, 5, 4)]
    with time_machine.travel(now + timedelta(minutes=25), tick=False):
        page = client.get("/account").content.decode()
    record = page[page.index("<h2>登录记录") :]

    newest, last_shown, too_old = (f"{one:%Y-%m-%d %H:%M} 登录" for one in moments)
    assert record.index(newest) < record.index(last_shown)
    assert too_old not in record


def test_what_was_sent_after_twelve_hours_is_kept_too(client: Client, world: World) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        sign_in(client, world.clerk.username)
        client.get("/messages")
    session = client.session
    session["signed_in_at"] -= 12 * 3600 + 1
    session.save()

    assert client.post("/messages/read", {"kind": "system"})["Location"].endswith("ended=long")
    assert sign_in(client, world.clerk.username)["Location"] == "/account/resume"


def test_sign_in_and_out_stand_in_the_log(client: Client, world: World) -> None:
    sign_in(client, world.clerk.username)
    client.post("/logout")

    verbs = AuditEntry.objects.filter(actor_id=world.clerk.pk).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["account.sign_in", "account.sign_out"]


# Guessing ----------------------------------------------------------------------------------------


def test_capitals_do_not_buy_new_tries(client: Client, world: World) -> None:
    name = world.clerk.username
    fail(client, name, 4)

    assert fail(client, name.upper(), 1).status_code == 429


def test_each_lock_is_longer_than_the_one_before(client: Client, world: World) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert fail(client, world.clerk.username, 5)["Retry-After"] == "900"
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        assert fail(client, world.clerk.username, 5)["Retry-After"] == "1800"
    with time_machine.travel(now + timedelta(minutes=40), tick=False):
        assert sign_in(client, world.clerk.username).status_code == 429
    with time_machine.travel(now + timedelta(minutes=47), tick=False):
        assert sign_in(client, world.clerk.username).status_code == 302


def failures(number: int, *, username: str = "", address: str = "") -> None:
    AccessFailureLog.objects.bulk_create(
        AccessFailureLog(
            username=username or f"name{index}",
            ip_address=address or f"10.1.0.{index}",
            user_agent="",
            http_accept="",
            path_info="/login",
        )
        for index in range(number)
    )


def test_a_name_that_fails_everywhere_is_slowed_but_not_locked(
    client: Client, world: World
) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        failures(20, username=world.clerk.username)
        answer = sign_in(client, world.clerk.username)
        assert (answer.status_code, answer["Retry-After"]) == (429, "30")
        assert "尝试过于频繁" in answer.content.decode()
    with time_machine.travel(now + timedelta(seconds=31), tick=False):
        assert sign_in(client, world.clerk.username).status_code == 302


def test_the_desk_a_user_always_uses_is_not_slowed(client: Client, world: World) -> None:
    signed_in(world.clerk)
    failures(20, username=world.clerk.username)

    assert sign_in(client, world.clerk.username).status_code == 302


def test_an_address_that_tries_many_names_has_to_wait(client: Client, world: World) -> None:
    failures(100, address="10.0.0.8")

    assert sign_in(client, world.clerk.username).status_code == 429
    assert sign_in(client, world.clerk.username, address="10.0.0.9").status_code == 302


# Proofs ------------------------------------------------------------------------------------------


def grown_old(client: Client) -> Client:
    """A session whose proof is older than ten minutes."""
    client.get("/messages")
    session: SessionBase = client.session
    session[PROVED_AT] -= 601
    session.save()
    return client


@pytest.fixture
def late(world: World) -> Client:
    return grown_old(desk(world.security_administrator))


def grant_fields(world: World) -> dict[str, Any]:
    return {"role": "leader", "organization": world.east_committee.code, "since": "2026-01-01"}


def test_giving_a_post_asks_for_the_password_again(world: World, late: Client) -> None:
    url = f"/users/{world.west_officer.pk}/grants"

    answer = late.post(url, grant_fields(world))
    assert answer.status_code == 403
    assert "请再次验证身份" in answer.content.decode()
    assert world.west_officer.grants.count() == 1

    answer = late.post("/account/prove?next=/", {"proof_password": PASSWORD})
    assert answer["Location"] == "/account/resume"
    assert f'action="{url}"' in late.get("/account/resume").content.decode()
    assert late.post(url, grant_fields(world)).status_code == 302
    assert world.west_officer.grants.count() == 2


def test_a_fresh_proof_is_not_asked_again(world: World) -> None:
    client = desk(world.security_administrator)

    assert client.get(f"/users/{world.west_officer.pk}/grants").status_code == 200


def test_a_wrong_proof_counts_and_the_fifth_ends_the_session(world: World, late: Client) -> None:
    wrong = {"proof_password": "falsch"}
    pages = [late.post("/account/prove", wrong) for _ in range(5)]

    assert "密码或动态口令不正确" in pages[0].content.decode()
    assert pages[4].status_code == 429
    assert late.get("/messages").status_code == 302


def test_the_proof_leads_to_no_foreign_place(late: Client) -> None:
    answer = late.post("/account/prove?next=//evil.example", {"proof_password": PASSWORD})

    assert answer["Location"] == "/"


# Unused accounts ---------------------------------------------------------------------------------


def aged(user: User, days: int) -> None:
    moment = timezone.now() - timedelta(days=days)
    User.objects.filter(pk=user.pk).update(last_login=moment)


def test_what_nobody_used_for_ninety_days_is_closed_but_not_the_last_administrator(
    world: World,
) -> None:
    User.objects.update(last_login=timezone.now())
    for user, days in ((world.clerk, 91), (world.leader, 89), (world.audit_administrator, 91)):
        aged(user, days)

    tidy_accounts()

    closed = set(User.objects.filter(is_active=False))
    assert closed == {world.clerk}
    entry = AuditEntry.objects.get(verb="account.active")
    assert (entry.actor_name, entry.reason) == ("系统", "90 天没有登录，自动停用")


def test_the_list_points_at_unused_and_lent_accounts(world: World) -> None:
    User.objects.update(last_login=timezone.now())
    aged(world.leader, 91)
    for number in range(3):
        sign_in(Client(), world.clerk.username, address=f"10.2.0.{number}")
    nobody = make_user("钱七", last_login=timezone.now())
    page = desk(world.system_administrator)

    def listed(sign: str) -> set[User]:
        shown = page.get(f"/users/?signs={sign}").content.decode()
        return {user for user in User.objects.all() if f'/users/{user.pk}"' in shown}

    assert listed("idle") == {world.leader}
    assert listed("shared") == {world.clerk}
    assert listed("none") == {nobody}


def test_reset_and_reopen_do_not_bring_old_sessions_back(world: World) -> None:
    theirs = signed_in(world.clerk)
    for active in (False, True):
        services.set_active(
            actor=world.system_administrator, user=world.clerk, active=active, reason="核查"
        )

    assert theirs.get("/messages").status_code == 302
