"""Files that clerks take along: the error workbook of a batch, the template of a list."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from core.dates import today
from core.permissions import require
from core.spreadsheets.errors import FileError
from core.spreadsheets.naming import file_name
from core.spreadsheets.template import Template, TemplateMark, write_template
from enterprises.census.columns import CENSUS, DROPPED, MEASURES
from enterprises.census.errorfile import error_workbook
from enterprises.models import Enterprise, OperatingStatus
from enterprises.views.imports import PERMISSION, find

VERSION = "1"
COLUMNS = tuple(column for column in CENSUS if column.field not in DROPPED)
FILLED_LIMIT = 50_000  # above, a filled template is no longer something to correct by hand


@require_safe
@require(PERMISSION)
def import_errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The clerk's own file with the faulty cells marked, to be corrected and uploaded again."""
    batch = find(request, pk)
    with TemporaryDirectory() as folder:
        target = Path(folder) / "errors.xlsx"
        try:
            name = error_workbook(batch, target)
        except (ValidationError, FileError) as problem:
            said = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
            messages.error(request, "".join(said))
            return redirect("enterprises:import_batch", batch.pk)
        return FileResponse(BytesIO(target.read_bytes()), as_attachment=True, filename=name)


@require_safe
@require(PERMISSION)
def import_template(request: HttpRequest) -> HttpResponseBase:
    """A blank template, or one filled with the enterprises in scope to be changed and sent back."""
    filled = "filled" in request.GET
    template = Template(
        mark=TemplateMark("census", VERSION),
        columns=COLUMNS,
        choices={"operating_status": OperatingStatus.labels},
        remarks=("一行填一家企业，表头请勿改动。", "统一社会信用代码列已设为文本，请勿改为数字。"),
    )
    target = BytesIO()
    write_template(target, template, _present(request.user) if filled else ())
    target.seek(0)
    name = file_name("企业名单", "带现有数据" if filled else "空白模板", "", today())
    return FileResponse(target, as_attachment=True, filename=name)


def _present(user: Any) -> Iterator[list[Any]]:
    """The enterprises in scope, their measured numbers beside the registered facts.

    Numbers of persons stay blank: a blank cell changes nothing when the sheet comes back.
    """
    found = (
        Enterprise.objects.visible_to(user).with_measured(today()).select_related("reporting_area")
    )
    for enterprise in found.order_by("pinyin", "pk")[:FILLED_LIMIT].iterator(chunk_size=2000):
        yield [None if column.sensitive else _value(enterprise, column.field) for column in COLUMNS]


def _value(enterprise: Enterprise, field: str) -> Any:
    if field == "operating_status":
        return enterprise.get_operating_status_display()
    if field in MEASURES or hasattr(enterprise, field):
        value = getattr(enterprise, field, None)
        return value if value not in (None, "") else None
    area = enterprise.reporting_area
    return area.name if area and field == "township" else None
