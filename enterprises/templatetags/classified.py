"""Tag for pages of enterprises: the building, market, grid and chains they belong to."""

from typing import Any

from django import template

from core.dates import today
from enterprises.models import Enterprise, EnterpriseClassification

register = template.Library()


@register.inclusion_tag("enterprises/_classified.html", takes_context=True)
def classified(context: dict[str, Any], enterprise: Enterprise) -> dict[str, Any]:
    rows = EnterpriseClassification.objects.filter(enterprise=enterprise)
    return {
        "enterprise": enterprise,
        "rows": rows.as_of(today()).select_related("area").order_by("kind", "valid_from"),
        "may_change": context["user"].has_perm("enterprises.change"),
    }
