"""Editions of the rules on screen: read by everybody, a new one entered by an administrator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from members.development import editions
from members.development.edition_forms import EditionForm, StepFormSet, initial_of
from members.development.sets import enter_edition
from members.models import DevelopmentRules
from members.views.development_case import METHODS
from members.views.development_list import BOARD, VIEW
from organizations.views.common import accepted

ADMINISTER = "core.parameters"


@require_safe
@require(VIEW)
def rules_list(request: HttpRequest) -> HttpResponse:
    """Leads to the edition of today; the others are named on its page."""
    return redirect("members:rules", editions.load().on(today()).rules.pk)


@require_safe
@require(VIEW)
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = get_object_or_404(DevelopmentRules, pk=pk)
    days = f"{found.training_days.normalize():f}"
    facts = (
        Fact("规定名称", found.name),
        Fact("施行日期", found.valid_from),
        Fact("停止施行", found.valid_to),
        Fact("申请入党最低年龄（周岁）", found.least_age),
        Fact("一般经团组织推优的年龄（周岁）", found.youth_age),
        Fact("集中培训", f"不少于{days}天或{found.training_hours}学时"),
        Fact("延长预备期", f"{found.least_extension}至{found.most_extension}个月"),
        Fact("依据文件", found.document, wide=True),
    )
    steps = list(found.steps.all())
    labels = {step.code: step.label for step in steps}
    new = {"label": "新增一套规定", "url": reverse("members:rules_new"), "css": "btn-primary"}
    context = {
        "title": found.name,
        "crumbs": [BOARD],
        "groups": [FactGroup("基本情况", facts)],
        "steps": [(step, labels.get(step.since, "")) for step in steps],
        "others": DevelopmentRules.objects.exclude(pk=pk),
        "actions": [new] if user.has_perm(ADMINISTER) else [],
        "history": history_of(found),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "members/rules.html", context)


@METHODS
@require(ADMINISTER)
def rules_new(request: HttpRequest) -> HttpResponse:
    """The present edition as a first draft; what the new document changes is put over it."""
    user: Any = request.user
    present = editions.load().rows[0]
    names = [
        name for name in EditionForm.Meta.fields if name not in ("name", "document", "valid_from")
    ]
    form = EditionForm(
        request.POST or None, initial={name: getattr(present.rules, name) for name in names}
    )
    lines = StepFormSet(request.POST or None, initial=[initial_of(step) for step in present.steps])
    if form.is_valid() & lines.is_valid() and accepted(
        form,
        lambda: enter_edition(
            actor=user,
            rules=form.save(commit=False),
            steps=[one.step for one in lines if one.cleaned_data.get("label")],
            reason=form.cleaned_data["reason"],
        ),
    ):
        messages.success(request, f"已新增{form.instance}，自 {form.instance.valid_from} 起施行。")
        return redirect("members:rules", form.instance.pk)
    context = {
        "title": "新增一套发展党员规定",
        "form": form,
        "lines": lines,
        "cancel_url": present.rules.get_absolute_url(),
        "crumbs": [BOARD, (str(present.rules), present.rules.get_absolute_url())],
    }
    return render(request, "members/rules_form.html", context)
