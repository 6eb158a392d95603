"""Tag for the page of an enterprise: its instructors, and the way to the card of a visit."""

from typing import Any

from django import template

from core.dates import today
from enterprises.models import Enterprise
from members.guidance import guidance_on
from members.models import InstructorAssignment

register = template.Library()
SHOWN = 10


@register.inclusion_tag("members/_guides.html", takes_context=True)
def guides(context: dict[str, Any], enterprise: Enterprise) -> dict[str, Any]:
    """The latest terms, those in post first."""
    day = today()
    terms = (
        InstructorAssignment.objects.visible_to(context["user"])
        .filter(enterprise=enterprise)
        .with_rhythm(day, guidance_on(day).visit_months)
        .select_related("instructor__person", "sender")
        .order_by("-valid_from", "pk")
    )
    return {"terms": terms[:SHOWN], "day": day}
