"""Proposals for boxes in which an organization is chosen."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core import choices
from core.permissions import require
from organizations.choices import Organizations
from organizations.views.common import VIEW


@require_safe
@require(VIEW)
def organization_choices(request: HttpRequest) -> HttpResponse:
    return choices.answer(request, Organizations())
