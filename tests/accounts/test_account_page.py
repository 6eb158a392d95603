"""One's own page: display, sign-in record, tokens; and the work page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import tokens
from accounts.models import ApiToken, User
from core import deadlines, work
from core.dates import today
from core.deadlines import Deadline
from core.models import MessageKind
from core.notices import notify
from tests.builders import PASSWORD
from tests.enterprises.census import lists
from tests.world import World


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_display_settings_change_every_page(world: World) -> None:
    client = desk(world.clerk)

    client.post("/account", {"density": "relaxed", "large_type": "on"})

    page = client.get("/messages").content.decode()
    assert "density-relaxed" in page
    assert "large-type" in page


def test_the_account_page_shows_sign_ins_and_failures(client: Client, world: World) -> None:
    name = world.clerk.username
    client.post("/login", {"username": name, "password": "x"}, REMOTE_ADDR="10.9.9.9")
    client.post("/login", {"username": name, "password": PASSWORD}, REMOTE_ADDR="10.8.8.8")

    page = client.get("/account").content.decode()

    assert "登录失败，地址 10.9.9.9" in page
    assert "登录，地址 10.8.8.8" in page


def test_a_token_is_shown_once_and_kept_as_a_digest(world: World) -> None:
    client = desk(world.clerk)

    page = client.post("/account/tokens", {"name": "报表", "scopes": ["areas"], "days": "30"})

    text = page.content.decode().split("<code>")[1].split("</code>")[0]
    assert tokens.find_token(text) == ApiToken.objects.get()
    assert text not in str(ApiToken.objects.values())
    assert text not in client.get("/account").content.decode()


def test_a_token_ends_by_day_by_hand_and_with_its_user(world: World) -> None:
    token, text = tokens.create_token(user=world.clerk, name="报表", scopes=["areas"], days=30)

    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert tokens.find_token(text) is None
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert tokens.find_token(text) == token
    User.objects.filter(pk=world.clerk.pk).update(is_active=False)
    assert tokens.find_token(text) is None
    User.objects.filter(pk=world.clerk.pk).update(is_active=True)
    tokens.revoke_token(actor=world.clerk, token=token)
    assert tokens.find_token(text) is None


def test_nobody_revokes_the_token_of_another(world: World) -> None:
    token, _ = tokens.create_token(user=world.clerk, name="报表", scopes=["areas"], days=30)

    assert desk(world.leader).post(f"/account/tokens/{token.pk}/revoke").status_code == 404
    token.refresh_from_db()
    assert token.is_valid


def test_the_work_page_says_what_waits(world: World) -> None:
    notify(
        [world.clerk], kind=MessageKind.ACTION, title="有 3 家企业待认领", url="/messages", key="1"
    )

    assert "有 3 家企业待认领" in desk(world.clerk).get("/").content.decode()
    assert "有 3 家企业待认领" not in desk(world.leader).get("/").content.decode()


def test_the_work_page_shows_the_most_urgent_and_all_when_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = [Deadline(today(), f"第{number}件", "办理", "/messages") for number in range(10, 20)]
    monkeypatch.setattr(deadlines, "_sources", {})
    deadlines.register("many", "许多", lambda user, until: due)

    client = desk(world.clerk)
    assert client.get("/").content.decode().count("第1") == 8
    assert "另有 2 项" in client.get("/").content.decode()
    assert client.get("/?all=1").content.decode().count("第1") == 10


def test_apps_add_blocks_to_the_work_page(world: World) -> None:
    def block(user: User) -> work.Block | None:
        row = work.Row("名单已导入", "/messages")
        return work.Block("最近导入", (row,)) if user.has_perm("enterprises.census") else None

    work.register(block)
    try:
        assert "名单已导入" in desk(world.clerk).get("/").content.decode()
        assert "名单已导入" not in desk(world.leader).get("/").content.decode()
    finally:
        work._providers.remove(block)


def test_an_account_without_posts_is_told_so(world: World) -> None:
    world.clerk.grants.update(valid_to=timezone.localdate())

    assert "还没有角色" in desk(world.clerk).get("/").content.decode()


def test_the_work_page_shows_lists_and_firms_that_wait(world: World) -> None:
    lists.stage(world.county, [lists.firm("东岭新厂", 1)], area=world.east)

    county = desk(world.clerk).get("/").content.decode()
    assert "市场监管：名单.csv" in county
    assert "待认领企业 1 家，最早自 2020-01-01" in county
    west = desk(world.west_officer).get("/").content.decode()
    assert "名单.csv" not in west
    assert "没有待认领、待认定的企业" in west
    assert "待核实企业" not in desk(world.leader).get("/").content.decode()


def test_the_work_page_takes_a_bounded_number_of_queries(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = desk(world.clerk)
    client.get("/")
    with django_assert_max_num_queries(48):
        client.get("/")
