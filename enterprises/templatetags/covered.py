"""Tag for pages of organizations: the enterprises that one covers today."""

from typing import Any

from django import template

from core.dates import today
from enterprises.models import CoverageLink
from organizations.models import PartyOrganization

register = template.Library()
SHOWN = 50


@register.inclusion_tag("enterprises/_covered.html", takes_context=True)
def covered_enterprises(context: dict[str, Any], organization: PartyOrganization) -> dict[str, Any]:
    """Those within the reader's scope, the first of them named."""
    links = (
        CoverageLink.objects.visible_to(context["user"])
        .as_of(today())
        .filter(organization=organization)
        .select_related("enterprise__reporting_area")
        .order_by("enterprise__pinyin", "pk")
    )
    return {"links": links[:SHOWN], "total": links.count(), "shown": SHOWN}
