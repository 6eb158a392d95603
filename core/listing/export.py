"""Export of what a list shows: its filter, its columns, its masks, in the house style of sheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django_tables2 import Table

from core import audit, jobs
from core.columns import Column
from core.dates import today
from core.listing.columns import sheet_face
from core.listing.filters import chips
from core.listing.paging import Rows
from core.listing.table import order_of, values
from core.spreadsheets.naming import file_name
from core.spreadsheets.writer import Page, write_workbook

if TYPE_CHECKING:
    from core.jobs import JobRun
    from core.listing.page import ListPage

JOB_KIND = "core.list_export"
VERB = "list.export"
DIRECT_LIMIT = 2_000
CHUNK = 2_000


@dataclass(frozen=True)
class Line:
    values: list[Any]
    is_total: bool = False


def respond(page: "ListPage", request: HttpRequest) -> HttpResponseBase:
    """The workbook at once for a short list, else the page of the job that makes it."""
    if not page.export_name:
        raise Http404
    if not page.user.has_perm(page.export_permission):
        raise PermissionDenied
    rows = page.narrowed(request.GET)
    if rows.order_by()[: DIRECT_LIMIT + 1].count() > DIRECT_LIMIT:
        job = jobs.submit(
            JOB_KIND,
            owner=page.user,
            params={"address": request.get_full_path()},
            title=f"导出{page.export_name}",
        )
        return redirect("core:job_detail", job.pk)
    book = BytesIO()
    write(page, rows, book)
    book.seek(0)
    return FileResponse(book, as_attachment=True, filename=name_of(page))


def name_of(page: "ListPage") -> str:
    return file_name("", page.export_name, "", today())


def write(
    page: "ListPage", rows: Rows, target: Path | BinaryIO, run: "JobRun | None" = None
) -> int:
    """Write the sheet and the log entry; the number of rows."""
    table = page.table()
    ordered = rows.order_by(*order_of(table, ()).names)
    records = _counted(ordered.iterator(chunk_size=CHUNK), run)
    sheet = Page(
        name=page.export_name,
        title=page.export_name,
        members=_columns(table),
        lines=(Line(line) for line in values(table, records)),
        left=f"导出人：{page.user}",
        middle=_conditions(page),
        right=f"导出日期：{today():%Y-%m-%d}",
        frozen_columns=1,
    )
    (number,) = write_workbook(target, [sheet])
    audit.record(
        actor=page.user,
        verb=VERB,
        target=cast(Any, run.job if run else page.user),
        after={
            "list": page.title,
            "rows": number,
            "columns": [column.header for column in _columns(table)],
            "conditions": _conditions(page),
        },
    )
    return number


def _columns(table: Table) -> list[Column]:
    found = []
    for column in table.columns:
        if not column.column.exclude_from_export:
            face, width = sheet_face(column.column)
            found.append(Column(str(column.header), column.name, width=width, format=face))
    return found


def _conditions(page: "ListPage") -> str:
    """The active conditions in words, so that a printed list says what it is a list of."""
    filterset = page.filterset(page.request.GET, page.get_queryset())
    active = chips(page.state, filterset.form if filterset is not None else None)
    return "；".join(f"{chip.label}：{chip.value}" for chip in active)


def _counted(records: Iterator[Any], run: "JobRun | None") -> Iterator[Any]:
    for number, record in enumerate(records, start=1):
        if run is not None and number % CHUNK == 0:
            run.progress(number, stage="正在写入")
        yield record
