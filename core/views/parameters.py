"""The numbers that depend on a place or a year: what holds today, and by which document."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.dates import today
from core.models import ParameterValue
from core.parameters import Parameter, declared
from core.validity import valid_on


@require_safe
def parameter_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("core.parameters"):
        raise PermissionDenied
    rows = {row.key: row for row in ParameterValue.objects.filter(valid_on(today()))}
    lines = []
    for parameter in declared():
        row = rows.get(parameter.key)
        value = parameter.clean(row.value) if row else parameter.default
        lines.append({"parameter": parameter, "shown": in_words(parameter, value), "row": row})
    return render(request, "core/parameters.html", {"lines": lines})


def in_words(parameter: Parameter[int], value: object) -> str:
    """A value as the county's officers say it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(parameter.choices.get(entry, entry) for entry in value)
    return parameter.choices.get(str(value), str(value))
