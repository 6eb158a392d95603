"""A clerk types for a while, the session ends behind his back, and nothing is lost."""

from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import expect

from accounts.sessions import ACTIVE_AT, SIGNED_IN_AT
from enterprises.models import Enterprise
from tests.browser.conftest import Visitor
from tests.builders import PASSWORD
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> World:
    return build_world()


def let_it_end(desk: Visitor, how: str) -> None:
    """End the session in the given way while the page stays open."""
    context = desk.page.context
    if how == "every cookie is gone":
        context.clear_cookies()
    elif how == "the session's cookie is gone":
        context.clear_cookies(name="sessionid")
    else:
        cookies = {one["name"]: one["value"] for one in context.cookies()}
        store = import_module(settings.SESSION_ENGINE).SessionStore
        session = store(cookies["sessionid"])
        mark = ACTIVE_AT if how == "idle too long" else SIGNED_IN_AT
        session[mark] -= 24 * 3600
        session.save()


@pytest.mark.parametrize(
    "how",
    [
        "idle too long",
        "signed in too long",
        "the session's cookie is gone",
        "every cookie is gone",
    ],
)
def test_what_was_typed_reaches_the_register_after_signing_in_again(
    visit: Any, county: World, how: str
) -> None:
    desk = visit(county.clerk)
    desk.open(f"{county.own.get_absolute_url()}/edit")
    desk.type("[name=legal_representative]", "李卫东")
    desk.type("[name=reason]", "法定代表人变更")

    let_it_end(desk, how)
    desk.click("main button[type=submit]")
    expect(desk.page.locator("h1")).to_have_text("登录")
    desk.type("[name=username]", county.clerk.username)
    desk.type("[name=password]", PASSWORD)
    desk.click(".door-box button[type=submit]")
    expect(desk.page.locator("h1")).to_have_text("继续提交")
    desk.click("button:has-text('继续提交')")

    expect(desk.page.locator(".alert-success")).to_be_visible()
    assert Enterprise.objects.get(pk=county.own.pk).legal_representative == "李卫东"
