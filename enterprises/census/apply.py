"""Writes a reconciled batch into the register in one transaction: all of it or nothing."""

from time import perf_counter
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit
from core.dates import today
from enterprises.census import writing, years
from enterprises.census.keys import load_keys
from enterprises.census.reconcile import reconcile, register_mark
from enterprises.census.statements import large_statements, rows, run
from enterprises.figures import ask_for_figures
from enterprises.models import BatchState, Bucket, CensusBatch, Source, StagedRow

LOCK = 0x43454E53  # the census of a county, together with the county's id
BUSY = "名册正在被他人修改，请稍后再写入"
ATTEMPTS = 3  # comparisons with a register that is being edited
NAMED = 500  # rows that the receipt names one by one
APPLICABLE = {BatchState.RECONCILED, BatchState.DECIDED}


class EditedMeanwhileError(Exception):
    """An enterprise that the batch would change is no longer what it was when compared."""


class NotApplicableError(ValidationError):
    """The batch cannot be written now; the message tells the clerk why."""


@transaction.atomic
def apply_batch(*, actor: AbstractBaseUser | None, batch: CensusBatch) -> CensusBatch:
    """Write what is decided; applying twice changes nothing."""
    started = perf_counter()
    batch = lock(batch)
    if batch.state == BatchState.APPLIED:
        return batch
    if batch.state not in APPLICABLE:
        raise NotApplicableError(f"批次当前为“{batch.get_state_display()}”，不能写入")
    check_rows(batch)
    receipt = _write_what_is_current(batch)
    batch.state = BatchState.APPLIED
    batch.receipt = receipt
    batch.applied_by_id = actor.pk if actor else None
    batch.applied_at = timezone.now()
    batch.seconds = {**batch.seconds, "apply": round(perf_counter() - started, 3)}
    batch.save()
    audit.record(
        actor=actor,
        verb="census.apply",
        target=batch,
        after={key: value for key, value in receipt.items() if key != "waiting_rows"},
        scope_path=batch.round.county.committee.path,
    )
    ask_for_figures(f"census {batch.pk} {batch.state}")
    return batch


def _write_what_is_current(batch: CensusBatch) -> dict[str, Any]:
    """Write against the register as it stands; where somebody edits meanwhile, judge anew."""
    moved = False
    for _ in range(ATTEMPTS):
        moved = moved or batch.register_mark != register_mark(batch)
        if moved or batch.needs_reconcile:
            reconcile(batch)
        try:
            with transaction.atomic():
                return {**_write(batch), "judged_anew": moved}
        except EditedMeanwhileError:
            moved = True
        except IntegrityError as clash:  # somebody has entered one of the new enterprises
            raise NotApplicableError(BUSY) from clash
    raise NotApplicableError(BUSY)


def lock(batch: CensusBatch) -> CensusBatch:
    """One batch at a time writes into a county's register; the others wait here."""
    run("SET LOCAL lock_timeout = 0")
    run("SELECT pg_advisory_xact_lock(%(key)s, %(county)s)", _key(batch))
    run("RESET lock_timeout")
    locked: CensusBatch = CensusBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    return locked


def _key(batch: CensusBatch) -> dict[str, int]:
    return {"key": LOCK, "county": batch.round.county_id}


def check_rows(batch: CensusBatch) -> None:
    """Refuse unless every physical row of the file is staged or reported with its reason."""
    counts = batch.counts
    staged = StagedRow.objects.filter(batch=batch).count()
    told = sum(counts[kind] for kind in ("header", "above", "blank", "ignored", "unused"))
    if staged != counts["staged"] or counts["physical"] != staged + told:
        raise NotApplicableError(
            f"行数核对不符：文件共 {counts['physical']} 行，读入 {staged} 行，"
            f"另有说明的 {told} 行。请重新上传文件，系统内数据未发生任何变化"
        )


def _write(batch: CensusBatch) -> dict[str, Any]:
    params = {
        "batch": batch.pk,
        "county": batch.round.county_id,
        "source": batch.source,
        "day": batch.round.reference_date,
        "area": batch.area_id,
        "today": today(),
    }
    large_statements()
    run(writing.PLAN, params)
    waiting = [list(row) for row in rows(writing.WAITING, {"limit": NAMED})]
    waits = run(writing.DROP_WAITING)
    run(writing.SETTLE_PLAN)
    if any(seen != now for seen, now in rows(writing.HOLD_CHANGED)):
        raise EditedMeanwhileError
    load_keys(writing.NEEDS_KEYS, params)
    receipt: dict[str, Any] = {"waiting": waits, "waiting_rows": waiting}
    receipt["created"] = run(writing.INSERT_NEW, params)
    run(writing.NEW_HISTORY, params)
    run(writing.NEW_PERIODS, params)
    run(writing.CHANGE_HISTORY, params)
    for statement in writing.FORMER:
        run(statement, params)
    run(writing.UPDATE_CHANGED, params)
    receipt["closed"] = run(writing.STATUS_HISTORY, params)
    if receipt["closed"]:
        run(writing.UPDATE_STATUS, params)
    for statement in writing.PERIODS:
        run(statement, params)
    receipt |= _write_years(params)
    run(years.SOURCE_RECORDS, params)
    receipt |= _outcome_of(batch)
    run("DROP TABLE census_plan, census_keys, census_shift, census_year")
    return receipt


def _write_years(params: dict[str, Any]) -> dict[str, int]:
    inserted = run(years.INSERT_SEEN, params)
    run(years.TOUCHED, params)
    updated = run(years.UPDATE_SEEN, params)
    absent = run(years.INSERT_NOT_SEEN, params)
    run(years.TOUCH_NOT_SEEN, params)
    absent += run(years.UPDATE_NOT_SEEN, params)
    run(years.HISTORY, params)
    return {"years": inserted + updated, "not_seen": absent}


def _outcome_of(batch: CensusBatch) -> dict[str, Any]:
    """What else the receipt says: what the review called changed, undecided names, errors."""
    [(changed, facts)] = rows(writing.CHANGED)
    return {
        "changed": changed,
        "facts": int(facts),
        "possible_match": batch.buckets[Bucket.POSSIBLE_MATCH],
        "error": batch.buckets[Bucket.ERROR],
        "source": Source(batch.source).label,
    }
