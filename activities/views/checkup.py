"""The check-up page of an organization, on screen and on one sheet of A4."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.checkup import checkup
from activities.states import VIEW
from core.dates import today
from core.permissions import require
from organizations.views.common import TREE, find


@require_safe
@require(VIEW)
def checkup_page(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    organization, day = find(request, pk), today()
    found = checkup(organization, user, day)
    context = {
        "title": "党组织体检表",
        "crumbs": [TREE, (organization.name, organization.get_absolute_url())],
        "organization": organization,
        "found": found,
        "day": day,
    }
    return render(request, "activities/checkup.html", context)
