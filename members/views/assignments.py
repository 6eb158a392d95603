"""Terms of instructors at enterprises as a list: visits that are due, terms that end."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet

from core.dates import today
from core.listing import (
    BulkAction,
    BulkRequest,
    DayColumn,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    NumberColumn,
    SystemView,
    YesNoFilter,
)
from core.text import fold
from core.validity import valid_on
from enterprises.views.register import areas_in_scope
from members.guidance import Guidance, guidance_on
from members.instructor_forms import RenewForm
from members.models import InstructorAssignment
from members.services.instructors import CHANGE, renew
from members.visit_card import expected

VIEW = "members.view"
STATES = (("present", "在派"), ("planned", "未到任"), ("past", "已结束"))


class NextColumn(DayColumn):
    """The day of the next visit; an overdue one says so, a term that is over has none."""

    def render(self, value: date, record: Any) -> str:  # type: ignore[override]
        if record.valid_to is not None and record.valid_to <= value:
            return ""
        late = "（逾期）" if value < today() else ""
        return f"{super().render(value)}{late}"


class ExpectedColumn(NumberColumn):
    empty_values = ()

    def render(self, record: Any) -> str:
        return str(expected(record, today()))

    def value(self, record: Any) -> int:
        return expected(record, today())


class AssignmentTable(ListTable):
    enterprise = NameColumn(
        linkify=lambda record: record.get_absolute_url(), order_by=("enterprise__pinyin",)
    )
    area = tables.Column(
        accessor="enterprise__reporting_area",
        verbose_name="统计辖区",
        order_by=("enterprise__reporting_area__official_order", "enterprise__pinyin"),
    )
    instructor = tables.Column(order_by=("instructor__person__search_key",))
    next_due = NextColumn(verbose_name="下次走访")
    last_visit = DayColumn(verbose_name="最近走访")
    expected = ExpectedColumn(verbose_name="本年应走访（次）", orderable=False)
    visited = NumberColumn(verbose_name="本年已走访（次）")
    valid_from = DayColumn()
    valid_to = DayColumn()
    sender = tables.Column(order_by=("sender__official_order", "sender__code"))
    document = tables.Column(orderable=False)
    end_reason = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = InstructorAssignment
        fields: ClassVar = ()


class AssignmentFilter(ListFilters):
    area = django_filters.ModelChoiceFilter(
        field_name="enterprise__reporting_area", queryset=areas_in_scope, label="统计辖区"
    )
    state = django_filters.ChoiceFilter(choices=STATES, label="状态", method="in_state")
    due = YesNoFilter(method="is_due", label="走访逾期")
    ending = YesNoFilter(method="is_ending", label="即将到期")

    def in_state(self, queryset: Any, name: str, value: str) -> QuerySet[InstructorAssignment]:
        day = today()
        found: QuerySet[InstructorAssignment] = queryset.filter(
            {"planned": Q(valid_from__gt=day), "past": Q(valid_to__lte=day)}.get(
                value, valid_on(day)
            )
        )
        return found

    def is_due(self, queryset: Any, name: str, value: bool) -> QuerySet[InstructorAssignment]:
        day = today()
        still = Q(valid_to__isnull=True) | Q(valid_to__gt=F("next_due"))
        late = valid_on(day) & still & Q(next_due__lt=day)
        found: QuerySet[InstructorAssignment] = (
            queryset.filter(late) if value else queryset.exclude(late)
        )
        return found

    def is_ending(self, queryset: Any, name: str, value: bool) -> QuerySet[InstructorAssignment]:
        day = today()
        until = day + timedelta(days=guidance_on(day).expiry_days)
        soon = valid_on(day) & Q(valid_to__lte=until)
        found: QuerySet[InstructorAssignment] = (
            queryset.filter(soon) if value else queryset.exclude(soon)
        )
        return found


@transaction.atomic
def renew_many(request: BulkRequest) -> str:
    """The same further term for all chosen; one that cannot be renewed refuses them all."""
    rows = list(request.rows)
    for row in rows:
        try:
            renew(actor=request.actor, assignment=row, **request.data)
        except ValidationError as problem:
            raise ValidationError(f"“{row.enterprise}”：{problem.messages[0]}") from None
    return f"已续派 {len(rows):,} 家企业的指导员。"


class AssignmentList(ListPage):
    key = "assignments"
    title = "选派与走访"
    permission = VIEW
    table_class = AssignmentTable
    filterset_class = AssignmentFilter
    search_placeholder = "企业、指导员姓名或拼音"
    main_filters: ClassVar[Sequence[str]] = ("area", "state", "due")
    default_columns: ClassVar[Sequence[str]] = (
        "enterprise",
        "area",
        "instructor",
        "next_due",
        "last_visit",
        "expected",
        "visited",
        "valid_from",
        "valid_to",
    )
    default_sort = "next_due"
    tells_day = True
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("在派", "state=present"),
        SystemView("走访逾期", "due=true"),
        SystemView("即将到期", "ending=true"),
        SystemView("已结束", "state=past"),
        SystemView("全部"),
    )
    bulk_actions: ClassVar[Sequence[BulkAction]] = (
        BulkAction("renew", "续派", CHANGE, renew_many, RenewForm, undo="续派后仍可以逐家免去。"),
    )
    export_name = "指导员选派与走访"
    empty_text = "范围内没有选派记录。"
    crumbs: ClassVar[Sequence[tuple[str, str]]] = (("党建指导员", "/instructors/"),)

    @cached_property
    def rules(self) -> Guidance:
        return guidance_on(today())

    def get_queryset(self) -> QuerySet[InstructorAssignment]:
        rows: QuerySet[InstructorAssignment] = InstructorAssignment.objects.visible_to(
            self.user
        ).with_rhythm(today(), self.rules.visit_months)
        return rows.select_related("enterprise__reporting_area", "instructor__person", "sender")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        word = fold(text)
        return queryset.filter(
            Q(enterprise__name__icontains=word)
            | Q(enterprise__initials__startswith=word.lower())
            | Q(instructor__person__name__contains=word)
            | Q(instructor__person__search_key__contains=word.lower().replace(" ", ""))
        )
