"""A secretary whose session ends while the record is typed hands it in after signing in again."""

import re
from html import unescape

import pytest

from accounts.models import UserSession
from activities.models import Activity, ActivityState
from tests.accounts.test_kept import come_back, sealed_in, signed_in
from tests.activities.meeting import fields, key, make_branch
from tests.world import World

pytestmark = pytest.mark.django_db


def test_an_idle_end_in_mid_typing_keeps_the_record(world: World) -> None:
    make_branch(world.own_branch)
    client = signed_in(world.secretary)
    page = client.get("/meetings/new")
    typed = fields(page, kinds=[key("member_meeting")], title="民主生活会前学习", act="submit")
    UserSession.objects.all().delete()

    refused = client.post("/meetings/new", typed)
    assert refused.status_code == 401
    assert not Activity.objects.exists()

    offered = come_back(client, world.secretary, sealed_in(refused))
    assert "民主生活会前学习" in offered
    pairs = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', offered)
    again = {name: unescape(value) for name, value in pairs}
    assert client.post("/meetings/new", again).status_code == 302
    record = Activity.objects.get()
    assert (record.title, record.state) == ("民主生活会前学习", ActivityState.SUBMITTED)
    assert record.came == record.expected == 8
