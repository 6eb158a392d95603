"""The board of new members, members found and contact points by unit on a day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.dates import today
from core.permissions import require
from reports.forms import UnitDayForm
from reports.outreach import DECLARED, outreach_on

VIEW = "members.view"
BOARD = ("覆盖看板", "/board/")
TITLE = "发展党员、双找和联系点"


@require_safe
@require(VIEW)
def outreach(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    given = {key: value for key, value in request.GET.items() if value}
    form = UnitDayForm({"as_of": today().isoformat()} | given, user=user)
    units = form.units(user)
    whole = form.whole(units)
    if whole is None:
        return render(request, "reports/board_empty.html", {"form": form, "title": TITLE})
    found = outreach_on(form.cleaned_data["as_of"])
    parts = [unit for unit in units if unit is not whole and whole.contains(unit)]
    context = {
        "title": TITLE,
        "crumbs": [BOARD],
        "form": form,
        "unit": whole,
        "whole": found.of(whole),
        "rows": [(unit, found.of(unit)) for unit in parts],
        "declared": DECLARED,
        "as_of": found.day,
    }
    return render(request, "reports/outreach.html", context)
