"""The formation finder among 10,000 uncovered firms with one or two full members."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Mod
from django.test.utils import CaptureQueriesContext

from benchmarks.register import fill
from core.dates import today
from enterprises.models import (
    CoverageLink,
    Enterprise,
    EnterprisePeriod,
    EnterpriseYear,
    Ownership,
    UnitKind,
)
from enterprises.models.enterprise import OperatingStatus
from organizations.models import Area, AreaKind
from organizations.scoping import Scope
from reports.formation.finder import Finder

FIRMS, PAGE = 10_000, 20


def _fill(argument: str) -> Callable[[], Any]:
    """A register of which every enterprise waits for a joint branch."""

    def work() -> dict[str, int]:
        fill(FIRMS)
        CoverageLink.objects.all().delete()
        counted = {
            "operating_status": OperatingStatus.IN_OPERATION,
            "unit_kind": UnitKind.ENTERPRISE,
            "ownership": Ownership.PRIVATE,
        }
        EnterprisePeriod.objects.update(**counted)
        Enterprise.objects.update(**counted, industry_code="3911")
        years = EnterpriseYear.objects.annotate(rest=Mod("enterprise_id", 2))
        years.update(member_count=F("rest") + 1, full_member_count=F("rest") + 1)
        return {"firms": EnterpriseYear.objects.filter(full_member_count__gt=0).count()}

    return work


def _find(argument: str) -> Callable[[], Any]:
    """What the page does: all groups, and the firms of its first page."""
    county = Area.objects.get(kind=AreaKind.COUNTY)
    user = SimpleNamespace(scope=Scope((county.committee.path,)))

    def work() -> dict[str, Any]:
        with CaptureQueriesContext(connection) as statements:
            finder = Finder(user, today())
            shown = finder.proposals(finder.groups[:PAGE])
        return {
            "groups": len(finder.groups),
            "firms": sum(len(one.firms) for one in finder.groups),
            "shown": len(shown),
            "statements": len(statements),
        }

    return work


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {
    "finder_fill": _fill,
    "finder_find": _find,
}
