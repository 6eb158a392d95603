"""Import of areas and organizations in three steps: template, preview, written."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.permissions import require
from core.spreadsheets.errors import FileError
from core.spreadsheets.template import Template, TemplateMark, write_template
from organizations import importing
from organizations.columns import CHOICES
from organizations.views.common import CHANGE

TITLES = {"areas": "辖区", "organizations": "党组织"}
LISTS = {"areas": "organizations:area_list", "organizations": "organizations:organization_list"}
VERSION = "1"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="文件", help_text="xlsx、xls 或 csv，第一行为列名；最多 5000 行", max_length=300
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def sheet_upload(request: HttpRequest, key: str) -> HttpResponse:
    user: Any = request.user
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        vocabulary = importing.RESOURCES[key].vocabulary
        try:
            rows = importing.read(form.cleaned_data["file"], vocabulary)
        except FileError as problem:
            form.add_error("file", f"{problem.sentence}{problem.remedy}")
        else:
            importing.keep(key, user, rows)
            return redirect("organizations:sheet_preview", key)
    context = {
        "title": f"导入{TITLES[key]}",
        "key": key,
        "form": form,
        "crumbs": _crumbs(key),
        "cancel_url": reverse(LISTS[key]),
        "submit_label": "上传并预览",
    }
    return render(request, "organizations/sheet_upload.html", context)


@require_safe
@require(CHANGE)
def sheet_preview(request: HttpRequest, key: str) -> HttpResponse:
    """What each row would do; nothing is written."""
    user: Any = request.user
    rows = importing.kept(key, user)
    if rows is None:
        return redirect("organizations:sheet_upload", key)
    context = {
        "title": f"导入{TITLES[key]}：预览",
        "key": key,
        "outcome": importing.run(key, user, rows, write=False),
        "crumbs": _crumbs(key),
    }
    return render(request, "organizations/sheet_preview.html", context)


@require_POST
@require(CHANGE)
def sheet_write(request: HttpRequest, key: str) -> HttpResponse:
    user: Any = request.user
    rows = importing.kept(key, user)
    if rows is None:
        raise Http404
    outcome = importing.run(key, user, rows, write=True)
    importing.forget(key, user)
    messages.success(request, f"新增 {outcome.new} 条，修改 {outcome.changed} 条。")
    if outcome.wrong:
        messages.warning(request, f"{outcome.wrong} 行有误，没有写入；请改正后重新上传。")
    return redirect(LISTS[key])


@require_safe
@require(CHANGE)
def sheet_template(request: HttpRequest, key: str) -> FileResponse:
    """Blank, or with `filled` holding what the user may change."""
    resource = importing.RESOURCES[key](request.user)
    rows = resource.get_queryset() if "filled" in request.GET else ()
    template = Template(
        TemplateMark(key, VERSION),
        tuple(resource.vocabulary),
        {name: [str(label) for _, label in choices] for name, choices in CHOICES[key].items()},
    )
    target = BytesIO()
    write_template(target, template, (resource.cells(row) for row in rows))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{TITLES[key]}导入模板.xlsx")


def _crumbs(key: str) -> list[tuple[str, str]]:
    return [(TITLES[key], reverse(LISTS[key]))]
