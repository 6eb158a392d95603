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
    _tell(plans, f"opened {day}", "新列入应建未建企业 {} 家，请制定组建计划", "state=identified")


def tell_taken_up(plans: Iterable[FormationPlan]) -> None:
    """The unit that is to build learns what was planned for it."""
    plans = list(plans)
    if plans:
        _tell(plans, f"taken {plans[0].pk}", "新安排组建计划 {} 家", "state=planned")


def remind(day: date) -> None:
    """Once a week while plans of a unit are overdue."""
    year, week, _ = day.isocalendar()
    plans = FormationPlan.objects.overdue(day).select_related("unit")
    _tell(plans, f"overdue {year}-{week}", "{} 家企业的组建计划已经逾期", "overdue=true")


def _tell(plans: Iterable[FormationPlan], key: str, title: str, query: str) -> None:
    """The users of each responsible unit, or else of the one above it."""
    holders = audience.holders(PERMISSION)
    for unit, number in _by_unit(plans).items():
        notify(
            audience.nearest(holders, unit.path),
            kind=MessageKind.ACTION,
            title=title.format(number),
            url=f"{reverse('enterprises:formation_list')}?{query}&unit={unit.pk}",
            key=f"formation {unit.pk} {key}",
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
