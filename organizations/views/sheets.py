"""Import of a register from a sheet in three steps: template, preview, written."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.spreadsheets.errors import FileError
from core.spreadsheets.template import Template, TemplateMark, write_template
from organizations import importing
from organizations.sheets import Sheet, sheet

VERSION = "1"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="文件", help_text="xlsx、xls 或 csv，第一行为列名；最多 5000 行", max_length=300
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_upload(request: HttpRequest, key: str) -> HttpResponse:
    user, wanted = request.user, _sheet(request, key)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        vocabulary = wanted.resource.vocabulary
        try:
            rows = importing.read(form.cleaned_data["file"], vocabulary)
        except FileError as problem:
            form.add_error("file", f"{problem.sentence}{problem.remedy}")
        else:
            importing.keep(key, user, rows)
            return redirect("organizations:sheet_preview", key)
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


@require_safe
def sheet_preview(request: HttpRequest, key: str) -> HttpResponse:
    """What each row would do; nothing is written."""
    user, wanted = request.user, _sheet(request, key)
    rows = importing.kept(key, user)
    if rows is None:
        return redirect("organizations:sheet_upload", key)
    context = {
        "title": f"导入{wanted.title}：预览",
        "key": key,
        "outcome": importing.run(wanted, user, rows, write=False),
        "crumbs": _crumbs(wanted),
    }
    return render(request, "organizations/sheet_preview.html", context)


@require_POST
def sheet_write(request: HttpRequest, key: str) -> HttpResponse:
    user, wanted = request.user, _sheet(request, key)
    rows = importing.kept(key, user)
    if rows is None:
        raise Http404
    outcome = importing.run(wanted, user, rows, write=True)
    importing.forget(key, user)
    messages.success(request, f"新增 {outcome.new} 条，修改 {outcome.changed} 条。")
    if outcome.wrong:
        messages.warning(request, f"{outcome.wrong} 行有误，没有写入；请改正后重新上传。")
    return redirect(wanted.list_route)


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
