"""Rating schemes: what organizations and sites are measured by, in all their versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from organizations.models import RatingScheme
from organizations.scoring import points
from organizations.services import schemes as services
from organizations.site_facts import SCHEMES
from organizations.views.common import VIEW, accepted
from organizations.views.rating_forms import LineFormSet, NewSchemeForm, SchemeForm
from organizations.views.site_lists import section_tabs

LIST = ("评定办法", "/sites/schemes/")
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@require(VIEW)
def scheme_list(request: HttpRequest) -> HttpResponse:
    """The versions in force today."""
    user: Any = request.user
    schemes = RatingScheme.objects.as_of(today()).prefetch_related("criteria").order_by("pk")
    create = {
        "label": "新增办法",
        "url": reverse("organizations:scheme_create"),
        "css": "btn-primary",
    }
    context = {
        "title": "评定办法",
        "schemes": schemes,
        "section_tabs": section_tabs("scheme_list"),
        "actions": [create] if user.has_perm(SCHEMES) else [],
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/scheme_list.html", context)


@require_safe
@require(VIEW)
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = get_object_or_404(RatingScheme, pk=pk)
    criteria = list(found.criteria.order_by("place"))
    full = services.full_marks(services.lines_of(found))
    facts = (
        Fact("办法名称", found.name),
        Fact("标识", found.key),
        Fact("版本", str(found.version)),
        Fact("对象", found.get_subject_display()),
        Fact("启用日期", found.valid_from),
        Fact("停用日期", found.valid_to),
        Fact("满分", points(full) if criteria else "—"),
        Fact("星级分数线", "、".join(points(line) for line in found.star_scores) or "不评星级"),
        Fact("依据", found.source, wide=True),
        Fact("说明", found.note, wide=True),
    )
    may_edit = user.has_perm(SCHEMES) and found.valid_to is None
    edit = {"label": "修改", "url": reverse("organizations:scheme_edit", args=[pk])}
    context = {
        "title": str(found),
        "scheme": found,
        "criteria": criteria,
        "versions": RatingScheme.objects.filter(key=found.key).exclude(pk=pk),
        "crumbs": [LIST],
        "groups": [FactGroup("基本情况", facts)],
        "may_edit": may_edit,
        "actions": [{**edit, "css": "btn-primary"}] if may_edit else [],
        "history": audit.history_of(found),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/scheme.html", context)


@require_http_methods(METHODS)
@require(SCHEMES)
def scheme_create(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form, lines = NewSchemeForm(request.POST or None), LineFormSet(request.POST or None)
    if form.is_valid() & lines.is_valid() and accepted(
        form,
        lambda: services.enter_scheme(
            actor=user,
            scheme=form.save(commit=False),
            lines=[one.line for one in lines if one.cleaned_data.get("label")],
            reason=form.cleaned_data["reason"],
        ),
    ):
        messages.success(request, f"已新增 {form.instance}。")
        return redirect("organizations:scheme", form.instance.pk)
    return _form(request, "新增评定办法", form, lines, LIST[1])


@require_http_methods(METHODS)
@require(SCHEMES)
def scheme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A version in use stays as it is; the change makes the next one."""
    user: Any = request.user
    present = get_object_or_404(RatingScheme, pk=pk)
    initial = [
        {"label": one.label, "weight": one.weight, "is_veto": one.is_veto, "detail": one.detail}
        for one in services.lines_of(present)
    ]
    form = SchemeForm(request.POST or None, instance=get_object_or_404(RatingScheme, pk=pk))
    lines = LineFormSet(request.POST or None, initial=initial)
    made: list[RatingScheme] = []
    if form.is_valid() & lines.is_valid() and accepted(
        form,
        lambda: made.append(
            services.change_scheme(
                actor=user,
                scheme=present,
                lines=[one.line for one in lines if one.cleaned_data.get("label")],
                **form.cleaned_data,
            )
        ),
    ):
        messages.success(request, f"已保存 {made[0]}。")
        return redirect("organizations:scheme", made[0].pk)
    back = reverse("organizations:scheme", args=[pk])
    return _form(request, f"修改 {present}", form, lines, back)


def _form(request: HttpRequest, title: str, form: Any, lines: Any, back: str) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "lines": lines,
        "cancel_url": back,
        "crumbs": [LIST],
    }
    return render(request, "organizations/scheme_form.html", context)
