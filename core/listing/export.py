"""Export of what a list shows: its filter, its columns, its masks, in the house style of sheets.

A list with numbers of persons asks what the file is for; only `core.reveal` gets them whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django_tables2 import Table

from core import audit, jobs
from core.columns import Column
from core.dates import today
from core.forms import WordsField
from core.listing.columns import PersonalColumn, sheet_face
from core.listing.filters import chips
from core.listing.paging import Rows
from core.listing.table import order_of, values
from core.masking import REVEAL_PERMISSION
from core.permissions import require_proof
from core.spreadsheets.naming import file_name
from core.spreadsheets.writer import Page, write_workbook

if TYPE_CHECKING:
    from core.jobs import JobRun
    from core.listing.page import ListPage

JOB_KIND = "core.list_export"
VERB = "list.export"
DIRECT_LIMIT = 2_000
CHUNK = 2_000
WHOLE_LIMIT = 1_000  # rows with whole numbers in one file


@dataclass(frozen=True)
class Line:
    values: list[Any]
    is_total: bool = False


class PurposeForm(forms.Form):
    """What a file with personal columns is for, and whether numbers stand in it whole."""

    do = forms.CharField(initial="export", widget=forms.HiddenInput)
    purpose = WordsField(
        label="用途",
        max_length=200,
        help_text="写明给谁、做什么用，将记入操作日志",
        error_messages={"required": "请写明用途。"},
    )
    whole = forms.BooleanField(
        label="含完整号码", required=False, help_text=f"不脱敏，一次最多 {WHOLE_LIMIT:,} 条"
    )

    def __init__(self, data: Any, *, may_reveal: bool, count: int) -> None:
        super().__init__(data)
        self._count = count
        if not may_reveal:
            del self.fields["whole"]

    def clean_whole(self) -> bool:
        whole: bool = self.cleaned_data["whole"]
        if whole and self._count > WHOLE_LIMIT:
            raise forms.ValidationError(
                f"共 {self._count:,} 条，超过一次 {WHOLE_LIMIT:,} 条的上限，请先缩小筛选条件。"
            )
        return whole


@dataclass(frozen=True)
class Purpose:
    """Why a file is made; without a text the list holds nothing of persons."""

    text: str = ""
    whole: bool = False


def respond(page: "ListPage", request: HttpRequest) -> HttpResponseBase:
    """The workbook at once for a short list, else the page of the job that makes it."""
    if not page.export_name:
        raise Http404
    if not page.user.has_perm(page.export_permission):
        raise PermissionDenied
    rows = page.narrowed(request.GET)
    count = rows.order_by()[: DIRECT_LIMIT + 1].count()
    purpose = Purpose()
    if _asks_purpose(page):
        form = _purpose_form(page, request, count)
        if not form.is_valid():
            return _ask(page, request, form)
        purpose = Purpose(form.cleaned_data["purpose"], form.cleaned_data.get("whole", False))
        if purpose.whole or page.export_asks_purpose:
            require_proof(request)
    if count > DIRECT_LIMIT:
        job = jobs.submit(
            JOB_KIND,
            owner=page.user,
            params={"address": request.get_full_path(), "purpose": purpose.text},
            title=f"导出{page.export_name}",
        )
        return redirect("core:job_detail", job.pk)
    book = BytesIO()
    write(page, rows, book, purpose)
    book.seek(0)
    return FileResponse(book, as_attachment=True, filename=name_of(page))


def _asks_purpose(page: "ListPage") -> bool:
    return page.export_asks_purpose or bool(_personal(page.table()))


def _personal(table: Table) -> list[PersonalColumn]:
    columns = (column.column for column in table.columns)
    return [column for column in columns if isinstance(column, PersonalColumn)]


def _purpose_form(page: "ListPage", request: HttpRequest, count: int) -> PurposeForm:
    may_reveal = bool(_personal(page.table())) and page.user.has_perm(REVEAL_PERMISSION)
    given = request.POST if "purpose" in request.POST else None
    return PurposeForm(given, may_reveal=may_reveal, count=count)


def _ask(page: "ListPage", request: HttpRequest, form: PurposeForm) -> HttpResponseBase:
    here = request.get_full_path()
    context = {
        "title": f"导出{page.export_name}",
        "form": form,
        "crumbs": [*page.crumbs, (page.title, here)],
        "cancel_url": here,
        "submit_label": "导出",
    }
    return render(request, "generic/form.html", context)


def name_of(page: "ListPage") -> str:
    return file_name("", page.export_name, "", today())


def write(
    page: "ListPage",
    rows: Rows,
    target: Path | BinaryIO,
    purpose: Purpose,
    run: "JobRun | None" = None,
) -> int:
    """Write the sheet and the log entry; the number of rows."""
    table = page.table()
    for personal in _personal(table):
        personal.whole = purpose.whole
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
            "whole": purpose.whole,
        },
        reason=purpose.text,
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
