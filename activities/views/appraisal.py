"""The page on which the results of a democratic appraisal are written down, member by member."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from activities.models import Activity, AppraisalGrade, AppraisalResult
from activities.services.appraising import appraise, appraised_on, is_appraisal, warning
from activities.states import RECORD
from activities.views.common import LIST, find
from core.permissions import require
from organizations.views.common import accepted, form_page


class AppraisalForm(forms.Form):
    """One choice for each member of that day; an empty one was not appraised."""

    def __init__(self, activity: Activity, *args: Any) -> None:
        super().__init__(*args)
        known = dict(activity.appraisals.values_list("person", "grade"))
        seats = appraised_on(activity)
        self._people = [seat.person.pk for seat in seats]
        for seat in seats:
            label = f"{seat.person}（{seat.label}）" if seat.label else str(seat.person)
            self.fields[f"grade_{seat.person.pk}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", "未参加评议"), *AppraisalGrade.choices],
                initial=known.get(seat.person.pk, ""),
            )

    @property
    def grades(self) -> dict[int, str]:
        return {pk: self.cleaned_data[f"grade_{pk}"] for pk in self._people}


@require_http_methods(["GET", "HEAD", "POST"])
@require(RECORD)
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = find(request, pk)
    if row.held_on is None or not is_appraisal(row):
        raise Http404
    form = AppraisalForm(row, request.POST or None)
    saved: list[AppraisalResult] = []
    if form.is_valid() and accepted(
        form, lambda: saved.extend(appraise(actor=user, activity=row, grades=form.grades))
    ):
        messages.success(request, f"已登记{len(saved)}名党员的评议结果。")
        if said := warning(saved, row.held_on):
            messages.warning(request, said)
        return redirect(row)
    url = row.get_absolute_url()
    return form_page(request, "民主评议结果", form, url, [LIST, (row.title, url)])
