"""Rows into the staging table by COPY, chunk by chunk; a chunk that came twice changes nothing."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db import connection

from enterprises.census.columns import MEASURES, REGISTRY_FIELDS, is_text
from enterprises.census.issues import CODES, Code
from enterprises.census.rows import Finding, ReadRow, pack
from enterprises.models import CensusBatch, CensusIssue, StagedRow
from enterprises.models.staging import Severity

CHUNK = 20_000
FEED = 200  # lines that are handed to the server at once
KEPT = {Severity.ERROR: 1_000_000, Severity.WARNING: 10_000, Severity.NOTICE: 1_000}

_STATED = (*REGISTRY_FIELDS, *MEASURES)
_stated_texts = itemgetter(*_STATED)
_ROW_COLUMNS = (
    "batch_id",
    "sheet",
    "row_number",
    "raw",
    "digest",
    "fault",
    "name_key",
    *_STATED,
    "extra",
    "unit_kind",
    "ownership",
    "ownership_reason",
    "reporting_area_id",
    "area_reason",
    "outside_county",
)
_ISSUE_COLUMNS = (
    "batch_id",
    "sheet",
    "row_number",
    "field",
    "column",
    "code",
    "severity",
    "value",
)


NULL = "\x1e"  # no cleaned cell holds it
_EMPTY = ["" if is_text(field) else NULL for field in _STATED]
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copy_statement(table: str, columns: Sequence[str]) -> str:
    listed = ", ".join(f'"{column}"' for column in columns)
    return f"COPY {table} ({listed}) FROM STDIN (NULL '{NULL}')"


_ROWS = _copy_statement(StagedRow._meta.db_table, _ROW_COLUMNS)
_ISSUES = _copy_statement(CensusIssue._meta.db_table, _ISSUE_COLUMNS)


def stage_chunk(
    batch: CensusBatch, sheet: int, reads: Iterable[ReadRow], totals: Counter[str]
) -> int:
    """Add at most a chunk of the rows, with their issues; how many rows were added.

    `totals` counts every issue, the table keeps the first of each kind.
    """
    count = 0
    issues: list[str] = []
    start = f"{batch.pk}\t{sheet}\t"

    def lines() -> Iterator[str]:
        nonlocal count
        for read in islice(reads, CHUNK):
            count += 1
            yield start + _line(_row_texts(read))
            for finding in read.findings:
                severity = CODES[finding.code].severity
                totals[finding.code] += 1
                if totals[finding.code] <= KEPT[severity]:
                    issues.append(start + _line(_issue_texts(read, finding, severity)))

    _copy(_ROWS, lines())
    if issues:
        _copy(_ISSUES, iter(issues))
    return count


def _row_texts(read: ReadRow) -> list[str]:
    claim = read.claim
    return [
        str(read.row.number),
        pack(read.row.cells),
        str(read.digest),
        read.fault,
        read.name_key,
        *[text or empty for text, empty in zip(_stated_texts(read.said), _EMPTY, strict=True)],
        read.extra or "{}",
        read.unit_kind,
        read.ownership,
        read.ownership_reason,
        str(claim.area_id) if claim.area_id else NULL,
        claim.reason,
        "t" if claim.outside else "f",
    ]


def _issue_texts(read: ReadRow, finding: Finding, severity: Severity) -> list[str]:
    return [
        str(read.row.number),
        finding.field,
        finding.column[:120],
        finding.code,
        severity,
        finding.value[:120],
    ]


def _line(texts: Sequence[str]) -> str:
    """A line of COPY's own format, which asks for an escape where a cell holds its signs."""
    line = "\t".join(texts)
    if "\\" in line or "\n" in line or "\r" in line or line.count("\t") >= len(texts):
        line = "\t".join(text.translate(_ESCAPES) for text in texts)
    return line + "\n"


class _Feed:
    """Lines that the server takes in while the next ones are made.

    The driver would hide an error of ours behind its own, so it is kept and raised afterwards.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.failed: BaseException | None = None

    def read(self, size: int) -> str:
        try:
            return "".join(islice(self._lines, FEED))
        except BaseException as failed:
            self.failed = failed
            return ""


def _copy(statement: str, lines: Iterator[str]) -> None:
    feed = _Feed(lines)
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, feed)
    if feed.failed:
        raise feed.failed


def clear(batch: CensusBatch) -> None:
    """Forget what was staged, for a batch that is read anew under another mapping."""
    with connection.cursor() as cursor:
        for model in (StagedRow, CensusIssue):
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE batch_id = %s", [batch.pk])


# Rows of one file that are the same enterprise: by code, else by number, else by name and person.
_DUPLICATES = """
WITH ranked AS (
    SELECT id, first_value(row_number) OVER same AS first_row,
           first_value(sheet) OVER same AS first_sheet, row_number() OVER same AS rank
    FROM enterprises_stagedrow
    WHERE batch_id = %(batch)s AND fault <> 'fatal'
      AND (uscc IS NOT NULL OR registration_number <> '' OR name_key <> '')
    WINDOW same AS (PARTITION BY uscc,
                        CASE WHEN uscc IS NULL THEN registration_number END,
                        CASE WHEN uscc IS NULL AND registration_number = '' THEN name_key END,
                        CASE WHEN uscc IS NULL AND registration_number = ''
                             THEN legal_representative END
                    ORDER BY sheet, row_number
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), later AS (
    UPDATE enterprises_stagedrow s SET fault = 'fatal'
    FROM ranked r WHERE r.rank > 1 AND s.id = r.id
    RETURNING s.sheet, s.row_number, s.uscc, s.registration_number, r.first_row, r.first_sheet
)
INSERT INTO enterprises_censusissue
    (batch_id, sheet, row_number, field, "column", code, severity, value, other_row)
SELECT %(batch)s, sheet, row_number,
       CASE WHEN uscc IS NOT NULL THEN 'uscc'
            WHEN registration_number <> '' THEN 'registration_number' ELSE 'name' END,
       '', %(code)s, 'error',
       CASE WHEN first_sheet = sheet THEN ''
            ELSE left('工作表“' || (%(sheets)s::jsonb ->> first_sheet::text) || '”', 120)
       END, first_row
FROM later ORDER BY sheet, row_number
"""
_SAME_NAMES = """
WITH named AS (
    SELECT sheet, row_number, first_value(row_number) OVER same AS first_row,
           row_number() OVER same AS rank
    FROM enterprises_stagedrow
    WHERE batch_id = %(batch)s AND fault = '' AND name_key <> ''
    WINDOW same AS (PARTITION BY name_key ORDER BY sheet, row_number
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
INSERT INTO enterprises_censusissue
    (batch_id, sheet, row_number, field, "column", code, severity, value, other_row)
SELECT %(batch)s, sheet, row_number, 'name', '', %(code)s, 'warning', '', first_row
FROM named WHERE rank > 1 ORDER BY sheet, row_number LIMIT 10000
"""


def mark_duplicates(batch: CensusBatch, totals: Counter[str]) -> None:
    """Second and later rows of an enterprise become errors that name the first one."""
    sheets = {table["sheet"]: table["name"] for table in batch.layout.get("tables", ())}
    params: dict[str, Any] = {"batch": batch.pk, "sheets": json.dumps(sheets)}
    with connection.cursor() as cursor:
        cursor.execute(_DUPLICATES, params | {"code": Code.DUPLICATE_ROW.value})
        totals[Code.DUPLICATE_ROW] += cursor.rowcount
        cursor.execute(_SAME_NAMES, params | {"code": Code.DUPLICATE_NAME.value})
        totals[Code.DUPLICATE_NAME] += cursor.rowcount


def last_staged(batch: CensusBatch) -> tuple[int, int]:
    """Sheet and row where staging stopped; (-1, 0) before it began."""
    last = (
        StagedRow.objects.filter(batch=batch)
        .order_by("-sheet", "-row_number")
        .values_list("sheet", "row_number")
        .first()
    )
    return last or (-1, 0)
