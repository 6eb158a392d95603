"""Unfinished plans that name a leaver go to the successor with the leaver's other work."""

from typing import Any

from core.dates import today
from core.handover import Work, register
from enterprises.formation.services import plan_formation
from enterprises.models import FormationPlan

REASON = "工作交接"


def _plans(user: Any) -> list[FormationPlan]:
    """Plans within the user's scope that name the user as the person who acts."""
    plans = FormationPlan.objects.visible_to(user).unfinished().filter(person=user.full_name)
    return list(plans.select_related("enterprise"))


def _titles(user: Any) -> list[str]:
    return [str(plan.enterprise) for plan in _plans(user)]


def _move(leaver: Any, successor: Any, actor: Any) -> list[str]:
    titles, plans = _titles(leaver), _plans(leaver)
    plan_formation(actor=actor, plans=plans, on=today(), reason=REASON, person=successor.full_name)
    return titles


def register_work() -> None:
    register(Work("组建计划", _titles, _move))
