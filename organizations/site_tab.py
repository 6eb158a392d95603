"""The tab 阵地与评定 on the page of an organization: what held on the day of the page."""

from typing import Any

from core.templatetags.ui import day as day_text
from organizations.models import DemonstrationPoint, Rating, Rectification, Site
from organizations.site_facts import CHANGE, RATE, counting, with_check
from organizations.tabs import Brief, Tab, Visit, register_tab

SHOWN = 30


def register() -> None:
    """Called from AppConfig.ready."""
    register_tab(
        Tab(
            "sites", "阵地与评定", "organizations/_sites_tab.html", _provide, order=60, brief=_brief
        )
    )


def _sites(visit: Visit) -> Any:
    sites = Site.objects.visible_to(visit.user).as_of(visit.day)
    return with_check(sites.filter(organization=visit.organization), visit.day)


def _points(visit: Visit) -> Any:
    points = DemonstrationPoint.objects.visible_to(visit.user).as_of(visit.day)
    return points.filter(organization=visit.organization)


def _ratings(visit: Visit) -> Any:
    """The star history up to the day, the latest first."""
    ratings = Rating.objects.visible_to(visit.user).filter(
        organization=visit.organization, confirmed_on__lte=visit.day
    )
    return ratings.select_related("scheme").order_by("-confirmed_on", "-pk")


def _provide(visit: Visit) -> dict[str, Any]:
    tasks = Rectification.objects.visible_to(visit.user).filter(
        organization=visit.organization, opened_on__lte=visit.day
    )
    ratings = list(_ratings(visit)[:SHOWN])
    pending = Rating.objects.visible_to(visit.user).filter(
        organization=visit.organization, confirmed_on=None
    )
    return {
        "organization": visit.organization,
        "sites": _sites(visit),
        "points": _points(visit),
        "ratings": ratings,
        "in_force": set(counting(_ratings(visit), visit.day).values_list("pk", flat=True)),
        "pending": pending.select_related("scheme")[:SHOWN],
        "tasks": tasks.select_related("criterion").order_by("-opened_on", "pk")[:SHOWN],
        "may_change": visit.user.has_perm(CHANGE),
        "may_rate": visit.user.has_perm(RATE),
    }


def _brief(visit: Visit) -> Brief:
    rows = [
        (
            site.name,
            "未检查" if site.item_count is None else f"{site.met_count}/{site.item_count}",
            day_text(site.checked_on),
        )
        for site in _sites(visit)
    ]
    return Brief("阵地与六有", ("阵地名称", "六有", "检查日期"), tuple(rows), len(rows))
