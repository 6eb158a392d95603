"""Freezing the figures of a day: every night, after an import, and for publication."""

from collections import Counter
from dataclasses import asdict
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from core import audit
from core.dates import today
from core.jobs import JobRun, submit
from core.models import Job
from enterprises.figures import RECOMPUTE
from organizations.models import Area
from reports.conditions import POPULATIONS
from reports.coverage import UnitFigures, measure_each
from reports.models import CoverageFigure, CoverageRun
from reports.parameters import rules_on
from reports.units import Unit

PUBLISH = "coverage.publish"
LOCK = 0x434F5652  # the working run of a day, together with the day


@transaction.atomic
def freeze(as_of: date, *, cause: str = CoverageRun.Cause.NIGHTLY) -> CoverageRun:
    """The day's working run, computed anew; published runs of the day stay as they are."""
    with connection.cursor() as cursor:  # whoever computes the same day waits for the other
        cursor.execute("SET LOCAL lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, as_of.toordinal()])
        cursor.execute("RESET lock_timeout")
    CoverageRun.objects.filter(as_of=as_of, published_at=None).delete()
    rules = rules_on(as_of)
    run = CoverageRun.objects.create(as_of=as_of, cause=cause, rules=asdict(rules))
    CoverageFigure.objects.bulk_create(
        CoverageFigure(
            run=run,
            population=measured.population,
            area=figures.unit.area,
            path=figures.unit.path,
            counts=dict(figures.counts),
            unclaimed=figures.unclaimed,
            nameless=figures.nameless,
        )
        for measured in measure_each(as_of, [one.key for one in POPULATIONS], rules=rules)
        for figures in measured.units
    )
    return run


@transaction.atomic
def publish(*, actor: AbstractBaseUser, run: CoverageRun) -> CoverageRun:
    """Fix the run for ever; from now on corrections change only live figures."""
    run = CoverageRun.objects.select_for_update().get(pk=run.pk)
    if run.published_at:
        raise ValidationError("这次核算已经发布")
    run.published_at, run.published_by_id = timezone.now(), actor.pk
    run.save(update_fields=["published_at", "published_by"])
    audit.record(actor=actor, verb=PUBLISH, target=run, after={"as_of": run.as_of})
    return run


def figures_of(run: CoverageRun, population: str) -> dict[int, UnitFigures]:
    """The frozen figures by area, in the shape of live ones."""
    rows = run.figures.filter(population=population).select_related("area")
    return {
        row.area_id: UnitFigures(
            Unit(row.area, row.path), Counter(row.counts), row.unclaimed, row.nameless
        )
        for row in rows
    }


def trend(area: Area, population: str, *, limit: int = 24) -> list[tuple[CoverageRun, UnitFigures]]:
    """The latest run of each day in which the unit was counted, the newest first."""
    rows = (
        CoverageFigure.objects.filter(area=area, population=population)
        .select_related("run", "area")
        .order_by("-run__as_of", F("run__published_at").desc(nulls_last=True))
    )
    days: dict[date, tuple[CoverageRun, UnitFigures]] = {}
    for row in rows[: limit * 3]:
        figures = UnitFigures(
            Unit(row.area, row.path), Counter(row.counts), row.unclaimed, row.nameless
        )
        days.setdefault(row.run.as_of, (row.run, figures))
    return list(days.values())[:limit]


def recompute(run: JobRun) -> None:
    """The job: today's figures anew; a second run of it gives the same."""
    frozen = freeze(today(), cause=run.params.get("cause", CoverageRun.Cause.NIGHTLY))
    run.finish({"run": frozen.pk}, message=f"{frozen.as_of} 的覆盖率已核算")


def request_recompute(actor: AbstractBaseUser) -> Job:
    """Ask for today's figures now."""
    return submit(RECOMPUTE, owner=actor, params={"cause": CoverageRun.Cause.MANUAL})
