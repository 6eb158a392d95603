"""One plan of formation: its facts, its steps, and what may be done next."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from enterprises.formation import services
from enterprises.formation.forms import ACT_FORMS, PlanForm
from enterprises.models import FormationPlan, FormationState
from enterprises.models.formation import FORMATION
from enterprises.views.formation import CHANGE, TITLE, TONES, VIEW
from organizations.views.common import accepted, form_page

LIST = (TITLE, "/formation/")


def _find(request: HttpRequest, pk: int) -> FormationPlan:
    user: Any = request.user
    plans = FormationPlan.objects.visible_to(user).select_related(
        "enterprise__reporting_area", "unit", "link__organization"
    )
    found: FormationPlan = get_object_or_404(plans, pk=pk)
    return found


@require_safe
@require(VIEW)
def formation_plan(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _find(request, pk)
    user: Any = request.user
    context = {
        "title": f"{plan.enterprise}：组建计划",
        "plan": plan,
        "tone": TONES.get(plan.state, "none"),
        "overdue": plan.is_overdue(today()),
        "groups": _groups(plan),
        "steps": plan.steps.select_related("actor"),
        "history": history_of(plan),
        "partners": _partners(plan, user),
        "acts": _acts(plan) if user.has_perm(CHANGE) else [],
        "crumbs": (LIST,),
        "as_of": f"数据截至 {today():%Y-%m-%d}",
        "may_cover": plan.is_open and user.has_perm("enterprises.coverage"),
    }
    return render(request, "enterprises/formation_plan.html", context)


def _groups(plan: FormationPlan) -> tuple[FactGroup, ...]:
    return (
        FactGroup(
            "组建计划",
            (
                Fact("列入原因", plan.get_reason_display()),
                Fact("识别日期", plan.identified_on),
                Fact("拟采取形式", plan.get_mode_display()),
                Fact("拟建党组织名称", plan.proposed_name),
                Fact("责任单位", str(plan.unit or "")),
                Fact("责任领导", plan.leader),
                Fact("责任人", plan.person),
                Fact("拟建日期", plan.planned_on),
                Fact("批准文号", plan.document),
                Fact("未建原因", plan.get_obstacle_display()),
                Fact("拟采取措施", plan.measures, wide=True),
                Fact("备注", plan.remark, wide=True),
            ),
        ),
    )


def _partners(plan: FormationPlan, user: Any) -> QuerySet[FormationPlan]:
    """Other open plans for the same joint branch."""
    plans: QuerySet[FormationPlan] = FormationPlan.objects.visible_to(user).unfinished()
    if not plan.proposed_name:
        return plans.none()
    same = plans.filter(proposed_name=plan.proposed_name).exclude(pk=plan.pk)
    return same.select_related("enterprise").order_by("enterprise__pinyin", "pk")


def _acts(plan: FormationPlan) -> list[dict[str, str]]:
    found = []
    if plan.is_open:
        label = "制定计划" if plan.state == FormationState.IDENTIFIED else "修改计划"
        found.append({"label": label, "url": reverse("enterprises:formation_edit", args=[plan.pk])})
    for transition in FORMATION.leaving(plan.state):
        if transition.name in ACT_FORMS:
            act = transition.name.partition(".")[2]
            url = reverse("enterprises:formation_act", args=[plan.pk, act])
            found.append({"label": transition.label, "url": url})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def formation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    plan, user = _find(request, pk), cast(Any, request.user)
    if not plan.is_open:
        raise Http404
    form = PlanForm(user, plan, request.POST or None)

    def save() -> None:
        said = form.cleaned_data
        services.plan_formation(
            actor=user, plans=[plan], on=said["on"], reason=said["reason"], **form.facts()
        )

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"已保存“{plan.enterprise}”的组建计划。")
        return redirect(plan)
    return form_page(request, f"“{plan.enterprise}”的组建计划", form, *_back(plan))


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def formation_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One step along the table of states."""
    plan, user, name = _find(request, pk), cast(Any, request.user), f"formation.{act}"
    if name not in ACT_FORMS:
        raise Http404
    form = ACT_FORMS[name](request.POST or None)

    def save() -> None:
        said = form.cleaned_data
        services.advance(
            actor=user,
            plans=[plan],
            act=name,
            on=said["on"],
            reason=said["reason"],
            document=said.get("document", ""),
        )

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"“{plan.enterprise}”：已{FORMATION[name].label}。")
        return redirect(plan)
    return form_page(request, f"{FORMATION[name].label}：{plan.enterprise}", form, *_back(plan))


def _back(plan: FormationPlan) -> tuple[str, list[tuple[str, str]]]:
    url = plan.get_absolute_url()
    return url, [LIST, (str(plan), url)]
