"""Suggestions on screen: what was proposed to which enterprise, and whether it was adopted."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from activities.branch_forms import AnswerForm, SuggestForm
from activities.models import Suggestion, SuggestionAnswer
from activities.services.suggesting import answer_suggestion, change_suggestion, suggest
from activities.states import RECORD, VIEW
from activities.views.branch_pages import of_branch
from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import (
    DayColumn,
    DayRangeFilter,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    SystemView,
)
from core.permissions import require
from core.text import fold
from organizations.models import PartyOrganization
from organizations.views.common import accepted, form_page

LIST = ("合理化建议", "/suggestions/")
MADE = "登记合理化建议"
OPEN = "待答复"
METHODS = ["GET", "HEAD", "POST"]


class SuggestionTable(ListTable):
    text = NameColumn(linkify=lambda record: reverse("activities:suggestion", args=[record.pk]))
    organization = tables.Column(order_by=("organization__path",))
    enterprise = tables.Column(orderable=False)
    proposer = tables.Column(orderable=False)
    made_on = DayColumn()
    answer = tables.Column(orderable=False, empty_values=())
    answered_on = DayColumn()

    class Meta(ListTable.Meta):
        model = Suggestion
        fields: ClassVar = ()

    def render_answer(self, record: Suggestion) -> str:
        return record.get_answer_display() or OPEN


class SuggestionFilter(ListFilters):
    answer = django_filters.ChoiceFilter(
        choices=[*SuggestionAnswer.choices, ("open", OPEN)], label="采纳情况", method="is_answered"
    )
    made_on = DayRangeFilter(label="提出日期")

    class Meta:
        model = Suggestion
        fields: ClassVar = ()

    def is_answered(
        self, rows: QuerySet[Suggestion], name: str, value: str
    ) -> QuerySet[Suggestion]:
        return rows.filter(answer="" if value == "open" else value)


class SuggestionList(ListPage):
    key = "suggestions"
    title = "合理化建议"
    permission = VIEW
    table_class = SuggestionTable
    filterset_class = SuggestionFilter
    search_placeholder = "内容、提出人、企业、党组织"
    main_filters = ("answer", "made_on")
    default_columns = ("text", "organization", "enterprise", "proposer", "made_on", "answer")
    default_sort = "-made_on"
    tells_day = True
    system_views = (
        SystemView("全部"),
        SystemView(OPEN, "answer=open"),
        SystemView("已采纳", "answer=adopted"),
    )
    export_name = "合理化建议"
    empty_text = "范围内没有登记合理化建议。"

    def get_queryset(self) -> QuerySet[Suggestion]:
        rows: QuerySet[Suggestion] = Suggestion.objects.visible_to(self.user)
        return rows.select_related("organization", "enterprise")

    def search(self, queryset: QuerySet[Suggestion], text: str) -> QuerySet[Suggestion]:
        word = fold(text)
        return queryset.filter(
            Q(text__icontains=word)
            | Q(proposer__icontains=word)
            | Q(enterprise__name__contains=word)
            | Q(organization__name__contains=word)
        )

    def actions(self) -> list[dict[str, Any]]:
        if not self.user.has_perm(RECORD):
            return []
        new = reverse("activities:suggestion_new")
        return [{"label": MADE, "url": new, "css": "btn-primary", "hotkey": "n"}]


@require_http_methods(METHODS)
@require(RECORD)
def suggestion_new(request: HttpRequest) -> HttpResponse:
    def page(branch: PartyOrganization) -> HttpResponse:
        user: Any = request.user
        form = SuggestForm(user, request.POST or None)
        if form.is_valid() and accepted(
            form, lambda: suggest(actor=user, organization=branch, **form.cleaned_data)
        ):
            messages.success(request, "已登记建议。")
            return redirect("activities:suggestion_list")
        return form_page(request, f"{MADE}：{branch}", form, LIST[1], [LIST])

    return of_branch(request, MADE, [LIST], page)


@require_safe
@require(VIEW)
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _find(request, pk)
    made = (
        Fact("党组织", str(row.organization)),
        Fact("所在企业", str(row.enterprise or "")),
        Fact("提出人", row.proposer),
        Fact("提出日期", row.made_on),
        Fact("建议内容", row.text, wide=True),
    )
    answered = (
        Fact("采纳情况", row.get_answer_display() or OPEN),
        Fact("答复日期", row.answered_on),
        Fact("落实情况", row.outcome, wide=True),
    )
    context = {
        "title": str(row),
        "crumbs": [LIST],
        "groups": [FactGroup("建议", made), FactGroup("企业答复", answered)],
        "actions": _actions(row) if user.has_perm(RECORD) else [],
        "history": history_of(row, user=user),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "activities/register_row.html", context)


def _actions(row: Suggestion) -> list[dict[str, str]]:
    return [
        {
            "label": "登记采纳情况",
            "url": reverse("activities:suggestion_answer", args=[row.pk]),
            "css": "btn-primary",
        },
        {"label": "修改", "url": reverse("activities:suggestion_edit", args=[row.pk])},
    ]


@require_http_methods(METHODS)
@require(RECORD)
def suggestion_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _find(request, pk)
    form = SuggestForm(user, request.POST or None, suggestion=row)
    if form.is_valid() and accepted(
        form, lambda: change_suggestion(actor=user, suggestion=row, **form.cleaned_data)
    ):
        messages.success(request, "已保存。")
        return redirect("activities:suggestion", pk)
    return _form_of(request, row, "修改建议", form)


@require_http_methods(METHODS)
@require(RECORD)
def suggestion_answer(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _find(request, pk)
    form = AnswerForm(row, request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: answer_suggestion(actor=user, suggestion=row, **form.cleaned_data)
    ):
        messages.success(request, "已登记采纳情况。")
        return redirect("activities:suggestion", pk)
    return _form_of(request, row, "登记采纳情况", form)


def _form_of(request: HttpRequest, row: Suggestion, title: str, form: Any) -> HttpResponse:
    back = reverse("activities:suggestion", args=[row.pk])
    return form_page(request, title, form, back, [LIST, (str(row), back)])


def _find(request: HttpRequest, pk: int) -> Suggestion:
    user: Any = request.user
    rows = Suggestion.objects.visible_to(user).select_related("organization", "enterprise")
    found: Suggestion = get_object_or_404(rows, pk=pk)
    return found
