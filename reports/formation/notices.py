"""Tells the users of a responsible unit, or of the one above, what waits and what falls due."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from core.deadlines import Deadline
from core.models import MessageKind
from core.notices import notify
from enterprises.models import FormationPlan
from organizations import audience
from organizations.models import PartyOrganization

PERMISSION = "enterprises.formation"
SHOWN = 100


def tell_opened(plans: Iterable[FormationPlan], day: date) -> None:
    """One message a day for each unit with new plans."""
    holders = audience.holders(PERMISSION)
    for unit, number in _by_unit(plans).items():
        notify(
            audience.nearest(holders, unit.path),
            kind=MessageKind.ACTION,
            title=f"新列入应建未建企业 {number} 家，请制定组建计划",
            url=f"{reverse('enterprises:formation_list')}?state=identified&unit={unit.pk}",
            key=f"formation opened {unit.pk} {day}",
        )


def remind(day: date) -> None:
    """Once a week while plans of a unit are overdue."""
    year, week, _ = day.isocalendar()
    plans = FormationPlan.objects.overdue(day).select_related("unit")
    holders = audience.holders(PERMISSION)
    for unit, number in _by_unit(plans).items():
        notify(
            audience.nearest(holders, unit.path),
            kind=MessageKind.ACTION,
            title=f"{number} 家企业的组建计划已经逾期",
            url=f"{reverse('enterprises:formation_list')}?overdue=true&unit={unit.pk}",
            key=f"formation overdue {unit.pk} {year}-{week}",
        )


def _by_unit(plans: Iterable[FormationPlan]) -> Counter[PartyOrganization]:
    return Counter(plan.unit for plan in plans if plan.unit is not None)


def deadlines(user: Any, until: date) -> Iterator[Deadline]:
    """Plans within the user's scope by the day on which the organization is to stand."""
    if not user.has_perm(PERMISSION):
        return
    plans = FormationPlan.objects.visible_to(user).unfinished().filter(planned_on__lte=until)
    for plan in plans.select_related("enterprise").order_by("planned_on", "pk")[:SHOWN]:
        assert plan.planned_on is not None
        yield Deadline(
            plan.planned_on,
            plan.enterprise.name,
            f"组建党组织（{plan.get_state_display()}）",
            plan.get_absolute_url(),
        )
