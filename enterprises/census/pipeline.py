"""The order of the stages and the batch's own states; every stage may run twice with one result."""

from collections import Counter
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.spreadsheets.errors import FileError
from core.spreadsheets.tables import Table
from enterprises.census import intake, staging
from enterprises.census.apply import NotApplicableError
from enterprises.census.reconcile import reconcile
from enterprises.census.rows import Context, RowReader
from enterprises.census.territory import Territory
from enterprises.models import BatchState, CensusBatch

Progress = Callable[[int, int | None, str], None]


def silent(done: int, total: int | None, stage: str) -> None:
    """Progress that nobody watches."""


def read(batch: CensusBatch, progress: Progress = silent) -> CensusBatch:
    """Parse the file in the child and propose the meaning of its columns."""
    if batch.state not in {BatchState.RECEIVED, BatchState.PARSED}:
        return batch
    started = perf_counter()
    book = intake.read_file(batch, lambda rows: progress(rows, None, "读取文件"))
    batch.layout = intake.propose(batch, book)
    batch.counts = {"physical": sum(sheet.physical_rows for sheet in book.sheets)}
    batch.state = BatchState.PARSED
    _took(batch, "parse", started)
    with transaction.atomic():
        batch.save()
        progress(batch.counts["physical"], batch.counts["physical"], "读取文件")
    return batch


def stage(batch: CensusBatch, progress: Progress = silent) -> CensusBatch:
    """Load the rows of the chosen tables; goes on where an earlier attempt stopped."""
    if batch.state != BatchState.PARSED:
        return batch
    started = perf_counter()
    book = intake.workbook_of(batch)
    tables = intake.tables_of(batch, book)
    totals: Counter[str] = Counter(batch.issue_counts)
    territory = Territory.of(batch.round.county)
    expected = sum(table.sheet.row_count for table in tables)
    done = 0
    for table in tables:
        done = _stage_table(batch, table, territory, totals, (done, expected, progress))
    if not sum(table.tally.data for table in tables):
        raise FileError("E-FILE-17")
    with transaction.atomic():
        _still(batch, BatchState.PARSED)
        staging.mark_duplicates(batch, totals)
        batch.counts = _counts(tables, sum(sheet.physical_rows for sheet in book.sheets))
        batch.issue_counts = dict(totals)
        batch.state = BatchState.STAGED
        _took(batch, "stage", started)
        batch.save()
    return batch


def _stage_table(
    batch: CensusBatch,
    table: Table,
    territory: Territory,
    totals: Counter[str],
    told: tuple[int, int, Progress],
) -> int:
    done, expected, progress = told
    sheet = table.sheet.index
    last_sheet, last_row = staging.last_staged(batch)
    context = Context(territory, batch.source, batch.round.reference_date, table.sheet.date1904)
    reader = RowReader(table.labels, batch.layout["fields"], context)
    fresh = (
        reader.read(row) for row in table.rows() if (sheet, row.number) > (last_sheet, last_row)
    )
    staged = staging.CHUNK
    while staged == staging.CHUNK:  # a short chunk is the last one: the tally is complete
        with transaction.atomic():
            staged = staging.stage_chunk(batch, sheet, fresh, totals)
            done += staged
            batch.issue_counts = dict(totals)
            batch.save(update_fields=["issue_counts"])
            progress(done, expected, "暂存")
    table.tally.check(table.sheet.name)
    return done


def _counts(tables: list[Table], physical: int) -> dict[str, Any]:
    """How every physical row of the file is accounted for."""
    tallies = [table.tally for table in tables]
    return {
        "physical": physical,
        "header": sum(tally.header for tally in tallies),
        "above": sum(tally.above for tally in tallies),
        "blank": sum(tally.blank for tally in tallies),
        "ignored": sum(tally.reasons.total() for tally in tallies),
        "unused": physical - sum(tally.physical for tally in tallies),
        "staged": sum(tally.data for tally in tallies),
        "reasons": dict(sum((tally.reasons for tally in tallies), Counter[str]())),
        "ignored_rows": [
            [table.sheet.name, *ignored] for table in tables for ignored in table.tally.ignored
        ],
    }


def prepare(batch: CensusBatch, progress: Progress = silent) -> CensusBatch:
    """Stage and reconcile, as far as it is not done yet."""
    stage(batch, progress)
    if batch.state == BatchState.STAGED:
        progress(0, None, "核对")
        with transaction.atomic():
            _still(batch, BatchState.STAGED)
            reconcile(batch)
            batch.state = BatchState.RECONCILED
            batch.save()
            progress(0, None, "核对")
    return batch


def _still(batch: CensusBatch, state: BatchState) -> None:
    """Stop when somebody cancelled the batch or moved it on meanwhile."""
    states = CensusBatch.objects.select_for_update(of=("self",)).values_list("state", flat=True)
    now = states.get(pk=batch.pk)
    if now != state:
        raise NotApplicableError(f"批次已变为“{BatchState(now).label}”，这一步已停止")


def fail(batch: CensusBatch, problem: FileError | ValidationError) -> None:
    """End a batch whose file cannot be used; the register was not touched."""
    messages = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
    batch.state = BatchState.FAILED
    batch.error = ";".join(messages)
    batch.save(update_fields=["state", "error"])
    intake.forget_reading(batch)


def _took(batch: CensusBatch, stage_name: str, started: float) -> None:
    batch.seconds = {**batch.seconds, stage_name: round(perf_counter() - started, 3)}
