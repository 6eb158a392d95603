"""Files that clerks take along: the error workbook of a batch, the template of a list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.permissions import require
from enterprises.views.imports import PERMISSION


@require_safe
@require(PERMISSION)
def import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@require_safe
@require(PERMISSION)
def import_template(request: HttpRequest) -> HttpResponse:
    raise Http404
