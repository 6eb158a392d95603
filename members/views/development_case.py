"""One person's way into the party on screen: what was done, what comes next, and its acts."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from members.development import cases, editions
from members.development.approving import RECORD, committee_of, may_record
from members.development.editions import Editions
from members.development.forms import ApplicationForm, CaseForm, MoveCaseForm, StopForm
from members.development.progress import Progress, broken, missing_papers, progress
from members.models import DevelopmentCase, DevelopmentStep, Phase, StepRule
from members.standing import full_years
from members.views.development_list import BOARD, TONES, VIEW
from organizations.views.common import accepted, form_page

METHODS = require_http_methods(["GET", "HEAD", "POST"])
FORMS = {
    "record": "发展党员工作登记表",
    "activist": "入党积极分子培养教育考察登记表",
    "preview": "关于接收预备党员的预审请示",
    "meeting": "支部大会关于接收预备党员的决议",
    "discussion": "支部大会关于预备党员转正的决议",
}


@dataclass(frozen=True)
class Line:
    """A step of the edition: what was done of it, and whether it is the user's turn."""

    rule: StepRule
    done: list[DevelopmentStep]
    is_next: bool
    again: bool  # it recurs
    is_mine: bool  # the user may record and correct it

    @property
    def may_record(self) -> bool:
        return self.is_mine and (self.is_next or self.again)


@METHODS
@require(RECORD)
def development_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = ApplicationForm(user, request.POST or None)
    made: list[DevelopmentCase] = []
    if form.is_valid() and accepted(
        form, lambda: made.append(cases.open_case(actor=user, given=form.application))
    ):
        messages.success(request, f"已登记入党申请人 {made[0]}。")
        return redirect("members:development", made[0].pk)
    return form_page(request, "登记入党申请人", form, BOARD[1], [BOARD])


@require_safe
@require(VIEW)
def development(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    case = find(request, pk)
    known, day = editions.load(), today()
    steps = list(case.steps.select_related("committee", "recorded_by"))
    found = progress(steps, known.on(day))
    is_open, step = case.closed_on is None, found.step
    context = {
        "title": f"发展党员：{case.person}",
        "crumbs": [BOARD],
        "case": case,
        "tone": TONES.get(found.stage, "none"),
        "groups": [facts_of(case)],
        "progress": found,
        "may_next": is_open and step and may_record(user, case.organization, step),
        "phases": _phases(user, case, steps, known, found),
        "broken": broken(steps, known, day),
        "missing": missing_papers(steps, known),
        "rules": known.on(day).rules,
        "committee": committee_of(case.organization),
        "forms": FORMS,
        "may_change": is_open and user.has_perm(RECORD),
        "may_stop": is_open and user.has_perm(RECORD) and not case.member_id,
        "history": history_of(case),
        "as_of": f"数据截至 {day}",
    }
    return render(request, "members/development.html", context)


def _phases(
    user: Any,
    case: DevelopmentCase,
    steps: list[DevelopmentStep],
    known: Editions,
    found: Progress,
) -> list[tuple[str, list[Line]]]:
    is_open = case.closed_on is None
    phases: dict[str, list[Line]] = {}
    for rule in known.on(today()).steps:
        done = [step for step in steps if step.code == rule.code]
        is_next = is_open and found.step is not None and found.step.code == rule.code
        again = is_open and bool(done) and rule.every_months is not None
        is_mine = is_open and may_record(user, case.organization, rule)
        phases.setdefault(rule.phase, []).append(Line(rule, done, is_next, again, is_mine))
    return [(Phase(phase).label, lines) for phase, lines in phases.items()]


def facts_of(case: DevelopmentCase) -> FactGroup:
    person = case.person
    age = full_years(person.born_on, today()) if person.born_on else None
    helpers = {"contacts": [], "sponsors": []}  # type: dict[str, list[str]]
    for helper in case.helpers.select_related("member__person"):
        helpers.setdefault(helper.role, []).append(str(helper.member))
    return FactGroup(
        "基本情况",
        (
            Fact("姓名", person.name),
            Fact("培养党组织", case.organization),
            Fact("性别", person.get_sex_display()),
            Fact("年龄", age),
            Fact("民族", person.get_ethnicity_display()),
            Fact("学历", person.get_education_display()),
            Fact("工作岗位", person.get_job_class_display()),
            Fact("工作单位及职务", person.position),
            Fact("推荐方式", case.get_recommender_display()),
            Fact("推荐（推优）日期", case.recommended_on),
            Fact("管理和业务骨干", case.is_backbone),
            Fact("双培", case.get_cultivation_display()),
            Fact("培养联系人", "、".join(helpers["contacts"])),
            Fact("入党介绍人", "、".join(helpers["sponsors"])),
            Fact("接收预备党员日期", case.accepted_on),
            Fact("转正日期", case.confirmed_on),
            Fact("结束日期", case.closed_on),
            Fact("终止原因", case.close_reason),
            Fact("备注", case.remark, wide=True),
        ),
    )


@METHODS
@require(RECORD)
def development_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    form = CaseForm(request.POST or None, instance=find(request, pk))
    if form.is_valid() and accepted(
        form,
        lambda: cases.change_case(
            actor=user, case=find(request, pk), reason=form.cleaned_data["reason"], **form.facts
        ),
    ):
        messages.success(request, "已修改。")
        return redirect("members:development", pk)
    return act_page(request, find(request, pk), "修改发展档案", form)


@METHODS
@require(RECORD)
def development_move(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    case = find(request, pk)
    form = MoveCaseForm(user, request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: cases.move_case(actor=user, case=case, **form.cleaned_data)
    ):
        messages.success(request, "已转移，培养教育时间连续计算。")
        return redirect("members:development", pk)
    return act_page(request, case, "转移发展档案", form)


@METHODS
@require(RECORD)
def development_stop(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    case = find(request, pk)
    form = StopForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: cases.stop_case(actor=user, case=case, **form.cleaned_data)
    ):
        messages.success(request, "已终止，档案保留。")
        return redirect("members:development", pk)
    return act_page(request, case, "终止发展", form)


@require_safe
@require(VIEW)
def development_print(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """One of the paper forms, filled in with what is recorded."""
    if form not in FORMS:
        raise Http404
    case = find(request, pk)
    known = editions.load()
    steps = list(case.steps.select_related("committee"))
    latest = {step.code: step for step in steps if step.outcome != "failed"}
    helpers: dict[str, list[str]] = {"contacts": [], "sponsors": []}
    for helper in case.helpers.select_related("member__person"):
        helpers[helper.role].append(str(helper.member))
    context = {
        "title": FORMS[form],
        "crumbs": [BOARD, (str(case), case.get_absolute_url())],
        "case": case,
        "person": case.person,
        "steps": latest,
        "reviews": [step for step in steps if step.code == "review"],
        "lines": [
            (rule, [step for step in steps if step.code == rule.code])
            for rule in known.on(today()).steps
        ],
        "contacts": helpers["contacts"],
        "sponsors": helpers["sponsors"],
        "committee": committee_of(case.organization),
        "form_template": f"members/development_forms/{form}.html",
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "members/development_print.html", context)


def find(request: HttpRequest, pk: int) -> DevelopmentCase:
    user: Any = request.user
    rows = DevelopmentCase.objects.visible_to(user).select_related("person", "organization")
    found: DevelopmentCase = get_object_or_404(rows, pk=pk)
    return found


def act_page(
    request: HttpRequest, case: DevelopmentCase, title: str, form: BaseForm
) -> HttpResponse:
    url = reverse("members:development", args=[case.pk])
    return form_page(request, f"{title}：{case.person}", form, url, [BOARD, (str(case), url)])
