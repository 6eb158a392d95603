"""联席会议: owed each quarter by who answers for the county, told on my work and the check-up."""

from datetime import date, time

import pytest

from activities.branch_year import branch_year
from activities.deadlines import due
from activities.duties import Outcome
from activities.models import Activity, Duty
from organizations.models import PartyOrganization
from tests.activities.meeting import kinds
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = date(2025, 8, 1)
LATE, DUE, AHEAD, DONE = Outcome.LATE, Outcome.DUE, Outcome.AHEAD, Outcome.DONE


def joint(organization: PartyOrganization, on: date) -> None:
    row = Activity.objects.create(
        organization=organization,
        title="联席会议",
        held_on=on,
        held_from=time(9),
        held_to=time(10),
        recorded_on=on,
        state="accepted",
    )
    row.kinds.set(kinds("joint_meeting"))


def test_the_county_owes_one_a_quarter_and_nothing_else(world: World) -> None:
    joint(world.county_committee, date(2025, 2, 3))
    joint(world.east_committee, date(2025, 5, 3))  # a township's own is not the county's
    (line,) = branch_year(world.county_committee, DAY.year, DAY).lines
    assert line.rule.name == "联席会议"
    assert [cell.outcome for cell in line.cells] == [DONE, LATE, DUE, AHEAD]
    for other in (world.east_committee, world.own_branch):
        rules = [one.rule.key for one in branch_year(other, DAY.year, DAY).lines]
        assert "joint_meeting" not in rules


def test_a_county_may_end_the_rule(world: World) -> None:
    Duty.objects.filter(kind__key="joint_meeting").update(valid_to=date(2025, 4, 1))
    (line,) = branch_year(world.county_committee, DAY.year, DAY).lines
    assert [cell.outcome for cell in line.cells[1:]] == [Outcome.NOT_REQUIRED] * 3


def test_whoever_answers_is_told_of_the_missing_quarter(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("activities.deadlines", "activities.views.checkup"):
        monkeypatch.setattr(f"{module}.today", lambda: DAY)
    until = date(2025, 9, 30)
    said = [(one.on, one.what) for one in due(world.clerk, until) if "联席会议" in one.what]
    assert said == [
        (date(2025, 3, 31), "2025年第一季度联席会议没有记录"),
        (date(2025, 6, 30), "2025年第二季度联席会议没有记录"),
        (until, "2025年第三季度联席会议没有记录"),
    ]
    joint(world.county_committee, date(2025, 6, 3))
    assert sum("联席会议" in one.what for one in due(world.clerk, DAY)) == 1
    for other in (world.east_officer, world.secretary, world.leader, world.outsider):
        told = [one for one in due(other, until) if "联席会议" in one.what]
        assert all(world.county_committee.name not in one.subject for one in told)
    page = desk(world.clerk).get(f"/duties/{world.county_committee.pk}/check").content.decode()
    assert "应完成2期，已完成1期，共1次" in page
