"""Two devices hand in one meeting at once; the committee decides the queue by the keyboard."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import expect

from activities.models import Activity, ActivityKind
from activities.services import recording
from tests.activities.meeting import hold, kinds, make_branch, minutes
from tests.browser.conftest import DESK
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_queue_is_decided_without_a_mouse(visit: Any, transactional_db: None) -> None:
    if not ActivityKind.objects.exists():
        call_command("migrate", verbosity=0)
    world = build_world()
    people = make_branch(world.own_branch, 3)
    given = minutes(people, kinds=kinds("theme_day"))
    handed_in_at_once(world, given)
    for hour, title in ((9, "第二次会"), (11, "第三次会")):
        later = minutes(people, title=title, held_from=time(hour), held_to=time(hour + 1))
        hold(world.own_branch, later, world.secretary)

    desk = visit(world.park_officer, DESK)
    desk.open("/meetings/review?sort=title")
    expect(desk.page.locator(".grid-table tbody tr")).to_have_count(3)
    titles = desk.page.locator(".grid-table tbody tr td:nth-child(2)").all_inner_texts()
    for key in ("j", "j", "k", "j"):
        desk.press(key)
    desk.press("a")
    expect(desk.page.locator(".alert-success")).to_contain_text("已通过")
    desk.press("j")
    desk.press("r")
    desk.page.wait_for_url("**/return")
    desk.page.locator("[name=choice]").select_option("内容过简")
    desk.type("[name=text]", "请补充讨论情况")
    desk.press("Control+Enter")
    expect(desk.page.locator(".alert-success")).to_contain_text("已退回")
    expect(desk.page.locator(".grid-table tbody tr")).to_have_count(1)
    assert desk.violations() == []

    decided = {one.title: one.state for one in Activity.objects.all()}
    assert [decided[title.strip()] for title in titles] == ["returned", "accepted", "submitted"]


def handed_in_at_once(world: World, given: Any) -> None:
    """By a double click it is one meeting; from another device it is refused with a sentence."""

    def hand_in(token: UUID) -> str:
        try:
            return str(
                recording.record(
                    actor=world.secretary,
                    organization=world.own_branch,
                    token=token,
                    minutes=given,
                    submit=True,
                ).pk
            )
        except ValidationError as problem:
            return problem.message_dict["held_from"][0]
        finally:
            connection.close()

    twice, other = uuid4(), uuid4()
    with ThreadPoolExecutor(3) as devices:
        said = list(devices.map(hand_in, (twice, twice, other)))
    kept = str(Activity.objects.get().pk)
    assert said[:2] == [kept] * 2 or said[2] == kept
    assert any("没有重复保存" in one for one in said)
