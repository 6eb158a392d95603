"""The places of an organization and their last checks."""

from collections.abc import Iterator
from datetime import date

from activities.checkup.result import SECRETARY, SUPERIOR, Check, Verdict, recorded
from core.validity import valid_on
from organizations.models import PartyOrganization, Site, SiteCheck, SiteStage


def of_sites(organization: PartyOrganization, day: date) -> Iterator[Check]:
    url = f"{organization.get_absolute_url()}?tab=sites"
    sites = Site.objects.filter(
        valid_on(day), organization=organization, stage=SiteStage.IN_USE
    ).order_by("name", "pk")
    names = "、".join(site.name for site in sites)
    yield recorded("活动阵地", names, "没有登记启用的阵地", url, SECRETARY)
    if names:
        yield _check(list(sites), url, day)


def _check(sites: list[Site], url: str, day: date) -> Check:
    """The latest check of each place; one whose next check is past is open."""
    rows = SiteCheck.objects.filter(site__in=sites, checked_on__lte=day)
    latest = {row.site_id: row for row in rows.order_by("checked_on", "pk")}
    if len(latest) < len(sites):
        missing = len(sites) - len(latest)
        return Check("阵地检查", Verdict.UNKNOWN, f"未检查{missing}处", url, SUPERIOR)
    found = "、".join(f"{row.checked_on}达标{row.result}项" for row in latest.values())
    met = all(
        row.is_passed and (row.next_check_on is None or row.next_check_on >= day)
        for row in latest.values()
    )
    return Check("阵地检查", Verdict.MET if met else Verdict.OPEN, found, url, SUPERIOR)
