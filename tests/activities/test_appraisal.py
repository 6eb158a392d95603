"""民主评议: one grade a year for each member of that day, and a word when many are excellent."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity, AppraisalResult
from activities.services.appraising import appraise, warning
from members.models import Person
from tests.activities.meeting import YESTERDAY, hold, kinds, make_branch, minutes
from tests.builders import make_person
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(world: World) -> list[Person]:
    return make_branch(world.own_branch)


@pytest.fixture
def meeting(world: World, people: list[Person]) -> Activity:
    given = minutes(people, kinds=kinds("life_meeting", "appraisal"))
    return hold(world.own_branch, given, world.secretary)


def found(meeting: Activity) -> dict[int, str]:
    return dict(meeting.appraisals.values_list("person", "grade"))


def test_results_stand_by_member_and_can_be_corrected(
    meeting: Activity, people: list[Person]
) -> None:
    first, second, third = (one.pk for one in people[:3])
    appraise(actor=None, activity=meeting, grades={first: "excellent", second: "good", third: ""})
    assert found(meeting) == {first: "excellent", second: "good"}
    appraise(actor=None, activity=meeting, grades={first: "good", third: "basic"})
    assert found(meeting) == {first: "good", third: "basic"}


def test_only_members_of_that_day_are_appraised(world: World, meeting: Activity) -> None:
    stranger = make_person("外来", home=world.own_branch)
    with pytest.raises(ValidationError) as refused:
        appraise(actor=None, activity=meeting, grades={stranger.pk: "good"})
    assert refused.value.message_dict == {
        f"grade_{stranger.pk}": ["此人会议当日不是这个支部的党员。"]
    }


def test_a_member_is_appraised_once_a_year(
    world: World, meeting: Activity, people: list[Person]
) -> None:
    appraise(actor=None, activity=meeting, grades={people[0].pk: "good"})
    later = minutes(people, kinds=kinds("appraisal"), held_from=time(17), held_to=time(18))
    again = hold(world.own_branch, later)
    with pytest.raises(ValidationError, match=f"{YESTERDAY.year}年度已在另一次会议中评议"):
        appraise(actor=None, activity=again, grades={people[0].pk: "excellent"})
    assert AppraisalResult.objects.get().grade == "good"


def test_a_meeting_of_another_kind_has_no_results(world: World, people: list[Person]) -> None:
    other = hold(world.own_branch, minutes(people), world.secretary)
    with pytest.raises(ValidationError, match="只有已召开的民主评议党员会议"):
        appraise(actor=None, activity=other, grades={people[0].pk: "good"})
    assert desk(world.secretary).get(f"/meetings/{other.pk}/appraisal").status_code == 404


def test_more_than_a_third_excellent_is_said_with_its_source(
    meeting: Activity, people: list[Person]
) -> None:
    def said(excellent: int) -> str:
        grades = {
            one.pk: "excellent" if place < excellent else "good" for place, one in enumerate(people)
        }
        return warning(appraise(actor=None, activity=meeting, grades=grades), YESTERDAY)

    assert said(2) == ""
    assert said(3) == (
        "评为优秀的37.5%（3/8），超过33%，请核实。"
        "依据：县级口径：优秀等次一般掌握在参评党员的三分之一以内"
    )


def test_the_secretary_writes_the_results_down_on_one_page(
    world: World, meeting: Activity, people: list[Person]
) -> None:
    client, url = desk(world.secretary), f"/meetings/{meeting.pk}/appraisal"
    assert client.get(url).content.decode().count("未参加评议") == len(people)
    grades = {f"grade_{one.pk}": "excellent" for one in people}
    page = client.post(url, grades, follow=True).content.decode()
    assert "已登记8名党员的评议结果。" in page
    assert "超过33%，请核实" in page
    assert "民主评议结果" in client.get(f"/meetings/{meeting.pk}/print").content.decode()
    assert desk(world.west_officer).get(url).status_code == 404
