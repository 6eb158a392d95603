"""Meetings through the API: within scope, refused with the words of the page, never twice."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache

from activities.models import Activity
from core.dates import today
from tests.activities.meeting import YESTERDAY, hold, make_branch, minutes
from tests.api.test_api import caller
from tests.world import PARK, World

pytestmark = pytest.mark.django_db
URL = "/api/v1/activities"


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_calls() -> None:
    cache.clear()


def record(world: World, **facts: Any) -> dict[str, Any]:
    people = make_branch(world.own_branch, 3)
    came = [{"person": one.pk, "came": True} for one in people[:2]]
    away = {"person": people[2].pk, "came": False, "reason": "travel"}
    return {
        "organization": world.own_branch.code,
        "token": str(uuid4()),
        "kinds": ["member_meeting"],
        "title": "学习上级会议精神",
        "held_on": YESTERDAY.isoformat(),
        "held_from": "15:00",
        "held_to": "16:30",
        "attendances": [*came, away],
        "decisions": [{"text": "接收预备党员", "kind": "vote", "ayes": 2}],
        **facts,
    }


def send(client: Any, sent: dict[str, Any]) -> Any:
    return client.post(URL, sent, content_type="application/json")


def test_a_meeting_is_recorded_once_and_read_within_scope(world: World) -> None:
    sent, client = record(world), caller(world.secretary)
    made = [send(client, sent) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    row = made[1].json()
    assert Activity.objects.get().pk == row["id"]
    assert (row["state"], row["expected"], row["came"], row["voters"]) == ("submitted", 3, 2, 2)
    said = {one["name"]: (one["status"], one["reason"]) for one in row["attendances"]}
    assert said[f"{PARK}丙"] == ("leave", "travel")
    assert row["decisions"][0]["ayes"] == 2

    upper = caller(world.park_officer).get(f"{URL}?kind=member_meeting&state=submitted").json()
    assert [one["id"] for one in upper["results"]] == [row["id"]]
    assert "content" not in upper["results"][0]
    assert caller(world.west_officer).get(f"{URL}/{row['id']}").status_code == 404
    assert caller(world.west_officer).get(URL).json()["results"] == []


@pytest.mark.parametrize(
    ("facts", "field", "says"),
    [
        ({"held_on": (today() + timedelta(days=1)).isoformat()}, "held_on", "不能晚于今天"),
        ({"held_to": "15:00"}, "held_to", "结束时间应晚于开始时间。"),
        ({"kinds": ["nonsense"]}, "kinds", "nonsense"),
        ({"attendances": [{"person": 987654, "came": True}]}, "attendances", "不在"),
        ({"decisions": [{"text": "选举", "kind": "vote"}]}, "decisions", "赞成票数"),
        ({"decisions": [{"text": "办事"}] * 21}, "decisions", "最多登记20项"),
        ({"organization": "别处"}, "organization", "不在您的范围内"),
    ],
)
def test_what_the_page_refuses_is_refused_at_its_field(
    world: World, facts: dict[str, Any], field: str, says: str
) -> None:
    answer = send(caller(world.secretary), record(world, **facts))
    assert answer.status_code == 400
    fields = answer.json()["error"]["fields"]
    assert list(fields) == [field]
    assert says in fields[field][0]
    assert not Activity.objects.exists()


def test_writing_asks_for_the_right_and_for_a_token_that_may(world: World) -> None:
    sent = record(world)
    assert send(caller(world.secretary, "activities"), sent).status_code == 403
    assert send(caller(world.leader), sent).status_code == 403
    assert send(caller(world.west_officer), sent).status_code == 400
    assert not Activity.objects.exists()


def test_more_meetings_take_no_more_statements(
    world: World, django_assert_max_num_queries: Any
) -> None:
    people, client = make_branch(world.own_branch, 2), caller(world.clerk)
    for day in range(1, 6):
        hold(world.own_branch, minutes(people, held_on=today() - timedelta(days=day)))
    client.get(URL)
    with django_assert_max_num_queries(5):
        assert len(client.get(URL).json()["results"]) == 5
