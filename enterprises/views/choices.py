"""Proposals for boxes in which an enterprise is chosen."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core import choices
from core.permissions import require
from enterprises.choices import Enterprises


@require_safe
@require("enterprises.view")
def enterprise_choices(request: HttpRequest) -> HttpResponse:
    return choices.answer(request, Enterprises())
