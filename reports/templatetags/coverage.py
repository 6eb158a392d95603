"""Tags that judge facts on pages of the apps below."""

from datetime import date
from typing import Any

from django import template

from enterprises.models import Enterprise
from reports.standing import standing

register = template.Library()


@register.inclusion_tag("reports/_standing.html")
def coverage_card(enterprise: Enterprise, day: date) -> dict[str, Any]:
    """Why the enterprise is counted as it is on that day."""
    found = standing(enterprise, day)
    tone = "ok" if found.is_covered else "attention" if found.populations else "none"
    return {"standing": found, "tone": tone}
