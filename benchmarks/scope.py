"""What `visible_to` adds to a query on the register: the plan, and the time of list and count."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from benchmarks.county import SINCE, found_county
from benchmarks.generate import SIZES
from core.dates import today
from enterprises.models import CoverageLink, Enterprise, FormationMode
from organizations.models import Area, AreaKind, OrganizationKind, PartyOrganization
from organizations.scoping import Post, Reach, Scope
from organizations.tree import plant

AMONG, MEMBERSHIP = "reporting_area_id = ANY", "enterprises_coveragelink"
# Every 200th enterprise waits for its area; names are numbers, for nothing is searched here.
_ROWS = """
INSERT INTO enterprises_enterprise ({columns}, name, pinyin, reporting_area_id, unclaimed_since)
SELECT {model}, '企业' || n, md5(n::text),
       CASE WHEN n %% 200 > 0 THEN (%s::bigint[])[1 + n %% %s] END,
       CASE WHEN n %% 200 = 0 THEN DATE '2026-01-01' END
FROM enterprises_enterprise, generate_series(1, %s) n
"""


def _fill(argument: str) -> Callable[[], Any]:
    def work() -> dict[str, int]:
        county = found_county()
        areas = list(Area.objects.reporting().order_by("pk").values_list("pk", flat=True))
        Enterprise.objects.create(county=county, name="样板", reporting_area_id=areas[0])
        _multiply(areas, SIZES[argument])
        branch = PartyOrganization(
            code="B1", name="党支部", kind=OrganizationKind.BRANCH, established_on=SINCE
        )
        plant([(branch, county.committee)])
        for firm in Enterprise.objects.order_by("pk")[:3]:
            CoverageLink.objects.create(
                enterprise=firm, organization=branch, mode=FormationMode.JOINT, valid_from=SINCE
            )
        return {"rows": Enterprise.objects.count()}

    return work


def _multiply(areas: list[int], count: int) -> None:
    """The one enterprise many times; the indexes of the search would take most of the time."""
    own = {"id", "name", "pinyin", "uscc", "reporting_area_id", "unclaimed_since"}
    columns = (str(field.column) for field in Enterprise._meta.concrete_fields)
    names = [column for column in columns if column not in own]
    statement = _ROWS.format(columns=", ".join(names), model=", ".join(names))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes"
            " WHERE tablename = 'enterprises_enterprise' AND indexdef LIKE '%gin%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute(statement, [areas, len(areas), count])


def readers() -> dict[str, Any]:
    county = Area.objects.get(kind=AreaKind.COUNTY)
    town = Area.objects.reporting().order_by("pk")[1]
    branch = PartyOrganization.objects.get(code="B1")
    scopes = {
        "county": Scope((county.committee.path,)),
        "township": Scope((town.committee.path,)),
        "branch secretary": Scope(posts=(Post(Reach.OWN_BRANCH, branch.path),)),
    }
    return {name: SimpleNamespace(scope=scope) for name, scope in scopes.items()}


def plans(argument: str) -> Callable[[], Any]:
    """For each reader the plan of a count and of a first page, with their times."""
    print(f"as of {today()}, {Enterprise.objects.count():,} enterprises")
    return lambda: {name: _asked(name, reader) for name, reader in readers().items()}


def _asked(name: str, reader: Any) -> dict[str, Any]:
    seen = Enterprise.objects.visible_to(reader).only("pk")
    count, page = _explained(seen.order_by()), _explained(seen.order_by("pinyin", "pk")[:50])
    print(f"\n{name}, count:\n{count}\n\n{name}, first page:\n{page}")
    return {
        "count_ms": _milliseconds(count),
        "page_ms": _milliseconds(page),
        "among": f"Index Cond: ({AMONG}" in count,
        "scans": count.count("Seq Scan on enterprises_enterprise"),
        "exists": count.count(MEMBERSHIP),
    }


def _explained(rows: QuerySet[Any]) -> str:
    return rows.explain(analyze=True, timing=False, buffers=False)


def _milliseconds(plan: str) -> float:
    return float(plan.rpartition("Execution Time: ")[2].split()[0])


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {"scope_fill": _fill, "scope": plans}
