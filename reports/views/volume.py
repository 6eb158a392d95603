"""The board of volumes: posts of members, volunteering, suggestions by unit on a day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.models import MemberPostKind
from activities.states import VIEW
from core.dates import today
from core.permissions import require
from reports.forms import UnitDayForm
from reports.volume import BASIS, VOLUMES, volumes_on

BOARD = ("覆盖看板", "/board/")
TITLE = "党员岗、志愿服务和建议"


@require_safe
@require(VIEW)
def volume(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    given = {key: value for key, value in request.GET.items() if value}
    form = UnitDayForm({"as_of": today().isoformat()} | given, user=user)
    units = form.units(user)
    whole = form.whole(units)
    if whole is None:
        return render(request, "reports/board_empty.html", {"form": form, "title": TITLE})
    found = volumes_on(form.cleaned_data["as_of"])
    parts = [unit for unit in units if unit is not whole and whole.contains(unit)]
    context = {
        "title": TITLE,
        "crumbs": [BOARD],
        "form": form,
        "unit": whole,
        "kinds": MemberPostKind.labels,
        "whole": found.of(whole),
        "rows": [(unit, found.of(unit)) for unit in parts],
        "basis": f"{VOLUMES}；采纳率为{BASIS}",
        "as_of": found.day,
    }
    return render(request, "reports/volume.html", context)
