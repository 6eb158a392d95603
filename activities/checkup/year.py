"""The organization life of the year up to the day: duties, records, what was decided."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from activities.branch_year import Line, branch_year
from activities.checkup.result import ORGANIZER, SECRETARY, Check, Verdict, none_open
from activities.duties import completion
from activities.models import Activity, ActivityDecision, ActivityState
from activities.study import members_of, studies
from organizations.models import PartyOrganization


def of_year(organization: PartyOrganization, day: date) -> Iterator[Check]:
    url = f"{reverse('activities:branch_year', args=[organization.pk])}?year={day.year}"
    for line in branch_year(organization, day.year, day).lines:
        yield _duty(line, url, day)
    yield from _study(organization, day)
    returned = Activity.objects.filter(organization=organization, state=ActivityState.RETURNED)
    meetings = reverse("activities:activity_list")
    yield none_open("会议记录", returned.count(), "退回未改{}份", meetings, ORGANIZER)
    tasks = ActivityDecision.objects.filter(
        activity__organization=organization, done_on=None, due_on__lt=day
    )
    yield none_open("会议决定事项", tasks.count(), "逾期未完成{}件", meetings, SECRETARY)


def _duty(line: Line, url: str, day: date) -> Check:
    """Periods that are over count; before the first is over nothing can be said."""
    rate = completion([(cell.period, cell.outcome) for cell in line.cells], day)
    held = sum(len(cell.deeds) for cell in line.cells)
    if not rate.denominator:
        found = f"已开展{held}次，周期未满"
        return Check(line.rule.name, Verdict.AHEAD, found, url, SECRETARY)
    met = rate.numerator == rate.denominator
    found = f"应完成{rate.denominator}期，已完成{rate.numerator}期，共{held}次"
    verdict = Verdict.MET if met else Verdict.OPEN
    return Check(line.rule.name, verdict, found, url, SECRETARY)


def _study(organization: PartyOrganization, day: date) -> Iterator[Check]:
    """Whether the members have the hours of the year; before it is over nothing can be said."""
    own = members_of([organization.pk], day).get(organization.pk, [])
    if not own:
        return
    short = sum(1 for one in studies(own, day).values() if one.missing)
    found = f"{len(own) - short}人达到全年学时，{short}人还不够"
    is_over = (day.month, day.day) == (12, 31)
    verdict = Verdict.MET if not short else Verdict.OPEN if is_over else Verdict.AHEAD
    yield Check(
        "党员学时", verdict, found, f"{organization.get_absolute_url()}?tab=study", SECRETARY
    )
