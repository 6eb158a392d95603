"""Import of a register from a sheet in three steps: template, preview, written."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.spreadsheets.errors import FileError
from core.spreadsheets.template import Template, TemplateMark, write_template
from core.spreadsheets.writer import write_workbook
from organizations import importing, sheet_jobs
from organizations.sheets import Sheet, sheet

VERSION = "1"


class UploadForm(forms.Form):
    file = forms.FileField(label="文件", max_length=300)

    def __init__(self, limit: int, *args: Any) -> None:
        super().__init__(*args)
        told = f"xlsx、xls 或 csv，第一行为列名；最多 {limit} 行"
        self.fields["file"].help_text = told


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_upload(request: HttpRequest, key: str) -> HttpResponse:
    user, wanted = request.user, _sheet(request, key)
    form = UploadForm(wanted.rows, request.POST or None, request.FILES or None)
    if form.is_valid():
        vocabulary = wanted.resource.vocabulary
        try:
            rows = importing.read(form.cleaned_data["file"], vocabulary, wanted.rows)
        except FileError as problem:
            form.add_error("file", f"{problem.sentence}{problem.remedy}")
        else:
            return _received(wanted, user, rows)
    context = {
        "title": f"导入{wanted.title}",
        "key": key,
        "form": form,
        "identity": wanted.resource.identity_headers(),
        "crumbs": _crumbs(wanted),
        "cancel_url": reverse(wanted.list_route),
        "submit_label": "上传并预览",
    }
    return render(request, "organizations/sheet_upload.html", context)


def _received(wanted: Sheet, user: Any, rows: list[dict[str, str]]) -> HttpResponse:
    """A long sheet is tried by a job, whose page leads to the preview."""
    with transaction.atomic():
        importing.keep(wanted.key, user, rows)
        if len(rows) > importing.AT_ONCE:
            return redirect("core:job_detail", sheet_jobs.submit(sheet_jobs.TRY, wanted, user).pk)
    return redirect("organizations:sheet_preview", wanted.key)


@require_safe
def sheet_preview(request: HttpRequest, key: str) -> HttpResponse:
    """What each row would do; nothing is written."""
    user, wanted = request.user, _sheet(request, key)
    found = importing.kept(key, user)
    if found is None:
        return redirect("organizations:sheet_upload", key)
    if found.outcome is None and len(found.rows) > importing.AT_ONCE:
        return redirect("core:job_list")
    context = {
        "title": f"导入{wanted.title}：预览",
        "key": key,
        "outcome": found.outcome or importing.run(wanted, user, found.rows, write=False),
        "crumbs": _crumbs(wanted),
    }
    return render(request, "organizations/sheet_preview.html", context)


@require_POST
def sheet_write(request: HttpRequest, key: str) -> HttpResponse:
    user, wanted = request.user, _sheet(request, key)
    found = importing.kept(key, user)
    if found is None:
        raise Http404
    if len(found.rows) > importing.AT_ONCE:
        return redirect("core:job_detail", sheet_jobs.submit(sheet_jobs.WRITE, wanted, user).pk)
    outcome = importing.run(wanted, user, found.rows, write=True)
    importing.forget(key, user)
    messages.success(request, f"新增 {outcome.new} 条，修改 {outcome.changed} 条。")
    if outcome.wrong:
        messages.warning(request, f"{outcome.wrong} 行有误，没有写入；请改正后重新上传。")
    return redirect(wanted.list_route)


@require_safe
def sheet_errors(request: HttpRequest, key: str) -> FileResponse:
    """The rows that would not be written, as they were sent, each with the reason."""
    user, wanted = request.user, _sheet(request, key)
    found = importing.kept(key, user)
    if found is None:
        raise Http404
    outcome = found.outcome or importing.run(wanted, user, found.rows, write=False)
    target = BytesIO()
    write_workbook(target, [importing.error_page(wanted, found.rows, outcome)])
    target.seek(0)
    name = f"{wanted.title}有误的行.xlsx"
    return FileResponse(target, as_attachment=True, filename=name)


@require_safe
def sheet_template(request: HttpRequest, key: str) -> FileResponse:
    """Blank, or with `filled` holding what the user may change."""
    wanted = _sheet(request, key)
    resource = wanted.resource(request.user)
    rows = resource.template_rows() if "filled" in request.GET else ()
    template = Template(
        TemplateMark(key, VERSION),
        tuple(resource.vocabulary),
        {name: [str(label) for _, label in choices] for name, choices in wanted.choices.items()},
    )
    target = BytesIO()
    write_template(target, template, (resource.cells(row) for row in rows))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{wanted.title}导入模板.xlsx")


def _sheet(request: HttpRequest, key: str) -> Sheet:
    """The register of that name, for whoever may import into it."""
    user: Any = request.user
    found = sheet(key)
    if found is None:
        raise Http404
    if not user.has_perm(found.permission):
        raise PermissionDenied
    return found


def _crumbs(wanted: Sheet) -> list[tuple[str, str]]:
    return [(wanted.title, reverse(wanted.list_route))]
