"""The statement over all branches says the same as the rules say of each one."""

from datetime import date, time, timedelta
from random import Random

import pytest

from activities.branch_year import branch_year
from activities.duties import Outcome
from activities.models import Activity, ActivityKind, Duty, PartyGroup
from activities.year import Tally, cells, rules_of, totals
from members.models import LeadershipPost, PostKind
from organizations.models import OrganizationPeriod, PartyOrganization
from tests.builders import LONG_AGO, make_organization, make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 20)


def scatter(seed: int) -> list[PartyOrganization]:
    """Branches of every sort with meetings of every sort."""
    dice = Random(seed)
    branches = [_branch(dice, number) for number in range(10)]
    meetings = Activity.objects.bulk_create(
        _meeting(dice, branch, hour) for branch in branches for hour in range(8, 20)
    )
    kinds = list(ActivityKind.objects.filter(official_order__lte=70))
    links = Activity.kinds.through
    links.objects.bulk_create(
        links(activity=meeting, activitykind=kind)
        for meeting in meetings
        for kind in dice.sample(kinds, 2)
    )
    return branches


def _branch(dice: Random, number: int) -> PartyOrganization:
    since = date(2025, 12, 1) + timedelta(dice.choice((0, 0, 0, 31, 40, 150)))
    branch = make_organization(
        f"支部{number}",
        since=since,
        abolished_on=dice.choice((None, None, date(2026, 6, 30), date(2026, 7, 1))),
        nature=dice.choice(("regular", "regular", "mobile", "temporary")),
    )
    person = make_person(f"赵{number}", home=branch)
    if dice.random() < 0.6:
        middle = date(2026, 3, 10)
        for first, end in ((LONG_AGO, middle), (middle + timedelta(dice.choice((0, 1))), None)):
            LeadershipPost.objects.create(
                person=person,
                organization=branch,
                kind=PostKind.MEMBER,
                valid_from=first,
                valid_to=end,
            )
    if dice.random() < 0.5:
        PartyGroup.objects.create(organization=branch, name="一组", valid_from=since)
    return branch


def _meeting(dice: Random, branch: PartyOrganization, hour: int) -> Activity:
    on = date(2026, 1, 1) + timedelta(dice.randrange(230))
    return Activity(
        organization=branch,
        title="会议",
        held_on=on,
        held_from=time(hour),
        held_to=time(hour + 1),
        recorded_on=on + timedelta(dice.choice((0, 3, 30))),
        state=dice.choice(("submitted", "accepted", "locked", "returned")),
    )


def test_the_statement_counts_as_the_rules_say() -> None:
    branches = scatter(seed=1)
    Duty.objects.filter(kind__key="lecture").update(times=2)
    rules = rules_of(2026)
    found = totals(PartyOrganization.objects.all(), rules, 2026, DAY)
    monthly = cells([branch.pk for branch in branches], rules, 2026, DAY)

    for branch in branches:
        year = branch_year(branch, 2026, DAY)
        told: dict[int, Tally] = {}
        for cell in year.cells():
            if cell.outcome in {Outcome.NOT_REQUIRED, Outcome.AHEAD}:
                continue
            told.setdefault(cell.period.last.month, Tally()).take(
                over=cell.period.last < DAY,
                owed=1,
                done=cell.outcome.is_done,
                added=cell.outcome is Outcome.ADDED,
            )
        assert monthly.get(branch.pk, {}) == told
        assert found.branches.get(branch.pk, Tally()) == sum(told.values(), Tally())
        assert found.branches.get(branch.pk, Tally()).rate == year.rate
    assert found.whole == sum(found.months.values(), Tally())
    assert found.whole.added
    assert found.whole.late


def test_a_period_with_another_name_stays_one_branch() -> None:
    branch = make_organization("东岭支部")
    first = OrganizationPeriod.objects.get(organization=branch)
    first.valid_to = date(2026, 2, 14)
    first.save()
    OrganizationPeriod.objects.create(
        organization=branch, name="东岭新支部", kind="branch", valid_from=date(2026, 2, 14)
    )

    found = cells([branch.pk], rules_of(2026), 2026, DAY)

    assert found[branch.pk][2].owed == 1
    assert found[branch.pk][3].owed == 3
