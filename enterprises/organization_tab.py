"""The enterprises that an organization covers: on its page, in the tree and on its printed card."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet

from core.templatetags.ui import day as shown_day
from enterprises.models import CoverageLink
from organizations.models import PartyOrganization
from organizations.tabs import Brief, Tab, Visit, number_of, register_count, register_tab
from organizations.tabs import Count as TreeCount

PER_PAGE, ON_CARD = 50, 8


def register() -> None:
    register_tab(
        Tab(
            "coverage",
            "覆盖企业",
            "enterprises/_covered.html",
            _provide,
            permission="enterprises.view",
            order=20,
            brief=_brief,
        )
    )
    register_count(TreeCount("coverage", "覆盖企业", _each, _total, tab="coverage"))


def _links(visit: Visit) -> QuerySet[CoverageLink]:
    """Those that hold on the day and that the reader may see."""
    links: QuerySet[CoverageLink] = (
        CoverageLink.objects.visible_to(visit.user)
        .as_of(visit.day)
        .filter(organization=visit.organization)
        .select_related("enterprise__reporting_area")
        .order_by("enterprise__pinyin", "pk")
    )
    return links


def _provide(visit: Visit) -> dict[str, Any]:
    page = Paginator(_links(visit), PER_PAGE).get_page(visit.query.get("page"))
    return {"links": page}


def _brief(visit: Visit) -> Brief:
    links = _links(visit)
    rows = tuple(
        (
            link.enterprise.name,
            link.get_mode_display(),
            str(link.enterprise.reporting_area or ""),
            shown_day(link.valid_from),
        )
        for link in links[:ON_CARD]
    )
    return Brief("覆盖企业", ("企业名称", "组建形式", "统计辖区", "起始日期"), rows, links.count())


def _each(user: Any, organizations: Collection[int], day: date) -> dict[int, int]:
    links = CoverageLink.objects.visible_to(user).as_of(day).filter(organization__in=organizations)
    numbers = links.order_by().values_list("organization")
    return dict(numbers.annotate(n=Count("enterprise", distinct=True)))


def _total(
    user: Any, organizations: QuerySet[PartyOrganization], day: date
) -> QuerySet[CoverageLink]:
    links = CoverageLink.objects.visible_to(user).as_of(day)
    covered = links.filter(organization__in=organizations.order_by().values("pk"))
    return number_of(covered, "enterprise")
