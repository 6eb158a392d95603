"""The yearly flow on screen; every number leads to the persons behind it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.dates import EARLIEST, today
from core.permissions import require
from core.templatetags.ui import day
from members.models import PartyMember
from members.views.member_pages import LIST, VIEW
from members.yearly_flow import ACTUAL, DECREASE, DUE, INCREASE, OPENING, Flow, flow_of
from organizations.choices import OrganizationField
from organizations.models import PartyOrganization

SHOWN = 200  # persons on a page


@dataclass(frozen=True)
class Row:
    """One number of the table, and how its persons are asked for."""

    side: str
    kind: str
    label: str
    count: int
    is_head: bool = False
    is_part: bool = False


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
    found = page = None
    side, kind = request.GET.get("side", ""), request.GET.get("kind", "")
    if form.is_valid():
        organization = form.cleaned_data["organization"]
        found = flow_of(organization, form.cleaned_data["year"])
        behind = found.behind(side, kind)
        page = behind and Paginator(behind, SHOWN).get_page(request.GET.get("page"))
    people = list(page or ())
    seen = PartyMember.objects.visible_to(user).filter(pk__in=[one.pk for one in people])
    rows = _rows(found) if found else []
    year = form["year"].value()
    context = {
        "title": "党员年度增减",
        "crumbs": [LIST],
        "filter_form": form,
        "organization": organization,
        "flow": found,
        "rows": rows,
        "row": next((row for row in rows if (row.side, row.kind) == (side, kind)), None),
        "page": page,
        "people": people,
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


def _rows(flow: Flow) -> list[Row]:
    """The table from top to bottom."""
    lines = [
        Row(line.side, line.kind, line.label, line.count, is_part=line.is_part)
        for line in flow.lines
    ]
    return [
        Row(OPENING, "", f"上年底（{day(flow.opening_on)}）总数", flow.opening, is_head=True),
        Row(INCREASE, "", "增加", flow.increase, is_head=True),
        *(line for line in lines if line.side == INCREASE),
        Row(DECREASE, "", "减少", flow.decrease, is_head=True),
        *(line for line in lines if line.side == DECREASE),
        Row(DUE, "", "应有数", flow.due, is_head=True),
        Row(ACTUAL, "", f"实有数（{day(flow.closing_on)}）", flow.actual, is_head=True),
    ]
