"""An enterprise's building, market, grid and chains: added, moved, ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.permissions import require
from enterprises import classifying
from enterprises.forms import ClassifyForm, DeclassifyForm
from enterprises.models import Enterprise, EnterpriseClassification
from enterprises.views.dossier import REGISTER, find
from organizations.views.common import accepted

CHANGE = "enterprises.change"


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def enterprise_classes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the enterprise belongs to, with the form that adds to it."""
    user: Any = request.user
    enterprise = find(request, pk)
    form = ClassifyForm(request.POST or None)
    form.limit_to(user)
    if form.is_valid() and accepted(
        form,
        lambda: classifying.classify(actor=user, enterprises=[enterprise], **form.cleaned_data),
    ):
        messages.success(request, f"已归入{form.cleaned_data['area']}。")
        return redirect("enterprises:enterprise_classes", pk)
    context = {
        "title": f"{enterprise}：楼宇、市场、网格、产业链",
        "form": form,
        "intro": "同一时间只归入一个楼宇、一个专业市场、一个网格，归入新的即离开原来的；"
        "产业链可以并列。统计辖区不受影响。",
        "rows": enterprise.classifications.select_related("area"),
        "cancel_url": enterprise.get_absolute_url(),
        "crumbs": _crumbs(enterprise),
    }
    return render(request, "enterprises/classes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def class_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one classification."""
    user: Any = request.user
    rows = EnterpriseClassification.objects.visible_to(user).select_related("enterprise", "area")
    row = get_object_or_404(rows, pk=pk)
    form = DeclassifyForm(request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: classifying.declassify(actor=user, classification=row, **form.cleaned_data),
    ):
        messages.success(request, f"已离开{row.area}。")
        return redirect("enterprises:enterprise_classes", row.enterprise_id)
    context = {
        "title": f"终止归类：{row.area}",
        "form": form,
        "intro": f"{row.enterprise}自 {row.valid_from} 起归入{row.area}。",
        "cancel_url": reverse("enterprises:enterprise_classes", args=[row.enterprise_id]),
        "crumbs": _crumbs(row.enterprise),
    }
    return render(request, "generic/form.html", context)


def _crumbs(enterprise: Enterprise) -> tuple[tuple[str, str], ...]:
    return (("企业库", REGISTER), (enterprise.name, enterprise.get_absolute_url()))
