"""Changing one enterprise by hand: facts, status, judgement, area, the year's numbers."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.dates import today
from core.permissions import require
from enterprises import services
from enterprises.forms import MEASURED_FIELDS, ChangeForm
from enterprises.models import Enterprise, EnterpriseYear, Ownership
from enterprises.views.dossier import REGISTER, find

FACTS = ("name", "legal_representative", "business_address", "phone")
STATES = ("operating_status", "unit_kind")
BASE = ("in_base_list", "exclusion_reason")
WAN = Decimal(10_000)


@require_http_methods(["GET", "POST"])
@require("enterprises.change")
def enterprise_change(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise, user = find(request, pk), request.user
    year = EnterpriseYear.objects.filter(enterprise=enterprise).order_by("-reference_date").first()
    form = ChangeForm(user, request.POST or None, initial=_initial(enterprise, year))
    if request.method == "POST" and form.is_valid():
        try:
            _change(user, enterprise, form)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, f"已保存“{enterprise.name}”的变更。")
            return redirect(enterprise.get_absolute_url())
    context = {
        "title": f"修改 {enterprise.name}",
        "form": form,
        "cancel_url": enterprise.get_absolute_url(),
        "crumbs": (
            ("企业库", REGISTER),
            (enterprise.name, enterprise.get_absolute_url()),
        ),
    }
    return render(request, "generic/form.html", context)


def _initial(enterprise: Enterprise, year: EnterpriseYear | None) -> dict[str, Any]:
    facts = {name: getattr(enterprise, name) for name in (*FACTS, *STATES, "ownership")}
    measures: dict[str, Any] = {name: getattr(year, name, None) for name in MEASURED_FIELDS}
    if measures["annual_revenue"] is not None:
        measures["annual_revenue"] = (measures["annual_revenue"] / WAN).normalize()
    return {
        **facts,
        **measures,
        "phone": "",  # masked on every page; only a new number is entered
        "reporting_area": enterprise.reporting_area_id,
        "reference_date": year.reference_date if year else None,
        "in_base_list": year.in_base_list if year else True,
        "exclusion_reason": year.exclusion_reason if year else "",
        "on": today(),
    }


@transaction.atomic
def _change(actor: Any, enterprise: Enterprise, form: ChangeForm) -> None:
    """Only what was changed goes to its service."""
    said, changed = form.cleaned_data, set(form.changed_data)
    common = {"actor": actor, "enterprise": enterprise, "reason": said["reason"]}
    facts = {name: said[name] for name in FACTS if name in changed}
    if facts:
        services.change_enterprise(**common, facts=facts, on=said["on"])
    states = {name: said[name] for name in STATES if name in changed}
    if states:
        services.change_status(**common, on=said["on"], **states)
    if "ownership" in changed:
        services.judge_ownership(**common, ownership=Ownership(said["ownership"]), on=said["on"])
    if "reporting_area" in changed:
        services.claim_area(
            actor=actor,
            enterprises=[enterprise],
            area=said["reporting_area"],
            reason=said["reason"],
            on=said["on"],
        )
    measures = {name: said[name] for name in (*MEASURED_FIELDS, *BASE) if name in changed}
    if measures.get("annual_revenue") is not None:
        measures["annual_revenue"] = (measures["annual_revenue"] * WAN).quantize(Decimal("0.01"))
    if measures:
        services.record_measures(
            **common, reference_date=said["reference_date"] or said["on"], measures=measures
        )
