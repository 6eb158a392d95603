"""The yearly flow on screen; every number leads to the persons behind it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.dates import EARLIEST, today
from core.permissions import require
from members.models import PartyMember
from members.views.member_pages import LIST, VIEW
from members.yearly_flow import Flow, Line, flow_of, people
from organizations.choices import OrganizationField
from organizations.models import PartyOrganization

SHOWN = 500


class FlowForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=EARLIEST)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="党组织")
        self.fields["year"].widget.attrs["max"] = today().year

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > today().year:
            raise forms.ValidationError("年度还没有开始。")
        return year


@require_safe
@require(VIEW)
def flow(request: HttpRequest) -> HttpResponse:
    """Of one organization with all below it (`organization`), in one year (`year`)."""
    user: Any = request.user
    organization, form = _asked(request)
    found = line = None
    if form.is_valid():
        organization = form.cleaned_data["organization"]
        found = flow_of(organization, form.cleaned_data["year"])
        line = _line(found, request)
    seen = PartyMember.objects.visible_to(user).filter(pk__in=line.members if line else ())
    year = form["year"].value()
    context = {
        "title": "党员年度增减",
        "crumbs": [LIST],
        "filter_form": form,
        "organization": organization,
        "flow": found,
        "line": line,
        "people": people(line.members if line else ())[:SHOWN],
        "open": set(seen.values_list("pk", flat=True)),
        "query": {"organization": organization.pk if organization else "", "year": year},
    }
    return render(request, "members/flow.html", context)


def _asked(request: HttpRequest) -> tuple[PartyOrganization | None, FlowForm]:
    """Links name the organization by its key, the form by code and name."""
    user: Any = request.user
    rows = PartyOrganization.objects.visible_to(user)
    asked = request.GET.get("organization", "")
    known = rows.filter(pk=int(asked)) if asked.isdecimal() and len(asked) < 19 else rows.none()
    organization = known.first() or (None if asked else rows.order_by("path").first())
    data = {"year": request.GET.get("year") or today().year, "organization": asked}
    if organization is not None:
        data["organization"] = f"{organization.name}（{organization.code}）"
    return organization, FlowForm(user, data)


def _line(flow: Flow, request: HttpRequest) -> Line | None:
    asked = (request.GET.get("side"), request.GET.get("kind"))
    return next((line for line in flow.lines if (line.side, line.kind) == asked), None)
