"""Files of existing coverage for the tests of their import."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path

from django.conf import settings
from openpyxl import Workbook as Book

from core.spreadsheets.reader import Sheet, Workbook
from core.spreadsheets.rowfile import RowWriter
from enterprises.coverage_import import batches
from enterprises.models import CoverageBatch, CoverageRow
from organizations.models import PartyOrganization
from tests.reports.county import DAY, County

HEADER = ("企业代码", "企业名称", "党组织", "组建形式", "起始日期")
Row = Sequence[str]


def csv_file(*rows: Row, header: Row = HEADER) -> BytesIO:
    text = StringIO()
    csv.writer(text).writerows([header, *rows])
    return BytesIO(text.getvalue().encode("utf-8-sig"))


def xlsx_file(*rows: Row, header: Row = HEADER) -> BytesIO:
    book, target = Book(), BytesIO()
    sheet = book.create_sheet("覆盖关系", 0)
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(target)
    return BytesIO(target.getvalue())


def book_of(*rows: Row, header: Row = HEADER) -> Workbook:
    """What the reader's child leaves of a CSV, without the child."""
    path = Path(settings.VAR_DIR) / "sheet-0.rows"
    lines = [header, *rows]
    with RowWriter(path) as writer:
        for number, cells in enumerate(lines, 1):
            writer.write(number, list(cells), [])
    sheet = Sheet(
        index=0,
        name="",
        hidden=False,
        path=path,
        physical_rows=len(lines),
        row_count=len(lines),
        width=len(header),
        last_row=len(lines),
        date1904=False,
        hidden_row_count=0,
        hidden_rows=(),
        hidden_columns=(),
        merges=(),
        merge_count=0,
        error_count=0,
        problem=None,
    )
    return Workbook("csv", (sheet,))


def received(
    county: County, content: BytesIO | None = None, committee: PartyOrganization | None = None
) -> CoverageBatch:
    return batches.receive(
        actor=None,
        content=content or BytesIO(),
        name="覆盖.csv",
        county=county.area,
        as_of=DAY,
        committee=committee,
    )


def uploaded(county: County, content: BytesIO) -> CoverageBatch:
    """The batch after its file went through the guarded reader."""
    batch = received(county, content)
    batches.read(batch)
    return batch


def planned(
    county: County, *rows: Row, header: Row = HEADER, by: PartyOrganization | None = None
) -> CoverageBatch:
    """The batch after reading, as a clerk sees it."""
    batch = received(county, committee=by)
    batches.propose(batch, book_of(*rows, header=header))
    return batch


def applied(county: County, *rows: Row, replaces: bool = False) -> CoverageBatch:
    return batches.apply(actor=None, batch=planned(county, *rows), replaces=replaces)


def rows_of(batch: CoverageBatch) -> list[CoverageRow]:
    return list(batch.rows.order_by("id"))


def outcomes(batch: CoverageBatch) -> list[str]:
    return [row.outcome for row in rows_of(batch)]
