"""Who convenes joint meetings: the committees that answer for a county."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from activities.duties import Applies, Branch, Deed, Outcome, Rule, Span, outcome, slots
from activities.models import Activity
from activities.year import all_rules
from core.periods import Period
from organizations.models import Area, AreaKind, AreaResponsibility, PartyOrganization


def conveners(user: Any, day: date) -> QuerySet[PartyOrganization]:
    """Those within the user's scope."""
    counties = Area.objects.filter(kind=AreaKind.COUNTY, closed_on=None)
    seen: QuerySet[PartyOrganization] = PartyOrganization.objects.visible_to(user).existing(day)
    return seen.filter(pk__in=counties.values("committee"))


def convening_spans(organization: PartyOrganization) -> tuple[Span, ...]:
    """When it answered for a county; where that was never recorded, since it was set up."""
    rows = AreaResponsibility.objects.filter(organization=organization, area__kind=AreaKind.COUNTY)
    if recorded := tuple(Span(row.valid_from, row.valid_to) for row in rows):
        return recorded
    counties = Area.objects.filter(committee=organization, kind=AreaKind.COUNTY, closed_on=None)
    return (Span(organization.established_on or date.min),) if counties.exists() else ()


def missing(organization: PartyOrganization, day: date) -> list[tuple[Rule, Period]]:
    """The periods of the year that are over or run and have no such meeting yet."""
    branch = Branch((), convenes=convening_spans(organization))
    rules = [rule for rule in all_rules(day.year) if rule.applies is Applies.CONVENER]
    held = (
        Activity.objects.filter(organization=organization, kinds__in=[one.kind for one in rules])
        .counted()
        .held_between(day.replace(month=1, day=1), day)
        .values_list("kinds", "held_on", "recorded_on", "pk")
    )
    deeds = [Deed(*row) for row in held]
    return [
        (rule, period)
        for rule, period in slots(rules, day.year)
        if outcome(rule, period, branch, deeds, day=day, grace=0) in {Outcome.DUE, Outcome.LATE}
    ]
