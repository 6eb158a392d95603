"""Acts on instructors: registered, corrected, sent out, assessed, ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.permissions import require
from members.instructor_forms import (
    AssessForm,
    InstructorForm,
    LeaveForm,
    NewInstructorForm,
    SendForm,
)
from members.models import Instructor, InstructorAssignment
from members.sending import load_warning, second_warning
from members.services import instructors, visits
from members.services.enlisting import enlist
from members.services.instructors import CHANGE
from members.views.instructors import LIST, find
from organizations.views.common import accepted, form_page

ACT = ["GET", "HEAD", "POST"]


@require_http_methods(ACT)
@require(CHANGE)
def instructor_new(request: HttpRequest) -> HttpResponse:
    """Somebody of the roster, or somebody whose relation is held elsewhere."""
    user: Any = request.user
    form = NewInstructorForm(user, request.POST or None)
    made: list[Instructor] = []

    def write() -> None:
        made.append(enlist(actor=user, given=form.cleaned_data, facts=form.facts))

    if form.is_valid() and accepted(form, write):
        messages.success(request, f"已登记指导员{made[0]}。")
        return redirect(made[0])
    return form_page(request, "登记指导员", form, LIST[1], [LIST])


@require_http_methods(ACT)
@require(CHANGE)
def instructor_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    instructor = find(request, pk)
    form = InstructorForm(user, request.POST or None, instance=find(request, pk))

    def write() -> None:
        instructors.change_instructor(
            actor=user,
            instructor=instructor,
            reason=form.cleaned_data["reason"],
            **form.facts,
        )

    if form.is_valid() and accepted(form, write):
        messages.success(request, "已修改。")
        return redirect(instructor)
    return form_page(request, f"修改指导员：{instructor}", form, *_back(instructor))


@require_http_methods(ACT)
@require(CHANGE)
def instructor_leave(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    instructor = find(request, pk)
    form = LeaveForm(request.POST or None)
    ended: list[int] = []
    if form.is_valid() and accepted(
        form,
        lambda: ended.append(
            instructors.leave(actor=user, instructor=instructor, **form.cleaned_data)
        ),
    ):
        messages.success(request, f"{instructor}已退出，同时免去 {ended[0]} 家企业的派驻。")
        return redirect(instructor)
    return form_page(request, f"指导员退出：{instructor}", form, *_back(instructor))


@require_http_methods(ACT)
@require(CHANGE)
def instructor_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the instructor to one or several enterprises."""
    user: Any = request.user
    instructor = find(request, pk)
    form = SendForm(user, request.POST or None)
    made: list[InstructorAssignment] = []

    def write() -> None:
        data = form.cleaned_data
        made.extend(
            instructors.assign(
                actor=user, instructor=instructor, enterprises=data["enterprises"], **form.terms
            )
        )

    if form.is_valid() and accepted(form, write):
        messages.success(request, f"已将{instructor}派往 {len(made)} 家企业。")
        for warning in (load_warning([instructor]), second_warning(made)):
            if warning:
                messages.warning(request, warning)
        return redirect(instructor)
    return form_page(request, f"选派指导员：{instructor}", form, *_back(instructor))


@require_http_methods(ACT)
@require(CHANGE)
def instructor_assess(request: HttpRequest, pk: int) -> HttpResponse:
    """The grade of a year."""
    user: Any = request.user
    instructor = find(request, pk)
    form = AssessForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: visits.assess(actor=user, instructor=instructor, **form.cleaned_data)
    ):
        messages.success(request, "已登记年度考核。")
        return redirect(instructor)
    return form_page(request, f"年度考核：{instructor}", form, *_back(instructor))


def _back(instructor: Instructor) -> tuple[str, list[tuple[str, str]]]:
    url = reverse("members:instructor", args=[instructor.pk])
    return url, [LIST, (str(instructor), url)]
