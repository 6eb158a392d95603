"""Steps on screen: recorded with what their rule asks for, corrected, and who helps."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.dates import today
from core.permissions import require
from members.development import editions, steps
from members.development.approving import RECORD, may_record
from members.development.forms import CorrectForm, HelpersForm, StepForm
from members.development.progress import Steps, earliest, latest
from members.models import DevelopmentCase, DevelopmentHelper, DevelopmentStep, StepRule
from members.views.development_case import METHODS, act_page, find
from members.views.development_list import BOARD
from organizations.views.common import accepted


@METHODS
@require(RECORD)
def step_record(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The next step, or a review that recurs; a committee's step is the committee's."""
    user: Any = request.user
    case = find(request, pk)
    rule = _rule(code)
    _require(user, case, rule)
    form = StepForm(user, rule, request.POST or None)
    if form.is_valid() and _recorded(request, case, rule, form):
        return redirect("members:development", pk)
    return _page(request, case, rule, f"第{rule.number}步 {rule.label}", form)


def _recorded(request: HttpRequest, case: DevelopmentCase, rule: StepRule, form: StepForm) -> bool:
    user: Any = request.user
    made: list[DevelopmentStep] = []
    if not accepted(
        form,
        lambda: made.append(
            steps.record_step(
                actor=user,
                case=case,
                code=rule.code,
                done_on=form.cleaned_data["done_on"],
                people=form.cleaned_data.get("people") or (),
                **form.facts,
            )
        ),
    ):
        return False
    messages.success(request, f"已登记{rule.label}。")
    for sentence in steps.remarks_on(case, made[0]):
        messages.warning(request, sentence)
    return True


@METHODS
@require(RECORD)
def step_correct(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    seen = DevelopmentStep.objects.visible_to(user).select_related("case__person")
    step: DevelopmentStep = get_object_or_404(seen, pk=pk)
    case = find(request, step.case_id)
    rule = editions.load().on(step.done_on).by_code.get(step.code) or _rule(step.code)
    _require(user, case, rule)
    form = CorrectForm(user, rule, request.POST or None, instance=step)
    if form.is_valid() and _corrected(request, step, form):
        messages.success(request, "已更正。")
        return redirect("members:development", case.pk)
    return _page(request, case, rule, f"更正：{rule.label}", form)


def _corrected(request: HttpRequest, step: DevelopmentStep, form: CorrectForm) -> bool:
    user: Any = request.user
    data = form.cleaned_data
    return accepted(
        form,
        lambda: steps.correct_step(
            actor=user, step=step, reason=data["reason"], done_on=data["done_on"], **form.facts
        ),
    )


@METHODS
@require(RECORD)
def helpers_change(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """Other contacts or sponsors take over."""
    if role not in DevelopmentHelper.Role.values:
        raise Http404
    user: Any = request.user
    case = find(request, pk)
    people = [
        one.member.person for one in case.helpers.filter(role=role).select_related("member__person")
    ]
    form = HelpersForm(user, _rule(role), request.POST or None, initial={"people": people})
    if form.is_valid() and accepted(
        form, lambda: steps.set_helpers(actor=user, case=case, role=role, **form.cleaned_data)
    ):
        messages.success(request, "已调整。")
        return redirect("members:development", pk)
    label = DevelopmentHelper.Role(role).label
    return act_page(request, case, f"调整{label}", form)


def _rule(code: str) -> StepRule:
    rule = editions.load().on(today()).by_code.get(code)
    if rule is None:
        raise Http404
    return rule


def _require(user: Any, case: DevelopmentCase, rule: StepRule) -> None:
    if not may_record(user, case.organization, rule):
        raise PermissionDenied


def _page(
    request: HttpRequest, case: DevelopmentCase, rule: StepRule, title: str, form: StepForm
) -> HttpResponse:
    found = Steps(case.steps.all())
    url = reverse("members:development", args=[case.pk])
    limits = [rule.rule] if rule.rule else []
    if first := earliest(rule, found):
        limits.append(f"不早于 {first}")
    if last := latest(rule, found):
        limits.append(f"不迟于 {last}")
    context = {
        "title": f"{title}：{case.person}",
        "form": form,
        "cancel_url": url,
        "crumbs": [BOARD, (str(case), url)],
        "intro": "；".join(limits) + ("。" if limits else ""),
    }
    return render(request, "generic/form.html", context)
