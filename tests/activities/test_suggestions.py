"""合理化建议: made to an enterprise of the branch, answered once, counted by day."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from activities.models import Suggestion
from activities.services.suggesting import answer_suggestion, suggest
from core.dates import today
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 2)


def made(world: World, **facts: Any) -> Suggestion:
    given = {
        "organization": world.own_branch,
        "enterprise": None,
        "proposer": "焊接班组",
        "made_on": MARCH,
        "text": "余热用于烘干",
    }
    return suggest(actor=world.secretary, **{**given, **facts})


def test_the_only_enterprise_of_a_branch_need_not_be_named(world: World) -> None:
    assert made(world).enterprise == world.own
    assert made(world, organization=world.joint_branch).enterprise is None
    with pytest.raises(ValidationError) as refused:
        made(world, enterprise=world.joint)
    assert refused.value.message_dict == {"enterprise": [f"这家企业在{MARCH}不由这个党组织覆盖。"]}


def test_an_answer_is_not_earlier_than_the_suggestion(world: World) -> None:
    one = made(world, made_on=APRIL)
    facts: dict[str, Any] = {"actor": None, "suggestion": one, "answer": "adopted", "outcome": ""}
    with pytest.raises(ValidationError) as refused:
        answer_suggestion(answered_on=MARCH, **facts)
    assert refused.value.message_dict == {"answered_on": ["答复日期不能早于提出日期。"]}
    answered = answer_suggestion(answered_on=APRIL, **facts)
    assert answered.is_adopted_by(APRIL)
    assert not answered.is_adopted_by(MARCH)


def test_the_branch_records_puts_right_and_answers_on_its_pages(world: World) -> None:
    client = desk(world.secretary)
    facts = {"text": "改进排班", "proposer": "张三", "made_on": str(MARCH), "enterprise": ""}
    assert "已登记建议。" in client.post("/suggestions/new", facts, follow=True).content.decode()
    one = Suggestion.objects.get()
    url = f"/suggestions/{one.pk}"
    client.post(f"{url}/edit", {**facts, "proposer": "张三、李四"})
    given = {"answer": "adopted", "answered_on": str(today()), "outcome": "下月起执行"}
    page = client.post(f"{url}/answer", given, follow=True).content.decode()
    assert "张三、李四" in page
    assert "下月起执行" in page
    assert "改进排班" in client.get("/suggestions/?answer=adopted").content.decode()
    assert "改进排班" not in client.get("/suggestions/?answer=open").content.decode()
    assert desk(world.west_officer).get(url).status_code == 404
