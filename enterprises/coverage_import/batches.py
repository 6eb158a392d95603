"""A coverage file on its way: received, read and planned, written, taken back."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import audit
from core.spreadsheets.errors import FileError
from core.spreadsheets.reader import Workbook, read_workbook
from core.upload import upload_limits
from enterprises.census.intake import OnProgress, store
from enterprises.coverage_import.applying import write
from enterprises.coverage_import.own import refuse_shared
from enterprises.coverage_import.planning import Planned, counts_of, plan
from enterprises.coverage_import.reading import Stated, read_rows, tables_of
from enterprises.coverage_import.undoing import reverse
from enterprises.figures import ask_for_figures
from enterprises.models import CoverageBatch, CoverageRow
from organizations.models import Area, PartyOrganization

State = CoverageBatch.State
APPLY, TAKE_BACK = "coverage_import.apply", "coverage_import.undo"
MOVED = "预览之后企业库或党组织有变化，已重新核对，请再看一遍后写入"
CHUNK = 1000


def receive(
    *,
    actor: AbstractBaseUser | None,
    content: BinaryIO,
    name: str,
    county: Area,
    as_of: date,
    committee: PartyOrganization | None = None,
) -> CoverageBatch:
    """A new batch of the county, or of the subtree of a township's own committee."""
    path, sha256, _size = store(content, name)
    return CoverageBatch.objects.create(
        county=county,
        scope_path=(committee or county.committee).path,
        as_of=as_of,
        file=str(path.relative_to(settings.MEDIA_ROOT)),
        sha256=sha256,
        original_name=name[-200:],
        created_by_id=actor.pk if actor else None,
    )


def read(batch: CoverageBatch, on_progress: OnProgress | None = None) -> None:
    """Read the file and plan its rows; a file that cannot be read fails with its sentence."""
    folder = Path(settings.VAR_DIR) / "coverage_import" / str(batch.pk)
    try:
        book = read_workbook(
            Path(settings.MEDIA_ROOT) / batch.file,
            folder,
            name=batch.original_name,
            limits=upload_limits(),
            on_progress=on_progress,
        )
        propose(batch, book)
    except FileError as problem:
        batch.state, batch.error = State.FAILED, str(problem)
        batch.save(update_fields=["state", "error"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@transaction.atomic
def propose(batch: CoverageBatch, book: Workbook) -> None:
    """Plan the rows of the file; all at once, because joint rows are judged together."""
    batch.form, choice = tables_of(book)
    batch.remarks = list(choice.remarks)
    stated = [one for table in choice.tables for one in read_rows(batch.form, table)]
    for table in choice.tables:
        table.tally.check(table.sheet.name)
    batch.rows.all().delete()
    rows = [CoverageRow(batch=batch, sheet=one.sheet, number=one.number) for one in stated]
    _keep_plan(batch, rows, _plan(batch, stated))
    CoverageRow.objects.bulk_create(rows, batch_size=CHUNK)


def _plan(batch: CoverageBatch, stated: list[Stated]) -> list[Planned]:
    planned = plan(batch, stated)
    refuse_shared(planned, batch)
    return planned


def _keep_plan(batch: CoverageBatch, rows: list[CoverageRow], planned: list[Planned]) -> None:
    """Store the plan in the (unsaved or saved) rows and its counts in the batch."""
    for row, one in zip(rows, planned, strict=True):
        row.stated, row.problems = one.stated.as_json(), one.stated.problems
        row.outcome, row.message = one.outcome, one.message[:300]
        row.enterprise, row.organization = one.enterprise, one.organization
        row.new_organization = one.new[:120]
        row.mode, row.since = one.stated.mode, one.since
    batch.state, batch.counts = State.PLANNED, counts_of(planned)
    batch.save(update_fields=["form", "remarks", "state", "counts"])


@transaction.atomic
def apply(
    *, actor: AbstractBaseUser | None, batch: CoverageBatch, replaces: bool = False
) -> CoverageBatch:
    """Write the plan; refused when the register has moved since it was shown.

    Of a row that contradicts the register its own decision counts, with `replaces` the file.
    """
    batch = locked(batch, State.PLANNED, "这份表不在待写入状态")
    rows = list(batch.rows.select_related("enterprise", "organization"))
    shown = [_mark(row) for row in rows]
    planned = _plan(batch, [Stated.from_json(row.stated, row.problems) for row in rows])
    for row, one in zip(rows, planned, strict=True):
        row.takes_file = one.takes_file = row.takes_file or replaces
    _keep_plan(batch, rows, planned)
    if [_mark(row) for row in rows] != shown:
        CoverageRow.objects.bulk_update(rows, PLAN_FIELDS, batch_size=CHUNK)
        return batch
    batch.receipt = {}
    batch.receipt |= write(batch, rows, planned, actor)
    batch.state, batch.applied_at = State.APPLIED, timezone.now()
    batch.save()
    receipt = {key: value for key, value in batch.receipt.items() if key != "formed"}
    audit.record(actor=actor, verb=APPLY, target=batch, after=receipt, scope_path=batch.scope_path)
    ask_for_figures(f"coverage import {batch.pk} {batch.state}")
    return batch


PLAN_FIELDS = [
    "outcome",
    "message",
    "enterprise",
    "organization",
    "new_organization",
    "mode",
    "since",
]


def _mark(row: CoverageRow) -> tuple[Any, ...]:
    """What a clerk agreed to when he looked at the row."""
    return row.outcome, row.enterprise_id, row.organization_id, row.new_organization


@transaction.atomic
def undo(*, actor: AbstractBaseUser | None, batch: CoverageBatch) -> CoverageBatch:
    """Take the batch back and keep a receipt of what could not be."""
    batch = locked(batch, State.APPLIED, "这份表没有写入，或已经撤销")
    batch.undo_receipt = reverse(batch, actor)
    batch.state, batch.undone_at = State.UNDONE, timezone.now()
    batch.save()
    audit.record(
        actor=actor,
        verb=TAKE_BACK,
        target=batch,
        after=batch.undo_receipt,
        scope_path=batch.scope_path,
    )
    ask_for_figures(f"coverage import {batch.pk} {batch.state}")
    return batch


def locked(batch: CoverageBatch, state: State, refusal: str) -> CoverageBatch:
    """The batch as it is now, held against a second click; one at a time in a county."""
    Area.objects.select_for_update().get(pk=batch.county_id)
    held: CoverageBatch = (
        CoverageBatch.objects.select_for_update(of=("self",))
        .select_related("county__committee")
        .get(pk=batch.pk)
    )
    if held.state != state:
        raise ValidationError(refusal)
    return held
