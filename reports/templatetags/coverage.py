"""Tags that judge facts on pages of the apps below."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from enterprises.models import Enterprise
from reports.conditions import Named
from reports.formation.situation import advice_on
from reports.indicators import Side
from reports.standing import Standing, standing

register = template.Library()
INDICATOR = "organization_coverage"


@register.inclusion_tag("reports/_standing.html", takes_context=True)
def coverage_card(context: dict[str, Any], enterprise: Enterprise, day: date) -> dict[str, Any]:
    """Why the enterprise is counted as it is on that day."""
    found = standing(enterprise, day)
    tone = "ok" if found.is_covered else "attention" if found.populations else "none"
    links = [(one.label, _list_behind(found, one, context["user"])) for one in found.counted_in]
    return {
        "standing": found,
        "tone": tone,
        "populations": links,
    }


def _list_behind(found: Standing, population: Named, user: Any) -> str:
    """The list in which the enterprise is counted or missed, for whoever sees the whole unit."""
    if found.area is None or not (user.scope.subtrees and user.has_perm("reports.view")):
        return ""
    side = Side.NUMERATOR if found.is_covered else Side.GAP
    asked = {
        "area": found.area.code,
        "as_of": found.as_of.isoformat(),
        "population": population.key,
        "side": side.value,
    }
    return f"{reverse('reports:board_list', args=[INDICATOR])}?{urlencode(asked)}"


@register.inclusion_tag("reports/formation/_advice.html")
def formation_advice(enterprise: Enterprise, day: date) -> dict[str, Any]:
    """In which way the enterprise should get its organization, why and by which document."""
    return {"advice": advice_on(enterprise, day), "day": day}
