"""Tells the users of a responsible unit what waits in its queue, and what falls due there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse

from core.deadlines import Deadline
from core.models import MessageKind
from core.notices import notify
from core.validity import valid_on
from enterprises.models import FormationPlan
from organizations.models import PartyOrganization

PERMISSION = "enterprises.formation"
SHOWN = 100


def tell_opened(plans: Iterable[FormationPlan], day: date) -> None:
    """One message a day for each unit with new plans."""
    for unit, number in _by_unit(plans).items():
        notify(
            users_of(unit, day),
            kind=MessageKind.ACTION,
            title=f"新列入应建未建企业 {number} 家，请制定组建计划",
            url=f"{reverse('enterprises:formation_list')}?state=identified&unit={unit.pk}",
            key=f"formation opened {unit.pk} {day}",
        )


def remind(day: date) -> None:
    """Once a week while plans of a unit are overdue."""
    year, week, _ = day.isocalendar()
    plans = FormationPlan.objects.overdue(day).select_related("unit")
    for unit, number in _by_unit(plans).items():
        notify(
            users_of(unit, day),
            kind=MessageKind.ACTION,
            title=f"{number} 家企业的组建计划已经逾期",
            url=f"{reverse('enterprises:formation_list')}?overdue=true&unit={unit.pk}",
            key=f"formation overdue {unit.pk} {year}-{week}",
        )


def _by_unit(plans: Iterable[FormationPlan]) -> Counter[PartyOrganization]:
    return Counter(plan.unit for plan in plans if plan.unit is not None)


def users_of(unit: PartyOrganization, day: date) -> list[Any]:
    """Users who hold a post at the unit on the day and may work on plans."""
    users = get_user_model()._default_manager.filter(
        valid_on(day, "grants__"), is_active=True, grants__organization=unit
    )
    return [user for user in users.distinct().order_by("pk") if user.has_perm(PERMISSION)]


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
