"""The rows that were not written, as a workbook the clerk corrects and uploads again."""

from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from core.dates import today
from core.spreadsheets.errorbook import write_error_workbook
from core.spreadsheets.marking import Mark
from core.spreadsheets.naming import file_name
from core.spreadsheets.tables import Table
from enterprises.census import intake
from enterprises.census.issues import CODES, sentence
from enterprises.models import CensusBatch, CensusIssue, Severity


def error_workbook(batch: CensusBatch, target: Path) -> str:
    """Write the workbook to `target` and return the name to download it under."""
    book = intake.workbook_of(batch)
    tables = intake.tables_of(batch, book)
    sheets = {table.sheet.name: table.sheet.index for table in tables}
    written = write_error_workbook(
        target,
        intake.path_of(batch),
        book,
        tables,
        _marks(batch, tables),
        identity=lambda sheet, row: f"{batch.pk}-{sheets[sheet]}-{row}",
    )
    if not written.rows:
        target.unlink(missing_ok=True)
        raise ValidationError("这个批次没有错误行。")
    return file_name(Path(batch.original_name).stem, "错误表", "", today())


def _marks(batch: CensusBatch, tables: list[Table]) -> Iterator[Mark]:
    """Everything said of the rows with errors, in the order of the tables and rows."""
    errors = CensusIssue.objects.filter(
        batch=batch,
        sheet=OuterRef("sheet"),
        row_number=OuterRef("row_number"),
        severity=Severity.ERROR,
    )
    found = CensusIssue.objects.filter(Exists(errors), batch=batch).exclude(
        severity=Severity.NOTICE
    )
    for table in tables:
        places = {label: place for place, label in reversed(list(enumerate(table.labels)))}
        by_field = {field: place for place, field in enumerate(batch.layout["fields"]) if field}
        own = found.filter(sheet=table.sheet.index).order_by("row_number", "id")
        for issue in own.iterator(chunk_size=5_000):
            yield Mark(
                sheet=table.sheet.name,
                row=issue.row_number,
                column=places.get(issue.column, by_field.get(issue.field, -1)),
                is_error=issue.severity == Severity.ERROR,
                sentence=f"{sentence(issue.code, other=issue.other_row)}。",
                remedy=f"{CODES[issue.code].remedy}。",
            )
