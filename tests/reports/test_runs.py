"""Frozen figures equal live ones on their day, and published ones never change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core.dates import today
from core.jobs import run_now, submit
from core.models import AuditEntry
from enterprises.figures import RECOMPUTE
from reports import runs
from reports.conditions import POPULATIONS
from reports.coverage import measure
from reports.indicators import INDICATOR, INDICATORS
from reports.models import CoverageFigure, CoverageRun
from tests.builders import cover, make_organization, make_user
from tests.core.waiting import until
from tests.reports.county import DAY, County
from tests.reports.test_coverage import varied


def test_a_run_says_what_the_live_figures_say(county: County) -> None:
    varied(county)
    county.unclaimed("甲")
    run = runs.freeze(DAY)
    for population in POPULATIONS:
        frozen = runs.figures_of(run, population.key)
        live = measure(DAY, population=population.key).units
        assert len(frozen) == len(live) == 4
        for one in live:
            kept = frozen[one.unit.area.pk]
            assert dict(kept.counts) == dict(one.counts)
            assert (kept.unclaimed, kept.nameless) == (one.unclaimed, one.nameless)
            assert [kept.rate(each) for each in INDICATORS] == [
                one.rate(each) for each in INDICATORS
            ]


def test_a_day_is_frozen_anew_until_it_is_published(county: County) -> None:
    firm = county.enterprise("甲")
    runs.freeze(DAY)
    first = runs.freeze(DAY)
    assert CoverageRun.objects.count() == 1
    runs.publish(actor=make_user("李县长"), run=first)
    cover(firm, make_organization("甲支部", parent=county.east_committee))
    second = runs.freeze(DAY)
    key = INDICATOR["organization_coverage"]
    published = runs.figures_of(first, "operating")[county.area.pk].rate(key)
    now_known = runs.figures_of(second, "operating")[county.area.pk].rate(key)
    assert (str(published), str(now_known)) == ("0/1 (0.0%)", "1/1 (100.0%)")


def test_publishing_is_logged_and_happens_once(county: County) -> None:
    run = runs.freeze(DAY)
    runs.publish(actor=make_user("李县长"), run=run)
    assert AuditEntry.objects.get().verb == "coverage.publish"
    with pytest.raises(ValidationError, match="已经发布"):
        runs.publish(actor=make_user("李县长"), run=run)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_coveragerun SET as_of = as_of + 1",
        "DELETE FROM reports_coveragerun",
        "UPDATE reports_coveragefigure SET unclaimed = 9",
        "DELETE FROM reports_coveragefigure",
        "INSERT INTO reports_coveragefigure (run_id, population, area_id, path, counts, unclaimed,"
        " nameless) SELECT run_id, 'x', area_id, path, counts, 0, 0 FROM reports_coveragefigure",
    ],
)
def test_the_database_refuses_to_change_a_published_run(county: County, statement: str) -> None:
    county.enterprise("甲")
    runs.publish(actor=make_user("李县长"), run=runs.freeze(DAY))
    with (
        pytest.raises(IntegrityError, match="已发布的核算"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert CoverageFigure.objects.filter(unclaimed=0).exists()


def test_the_trend_has_one_figure_a_day_and_prefers_the_published(county: County) -> None:
    for day in (date(2025, 3, 31), date(2025, 6, 30)):
        runs.publish(actor=make_user("李县长"), run=runs.freeze(day))
        runs.freeze(day)
    runs.freeze(DAY)
    found = runs.trend(county.area, "operating")
    assert [(run.as_of.month, bool(run.published_at)) for run, _ in found] == [
        (12, False),
        (6, True),
        (3, True),
    ]


def test_the_nightly_job_freezes_today(county: County) -> None:
    county.enterprise("甲")
    job = run_now(submit(RECOMPUTE, owner=None, bell_rings=False))
    assert (job.state, job.message) == ("done", f"{today()} 的覆盖率已核算")
    assert CoverageRun.objects.get().as_of == today()


@pytest.mark.django_db(transaction=True)
def test_two_jobs_on_one_day_wait_for_each_other() -> None:
    """As after two imports in a row: the second computes anew once the first is through."""
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        first = runs.freeze(DAY)
        second = other.submit(_freeze_elsewhere)
        until(lambda: _waiting() or second.done(), "the second job to wait")

    assert CoverageRun.objects.get().pk == second.result() != first.pk


def _freeze_elsewhere() -> int:
    try:
        return runs.freeze(DAY).pk
    finally:
        connection.close()


def _waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted"
        )
        [(found,)] = cursor.fetchall()
    return bool(found)
