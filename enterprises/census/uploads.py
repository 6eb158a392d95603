"""What a clerk does to a batch before its rows are judged: upload, map the columns, cancel."""

from itertools import zip_longest
from typing import BinaryIO, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit, jobs
from core.models import Job
from enterprises.census import intake, staging
from enterprises.census.apply import APPLICABLE, NotApplicableError
from enterprises.census.columns import CENSUS, shown
from enterprises.census.rows import EXTRA
from enterprises.census.shortness import confirm_whole
from enterprises.models import BatchState, CensusBatch, CensusRound, RowDecision, RowOutcome
from organizations.models import Area

READ, PREPARE, APPLY, UNDO = "census.read", "census.prepare", "census.apply", "census.undo"
SAMPLES = 3
PICTURED = 6


@transaction.atomic
def start_batch(
    *,
    actor: AbstractBaseUser,
    content: BinaryIO,
    name: str,
    census_round: CensusRound,
    source: str,
    area: Area | None = None,
    is_partial: bool = False,
) -> CensusBatch:
    """Keep the upload and have it read; the same unfinished file leads to the same batch."""
    batch = intake.receive(
        actor=actor,
        content=content,
        name=name,
        census_round=census_round,
        source=source,
        area=area,
        is_partial=is_partial,
    )
    if batch.state == BatchState.RECEIVED:
        _submit(READ, actor, batch, f"读取 {batch.original_name}")
    return batch


def _submit(kind: str, actor: AbstractBaseUser, batch: CensusBatch, title: str) -> Job:
    """One job of a kind for each state of the batch: a second click finds the first one's job."""
    return jobs.submit(
        kind,
        owner=actor,
        params={"batch": batch.pk},
        idempotency_key=f"{batch.pk}:{batch.state}:{_attempts(batch, kind)}",
        title=title,
        scope_path=_scope(batch),
        target=batch,
    )


def _attempts(batch: CensusBatch, kind: str) -> int:
    """How many jobs of the kind have ended for the batch: the next click is a new one."""
    ended = ["done", "failed", "cancelled"]
    return Job.objects.filter(
        kind=kind, target_type=batch._meta.label_lower, target_id=str(batch.pk), state__in=ended
    ).count()


def _scope(batch: CensusBatch) -> str:
    return (batch.area or batch.round.county).committee.path


def current_job(batch: CensusBatch) -> Job | None:
    """The batch's latest job, running or ended."""
    return (
        Job.objects.filter(target_type=batch._meta.label_lower, target_id=str(batch.pk))
        .order_by("-created_at")
        .first()
    )


def earlier_import(batch: CensusBatch) -> CensusBatch | None:
    """The latest batch that already wrote this very file: worth a word, no obstacle."""
    return (
        CensusBatch.objects.filter(
            round__county=batch.round.county_id, sha256=batch.sha256, state=BatchState.APPLIED
        )
        .exclude(pk=batch.pk)
        .order_by("-pk")
        .first()
    )


class ColumnView(NamedTuple):
    """One column of the file on the mapping page; confidence 自动, 沿用上次 or 未对应."""

    place: int
    label: str
    samples: list[str]
    field: str
    confidence: str


def column_views(batch: CensusBatch) -> list[ColumnView]:
    """The file's columns with the first values and the proposed meaning of each."""
    layout = batch.layout
    book = intake.workbook_of(batch)
    table = intake.tables_of(batch, book)[0]
    rows = [row.cells for row, _ in zip(table.rows(), range(SAMPLES), strict=False)]
    views = []
    for place, (label, field) in enumerate(zip(layout["labels"], layout["fields"], strict=True)):
        known = bool(field) and field != EXTRA
        confidence = ("沿用上次" if layout["remembered"] else "自动") if known else "未对应"
        samples = [shown(field, cells[place]) for cells in rows]
        views.append(ColumnView(place, label, samples, field, confidence))
    return views


def head_of(batch: CensusBatch) -> list[tuple[int, list[str]]]:
    """The first rows of the chosen sheet as they stand in the file, people's numbers masked."""
    book = intake.workbook_of(batch)
    first = batch.layout["tables"][0]["sheet"]
    sheet = next(sheet for sheet in book.sheets if sheet.index == first)
    fields = batch.layout["fields"]
    return [
        (
            row.number,
            [
                shown(field, cell) if any(map(str.isdigit, cell)) else cell
                for field, cell in zip_longest(fields, row.cells, fillvalue="")
            ],
        )
        for row in sheet.head(PICTURED)
    ]


def field_choices() -> list[tuple[str, str]]:
    """What a column may mean, for the mapping page."""
    return [
        ("", "不导入"),
        (EXTRA, "保留为其他登记信息"),
        *((column.field, column.header) for column in CENSUS),
    ]


@transaction.atomic
def choose_header(
    *, actor: AbstractBaseUser, batch: CensusBatch, sheet: int, header_row: int, depth: int = 1
) -> CensusBatch:
    """Propose the columns anew from the header that the clerk points at."""
    batch = _locked(batch, {BatchState.PARSED})
    batch.layout = intake.choose_header(batch, sheet, header_row, depth)
    batch.save(update_fields=["layout"])
    return batch


@transaction.atomic
def confirm_mapping(
    *, actor: AbstractBaseUser, batch: CensusBatch, fields: list[str], remember: bool = True
) -> Job:
    """Settle what the columns mean and have the rows staged; a staged batch is read anew."""
    allowed = {BatchState.PARSED, BatchState.STAGED, *APPLICABLE}
    batch = _locked(batch, allowed)
    intake.check_fields(batch.layout["labels"], fields)
    if batch.state != BatchState.PARSED:
        _forget_rows(batch)
    batch.layout = {**batch.layout, "fields": fields}
    batch.state = BatchState.PARSED
    batch.save()
    if remember:
        intake.remember(batch)
    return _submit(PREPARE, actor, batch, f"核对 {batch.original_name}")


def _forget_rows(batch: CensusBatch) -> None:
    staging.clear(batch)
    for model in (RowOutcome, RowDecision):
        model.objects.filter(batch=batch)._raw_delete("default")
    batch.issue_counts, batch.buckets = {}, {}


def _locked(batch: CensusBatch, states: set[BatchState]) -> CensusBatch:
    batch = CensusBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state not in states:
        raise NotApplicableError(f"批次当前为“{batch.get_state_display()}”，不能进行这一步")
    return batch


@transaction.atomic
def request_apply(*, actor: AbstractBaseUser, batch: CensusBatch, is_whole: bool = False) -> Job:
    """Have the batch written; a second click leads to the same job.

    A list of suspicious shortness needs the word that it is the whole list.
    """
    if batch.state not in {*APPLICABLE, BatchState.APPLIED}:
        raise NotApplicableError(f"批次当前为“{batch.get_state_display()}”，不能写入")
    if batch.state in APPLICABLE:
        confirm_whole(actor=actor, batch=batch, confirmed=is_whole)
    return _submit(APPLY, actor, batch, f"写入 {batch.original_name}")


@transaction.atomic
def request_undo(*, actor: AbstractBaseUser, batch: CensusBatch, reason: str) -> Job:
    """Have the whole batch taken back."""
    if not reason.strip():
        raise ValidationError("请填写撤销的原因")
    if batch.state not in {BatchState.APPLIED, BatchState.UNDONE}:
        raise NotApplicableError(f"批次当前为“{batch.get_state_display()}”，没有可撤销的内容")
    job = _submit(UNDO, actor, batch, f"撤销 {batch.original_name}")
    job.params = {**job.params, "reason": reason.strip()}
    job.save(update_fields=["params"])
    return job


@transaction.atomic
def cancel_batch(*, actor: AbstractBaseUser | None, batch: CensusBatch) -> CensusBatch:
    """Give up a batch that was not written; the register never knew of it."""
    batch = _locked(batch, set(map(BatchState, intake.UNFINISHED)) | {BatchState.FAILED})
    job = current_job(batch)
    if job and not job.is_final and actor:
        jobs.cancel(actor=actor, job=job)
    _forget_rows(batch)
    batch.state = BatchState.CANCELLED
    batch.save()
    audit.record(actor=actor, verb="census.cancel", target=batch, scope_path=_scope(batch))
    transaction.on_commit(lambda: intake.forget_reading(batch))
    return batch


def round_choices(county: Area) -> list[CensusRound]:
    return list(CensusRound.objects.filter(county=county, state=CensusRound.State.OPEN))
