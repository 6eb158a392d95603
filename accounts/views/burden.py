"""The page of the burden: what was written and asked, by role, in one month beside another."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.burden import burden_of
from accounts.models import User
from core.dates import today
from core.periods import Period, PeriodKind
from core.permissions import require


@require_safe
@require("reports.burden")
def burden(request: HttpRequest) -> HttpResponse:
    """The last whole month beside the one before, unless the address names others."""
    present = Period.containing(today(), PeriodKind.MONTH)
    month = _month(request.GET.get("month", ""), present.previous)
    earlier = _month(request.GET.get("with", ""), month.previous)
    found = burden_of(cast(User, request.user), month, earlier)
    context = {"title": "基层负担", "burden": found, "is_open": month >= present}
    return render(request, "accounts/burden.html", context)


def _month(text: str, otherwise: Period) -> Period:
    try:
        period = Period.parse(text)
    except ValueError:
        return otherwise
    return period if period.kind is PeriodKind.MONTH else otherwise
