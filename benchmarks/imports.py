"""Our side of the import: the very functions that the jobs and the command line run."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from celery import current_app
from django.db import connection

from benchmarks.county import found_county
from core import pinyin
from enterprises.census import intake, pipeline
from enterprises.census.apply import apply_batch
from organizations.models import Area, AreaKind

LAST_YEAR, THIS_YEAR, NEXT_YEAR = (date(year, 12, 31) for year in (2025, 2026, 2027))
TABLES = ("enterprise", "enterpriseperiod", "namehistory", "registerchange", "enterpriseyear")
YEARLY = "enterpriseyear"


def run(path: Path, *, apply: bool = True, day: date = THIS_YEAR) -> dict[str, Any]:
    """File on disk to the register, or to the preview."""
    county = Area.objects.get(kind=AreaKind.COUNTY)
    with path.open("rb") as content:
        batch = intake.receive(
            actor=None,
            content=content,
            name=path.name,
            census_round=intake.open_round(county, day),
            source="registry",
        )
    pipeline.read(batch)
    pipeline.prepare(batch)
    if apply:
        batch = apply_batch(actor=None, batch=batch)
    return {"buckets": batch.buckets, "seconds": batch.seconds, "receipt": batch.receipt}


def _prepared(argument: str, **options: Any) -> Callable[[], Any]:
    """Loading modules is not the import: a worker has readings and the broker's driver at hand."""
    pinyin.keys("重庆")
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1)
    assert current_app.amqp
    return partial(run, Path(argument), **options)


def _first_year(argument: str) -> Callable[[], Any]:
    found_county()
    return _prepared(argument, day=LAST_YEAR)


def _again(argument: str, *, day: date) -> Callable[[], Any]:
    """The same file once more; says which tables it wrote to."""
    work = _prepared(argument)
    work()

    def again() -> dict[str, Any]:
        before = _versions()
        outcome = run(Path(argument), day=day)
        after = _versions()
        written = sorted(table for table in TABLES if before[table] != after[table])
        return {**outcome, "written": written}

    return again


def _versions() -> dict[str, tuple[int, int]]:
    """Rows of each table, and which transactions wrote them."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "SELECT count(*), COALESCE(sum(xmin::text::bigint), 0)::bigint"
                f" FROM enterprises_{table}"
            )
            found[table] = cursor.fetchone()
    return found


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {
    "first_year": _first_year,
    "import": _prepared,
    "preview": partial(_prepared, apply=False),
    "same_round": partial(_again, day=THIS_YEAR),
    "next_round": partial(_again, day=NEXT_YEAR),
}
