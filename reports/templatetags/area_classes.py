"""Tag for pages of areas: how many of their enterprises are in which class of coverage."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Count
from django.urls import reverse

from enterprises.models import Enterprise, EnterpriseClassification
from organizations.models import Area
from reports.conditions import CLASSES, POPULATION
from reports.coverage import counted
from reports.parameters import rules_on

register = template.Library()


@dataclass(frozen=True)
class ClassLine:
    label: str
    count: int
    url: str


@register.inclusion_tag("reports/_area_classes.html", takes_context=True)
def area_classes(context: dict[str, Any], area: Area, day: date) -> dict[str, Any]:
    """The enterprises that report under the area, or are classified by it, within the scope."""
    if not (area.is_reporting or area.is_classifying):
        return {}
    seen = Enterprise.objects.visible_to(context["user"])
    if area.is_reporting:
        here, name = seen.filter(reporting_area=area), "area"
    else:
        inside = EnterpriseClassification.objects.as_of(day).filter(area=area)
        here, name = seen.filter(pk__in=inside.values("enterprise")), "group"
    rules = rules_on(day)
    among = counted(day, rules.population, rules).filter(enterprise__in=here)
    conditions = {one.key: Count("pk", filter=one.condition(rules)) for one in CLASSES}
    counts = among.aggregate(counted=Count("pk"), **conditions)
    address = reverse("reports:enterprise_list")
    return {
        "lines": [
            ClassLine(one.label, counts[one.key], _url(address, name, area, coverage=one.key))
            for one in CLASSES
        ],
        "counted": counts["counted"],
        "total": here.count(),
        "url": _url(address, name, area),
        "population": POPULATION[rules.population].label,
    }


def _url(address: str, name: str, area: Area, **more: str) -> str:
    return f"{address}?{urlencode({name: str(area.pk), **more})}"
