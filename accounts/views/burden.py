"""The page of the burden: what was written and asked, by role, in one month beside another."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.burden import burden_of
from accounts.models import User
from core.dates import today
from core.periods import Period, PeriodKind
from core.permissions import require

OFFERED = 36


class MonthsForm(forms.Form):
    """The two months; three years to choose from."""

    month = forms.ChoiceField(label="月份")

    def __init__(self, present: Period, **options: Any) -> None:
        super().__init__(**options)
        self.fields["with"] = forms.ChoiceField(label="对比月份")
        months = [present]
        while len(months) < OFFERED:
            months.append(months[-1].previous)
        for field in self.fields.values():
            field.choices = [(str(one), one.label) for one in months]  # type: ignore[attr-defined]


@require_safe
@require("reports.burden")
def burden(request: HttpRequest) -> HttpResponse:
    """The last whole month beside the one before, unless the address names others."""
    asked = request.GET
    present = Period.containing(today(), PeriodKind.MONTH)
    month = _month(asked.get("month", ""), present.previous)
    earlier = _month(asked.get("with", ""), month.previous)
    found = burden_of(cast(User, request.user), month, earlier)
    form = MonthsForm(present, initial={"month": str(month), "with": str(earlier)})
    context = {"title": "基层负担", "burden": found, "form": form, "is_open": month >= present}
    return render(request, "accounts/burden.html", context)


def _month(text: str, otherwise: Period) -> Period:
    try:
        period = Period.parse(text)
    except ValueError:
        return otherwise
    return period if period.kind is PeriodKind.MONTH else otherwise
