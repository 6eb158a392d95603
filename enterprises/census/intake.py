"""A file becomes a batch: stored under its hash, read in the limited child, columns proposed."""

import hashlib
import shutil
import uuid
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from core.headers import signature
from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits
from core.spreadsheets.marking import IDENTITY_LABEL
from core.spreadsheets.reader import Workbook, read_workbook
from core.spreadsheets.tables import Choice, Table, choose_tables, table_at
from enterprises.census.columns import CENSUS
from enterprises.census.rows import EXTRA
from enterprises.models import BatchState, CensusBatch, CensusRound, ColumnMapping
from organizations.models import Area, PartyOrganization

BLOCK = 1 << 20
SAMPLES = 3
OnProgress = Callable[[int], None]


def open_round(county: Area, reference_date: date) -> CensusRound:
    """The county's round of that date, opened when it is the first list of it."""
    census_round, _ = CensusRound.objects.get_or_create(
        county=county,
        reference_date=reference_date,
        defaults={"name": f"{reference_date.year}年{reference_date.month}月普查"},
    )
    return census_round


def store(content: BinaryIO, name: str) -> tuple[Path, str, int]:
    """Keep the upload under a name nobody can guess: its path, hash and size."""
    suffix = Path(name).suffix.lower()
    folder = Path(settings.MEDIA_ROOT) / "census"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{uuid.uuid4().hex}{suffix if suffix in {'.xlsx', '.xls', '.csv'} else ''}"
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("wb") as target:
            while block := content.read(BLOCK):
                digest.update(block)
                size += len(block)
                target.write(block)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path, digest.hexdigest(), size


@transaction.atomic
def receive(
    *,
    actor: AbstractBaseUser | None,
    content: BinaryIO,
    name: str,
    census_round: CensusRound,
    source: str,
    area: Area | None = None,
    is_partial: bool = False,
) -> CensusBatch:
    """A new batch, or the unfinished one that the same file already made in this round."""
    locked = CensusRound.objects.select_for_update().get(pk=census_round.pk)
    if locked.state == CensusRound.State.CLOSED:
        raise ValidationError(f"“{locked.name}”已结束，不能再导入名单")
    path, sha256, size = store(content, name)
    unfinished: CensusBatch | None = CensusBatch.objects.filter(
        round=census_round,
        source=source,
        sha256=sha256,
        area=area,
        is_partial=is_partial,
        state__in=UNFINISHED,
    ).first()
    if unfinished:
        path.unlink()
        return unfinished
    batch: CensusBatch = CensusBatch.objects.create(
        round=census_round,
        source=source,
        area=area,
        is_partial=is_partial,
        file=str(path.relative_to(settings.MEDIA_ROOT)),
        sha256=sha256,
        original_name=_shown_name(name),
        size=size,
        created_by_id=actor.pk if actor else None,
    )
    return batch


UNFINISHED = (
    BatchState.RECEIVED,
    BatchState.PARSED,
    BatchState.STAGED,
    BatchState.RECONCILED,
    BatchState.DECIDED,
)


def _shown_name(name: str) -> str:
    printable = "".join(character for character in Path(name).name if character.isprintable())
    return printable[-200:] or "未命名"


def path_of(batch: CensusBatch) -> Path:
    return Path(settings.MEDIA_ROOT) / batch.file


def folder_of(batch: CensusBatch) -> Path:
    """Where the child left what it read of the file."""
    return Path(settings.VAR_DIR) / "census" / str(batch.pk)


def workbook_of(batch: CensusBatch) -> Workbook:
    """The file as read; read again when the former answer is gone or incomplete."""
    try:
        return Workbook.load(folder_of(batch))
    except (OSError, ValueError, KeyError):
        return read_file(batch)


def read_file(batch: CensusBatch, on_progress: OnProgress | None = None) -> Workbook:
    # Uploads were measured as they came in; the operator's own files may be larger.
    limits = Limits(file_bytes=max(settings.UPLOAD_MAX_BYTES, batch.size))
    return read_workbook(
        path_of(batch),
        folder_of(batch),
        name=batch.original_name,
        limits=limits,
        on_progress=on_progress,
    )


def forget_reading(batch: CensusBatch) -> None:
    shutil.rmtree(folder_of(batch), ignore_errors=True)


def propose(batch: CensusBatch, book: Workbook) -> dict[str, Any]:
    """The tables of the file and what each column means, as the batch's layout."""
    choice = choose_tables(book, CENSUS)
    table = choice.tables[0]
    batch.is_partial = batch.is_partial or _is_correction(batch, choice.tables)
    return layout_of(choice, _remembered(batch, table.labels))


def _is_correction(batch: CensusBatch, tables: tuple[Table, ...]) -> bool:
    """Whether the file is an error workbook with fewer rows than the list it came from.

    What such a file leaves out was not left out by the source.
    """
    labels = list(tables[0].labels)
    if IDENTITY_LABEL not in labels:
        return False
    first = next(tables[0].rows(), None)
    origin, _, _ = (first.cells[labels.index(IDENTITY_LABEL)] if first else "").partition("-")
    whole = CensusBatch.objects.filter(pk=int(origin) if origin.isdecimal() else 0).first()
    rows = sum(table.sheet.row_count for table in tables)
    return whole is not None and rows <= whole.counts.get("staged", 0)


def layout_of(choice: Choice, remembered: list[str] | None = None) -> dict[str, Any]:
    table = choice.tables[0]
    return {
        "tables": [_place_of(table) for table in choice.tables],
        "others": [_place_of(table) for table in choice.others],
        "labels": list(table.labels),
        "fields": remembered or proposed_fields(table),
        "remembered": bool(remembered),
        "duplicates": {
            field: list(places) for field, places in table.recognition.duplicates.items()
        },
        "remarks": list(choice.remarks),
    }


def proposed_fields(table: Table) -> list[str]:
    """Our field of each column; a labelled column that we do not know is kept as it is."""
    known = table.recognition.fields
    return [
        known.get(place) or (EXTRA if label else "") for place, label in enumerate(table.labels)
    ]


def _place_of(table: Table) -> dict[str, Any]:
    rows = table.header_rows
    return {
        "sheet": table.sheet.index,
        "name": table.sheet.name,
        "header_row": rows[0],
        "depth": len(rows),
        "signature": table.signature,
    }


def tables_of(batch: CensusBatch, book: Workbook) -> list[Table]:
    """The tables that the layout names, ready to be read."""
    sheets = {sheet.index: sheet for sheet in book.sheets}
    return [
        table_at(sheets[place["sheet"]], place["header_row"], place["depth"], CENSUS)
        for place in batch.layout["tables"]
    ]


def choose_header(batch: CensusBatch, sheet: int, header_row: int, depth: int) -> dict[str, Any]:
    """The layout when an officer points at another sheet or header row."""
    book = workbook_of(batch)
    found = next((one for one in book.sheets if one.index == sheet), None)
    if found is None:
        raise FileError("E-FILE-16", sheet=str(sheet + 1))
    table = table_at(found, header_row, depth, CENSUS)
    return layout_of(Choice((table,), (), ()), _remembered(batch, table.labels))


def check_fields(labels: list[str], fields: list[str]) -> None:
    """Refuse a mapping without a name, with one field twice, or of another width."""
    if len(labels) != len(fields):
        raise ValidationError("列数与文件不符，请刷新页面后重试")
    unknown = {field for field in fields if field and field != EXTRA and field not in CENSUS}
    if unknown:
        raise ValidationError("列对应里有系统不认识的项目")
    if "name" not in fields:
        raise ValidationError("请指出哪一列是“企业名称”")
    for field in set(fields) - {"", EXTRA}:
        if fields.count(field) > 1:
            header = CENSUS[field].header
            raise ValidationError(f"有 {fields.count(field)} 列都对应“{header}”，只能保留一列")


def _unit_of(batch: CensusBatch) -> PartyOrganization:
    return (batch.area or batch.round.county).committee


def _remembered(batch: CensusBatch, labels: Iterable[str]) -> list[str] | None:
    mapping = ColumnMapping.objects.filter(
        unit=_unit_of(batch), header_signature=signature(labels)
    ).first()
    return mapping.fields if mapping else None


def remember(batch: CensusBatch) -> None:
    """Propose this mapping again for the same header of the same unit."""
    ColumnMapping.objects.update_or_create(
        unit=_unit_of(batch),
        header_signature=signature(batch.layout["labels"]),
        defaults={"fields": batch.layout["fields"]},
    )
