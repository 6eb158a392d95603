"""What a new record proposes: meetings still owed, and what falls due for the agenda."""

from datetime import date, time, timedelta

import pytest
from django.test import Client

from activities.models import ActivityKind
from activities.owing import owed
from core.dates import today
from members.models import DevelopmentCase
from organizations.models import LeadershipTerm
from tests.activities.meeting import SINCE, hold, make_branch, minutes
from tests.activities.meeting import kinds as of_kinds
from tests.builders import make_organization, make_person
from tests.world import build_world

pytestmark = pytest.mark.django_db
DAY = today()


def test_what_is_owed_shrinks_with_each_meeting() -> None:
    branch = make_organization("东岭支部")
    people = make_branch(branch)
    before = {cell.rule.key for cell in owed(branch, DAY).due}

    held = of_kinds(*before)
    given = minutes(people, kinds=held, held_on=DAY, held_from=time(0), held_to=time(0, 30))
    hold(branch, given)
    after = owed(branch, DAY)

    assert before == {"member_meeting", "theme_day", "lecture", "life_meeting", "appraisal", "talk"}
    assert after.due == ()


def test_the_agenda_names_probation_activists_and_the_election() -> None:
    branch = make_organization("东岭支部")
    newest = make_branch(branch)[-1].party_member
    newest.probation_until = DAY + timedelta(days=10)
    newest.save()
    DevelopmentCase.objects.create(
        person=make_person("钱进", home=branch),
        organization=branch,
        stage="activist",
        next_code="review",
        next_by=DAY + timedelta(days=5),
    )
    LeadershipTerm.objects.create(
        organization=branch, number=2, valid_from=SINCE, years=3, expires_on=DAY + timedelta(90)
    )

    found = [(topic.text, topic.kind) for topic in owed(branch, DAY).topics]

    assert found == [
        (f"讨论预备党员{newest}转正", "member_meeting"),
        ("研究入党积极分子钱进的半年考察", "committee_meeting"),
        ("研究支部换届选举", "member_meeting"),
    ]


def test_far_off_days_are_not_on_the_agenda() -> None:
    branch = make_organization("东岭支部")
    newest = make_branch(branch)[-1].party_member
    newest.probation_until = date(DAY.year + 2, 1, 1)
    newest.save()

    assert owed(branch, DAY).topics == ()


def test_a_new_record_opens_with_what_is_owed(client: Client) -> None:
    world = build_world()
    client.force_login(world.secretary)
    kind = ActivityKind.objects.get(key="theme_day")

    page = client.get("/meetings/new", {"kind": "theme_day", "topic": "重温入党誓词"})
    text = page.content.decode()

    assert "还差：主题党日 1 次" in text
    assert 'value="重温入党誓词"' in text
    assert page.context["form"].values["kinds"] == [str(kind.pk)]
