"""Tag for the page of an enterprise: the organizations that cover it and who leads them."""

from datetime import date
from typing import Any

from django import template

from core.dates import today
from enterprises.models import CoverageLink, Enterprise
from members.posts import CHANGE
from members.secretaries import Secretaries
from organizations.deadlines import words
from organizations.models import LeadershipTerm, PartyOrganization

register = template.Library()


@register.inclusion_tag("members/_leaders.html", takes_context=True)
def covering_leaders(context: dict[str, Any], enterprise: Enterprise, day: date) -> dict[str, Any]:
    """Each covering organization with its secretary, whom a click on the name replaces."""
    user = context["user"]
    links = list(
        CoverageLink.objects.as_of(day)
        .filter(enterprise=enterprise)
        .select_related("organization")
        .order_by("valid_from", "pk")
    )
    organizations = [link.organization_id for link in links]
    secretaries = Secretaries(day, organizations)
    terms = LeadershipTerm.objects.as_of(day).filter(organization__in=organizations)
    left = {term.organization_id: words(term.days_left(day)) for term in terms}
    may_change = user.has_perm(CHANGE) and day == today()
    own = PartyOrganization.objects.visible_to(user).filter(pk__in=organizations)
    seen = set(own.values_list("pk", flat=True))
    return {
        "lines": [
            {
                "link": link,
                "secretary": secretaries.of(link.organization),
                "left": left.get(link.organization_id, ""),
                "is_seen": link.organization_id in seen,
                "may_change": may_change and link.organization_id in seen,
            }
            for link in links
        ]
    }
