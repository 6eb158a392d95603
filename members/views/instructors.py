"""Instructors on screen: who they are, whom they are sent to, how much each has done."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import F, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import choices
from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import (
    DayColumn,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    NumberColumn,
    SystemView,
    YesNoFilter,
)
from core.permissions import require
from core.reveal import masked
from core.templatetags.ui import badge
from core.text import fold
from enterprises.views.register import areas_in_scope
from members.choices import FullMembers, Instructors
from members.guidance import Guidance, guidance_on
from members.models import (
    FirmPayment,
    Instructor,
    InstructorAssessment,
    InstructorAssignment,
)
from members.rhythm import visits_due_in_year
from members.services.instructors import CHANGE, may_guide

VIEW = "members.view"
LIST = ("党建指导员", "/instructors/")


class LoadColumn(NumberColumn):
    """Enterprises in post; above the county's limit it says so."""

    def render(self, value: int, record: Any) -> str:  # type: ignore[override]
        over = value > record.limit
        return badge(f"{value}（超过 {record.limit} 家）", "attention") if over else str(value)


class ExpectedColumn(NumberColumn):
    """Visits that fell due this year, over all terms."""

    empty_values = ()

    def render(self, record: Any) -> str:
        return str(self.value(record))

    def value(self, record: Any) -> int:
        day = today()
        return sum(
            visits_due_in_year(one.valid_from, one.valid_to, day, one.visit_months or record.months)
            for one in record.assignments.all()
        )


class InstructorTable(ListTable):
    person = NameColumn(
        linkify=lambda record: reverse("members:instructor", args=[record.pk]),
        order_by=("person__search_key",),
        verbose_name="姓名",
    )
    home_unit = tables.Column()
    engagement = tables.Column()
    level = tables.Column()
    area = tables.Column(order_by=("area__official_order",))
    load = LoadColumn(verbose_name="派驻企业（家）")
    expected = ExpectedColumn(verbose_name="本年应走访（次）", orderable=False)
    visited = NumberColumn(verbose_name="本年已走访（次）")
    last_visit = DayColumn(verbose_name="最近走访")
    first_end = DayColumn(verbose_name="最早到期")
    sector = tables.Column()
    left_on = DayColumn()

    class Meta(ListTable.Meta):
        model = Instructor
        fields: ClassVar = ()


class InstructorFilter(ListFilters):
    engagement = django_filters.ChoiceFilter(
        choices=Instructor.Engagement.choices, label="专职兼职"
    )
    level = django_filters.ChoiceFilter(choices=Instructor.Level.choices, label="驻派等级")
    area = django_filters.ModelChoiceFilter(queryset=areas_in_scope, label="常驻辖区")
    serving = YesNoFilter(method="is_serving", label="在岗")
    overloaded = YesNoFilter(method="is_overloaded", label="超过派驻上限")
    idle = YesNoFilter(method="is_idle", label="尚未派驻")
    paid = YesNoFilter(method="is_paid", label="兼职取酬未退还")
    assessed = YesNoFilter(method="is_assessed", label="上年度已考核")

    def is_serving(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.serving(today()) if value else queryset.filter(left_on__lte=today())

    def is_overloaded(self, queryset: Any, name: str, value: bool) -> Any:
        return (
            queryset.filter(load__gt=F("limit")) if value else queryset.filter(load__lte=F("limit"))
        )

    def is_idle(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.filter(load=0) if value else queryset.filter(load__gt=0)

    def is_paid(self, queryset: Any, name: str, value: bool) -> Any:
        kept = FirmPayment.objects.visible_to(self.request.user).filter(returned_on__isnull=True)
        among = Q(pk__in=kept.values("assignment__instructor"))
        return queryset.filter(among if value else ~among)

    def is_assessed(self, queryset: Any, name: str, value: bool) -> Any:
        grades = InstructorAssessment.objects.visible_to(self.request.user)
        among = Q(pk__in=grades.filter(year=today().year - 1).values("instructor"))
        return queryset.filter(among if value else ~among)


class InstructorList(ListPage):
    key = "instructors"
    title = "党建指导员"
    permission = VIEW
    table_class = InstructorTable
    filterset_class = InstructorFilter
    search_placeholder = "姓名、拼音、工作单位"
    main_filters: ClassVar[Sequence[str]] = ("engagement", "level", "area")
    default_columns: ClassVar[Sequence[str]] = (
        "person",
        "home_unit",
        "engagement",
        "level",
        "load",
        "expected",
        "visited",
        "last_visit",
        "first_end",
    )
    default_sort = "person"
    tells_day = True
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("全部"),
        SystemView("超过派驻上限", "overloaded=true"),
        SystemView("尚未派驻", "idle=true&serving=true"),
        SystemView("上年度未考核", "assessed=false&serving=true"),
        SystemView("兼职取酬未退还", "paid=true"),
        SystemView("已退出", "serving=false"),
    )
    export_name = "党建指导员名册"
    empty_text = "范围内没有党建指导员。"

    @cached_property
    def rules(self) -> Guidance:
        return guidance_on(today())

    def get_queryset(self) -> QuerySet[Instructor]:
        day, rules = today(), self.rules
        rows: QuerySet[Instructor] = (
            Instructor.objects.visible_to(self.user)
            .with_work(day)
            .annotate(limit=Value(rules.load_limit), months=Value(rules.visit_months))
        )
        return rows.select_related("person", "area")

    def search(self, queryset: QuerySet[Instructor], text: str) -> QuerySet[Instructor]:
        word = fold(text)
        key = word.lower().replace(" ", "")
        return queryset.filter(
            Q(person__name__contains=word)
            | Q(person__search_key__contains=key)
            | Q(home_unit__contains=word)
        )

    def actions(self) -> list[dict[str, str]]:
        found = [
            {"label": "未派企业", "url": "/instructors/needed", "icon": "search"},
            {"label": "选派与走访", "url": reverse("members:assignment_list")},
        ]
        if self.user.has_perm(CHANGE):
            upload = reverse("organizations:sheet_upload", args=["assignments"])
            found += [
                {"label": "导入", "url": upload, "icon": "import"},
                {
                    "label": "登记指导员",
                    "url": reverse("members:instructor_new"),
                    "css": "btn-primary",
                    "icon": "plus",
                    "hotkey": "new",
                },
            ]
        return found


def find(request: HttpRequest, pk: int) -> Instructor:
    """The instructor within the user's scope; another's is a 404."""
    user: Any = request.user
    rows = Instructor.objects.visible_to(user).select_related("person", "user", "area")
    found: Instructor = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@require(VIEW)
def instructor_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The instructor with the assignments that the reader may see."""
    user: Any = request.user
    day, instructor = today(), find(request, pk)
    rules = guidance_on(day)
    terms = (
        InstructorAssignment.objects.visible_to(user)
        .filter(instructor=instructor)
        .with_rhythm(day, rules.visit_months)
        .select_related("enterprise", "sender")
        .order_by(F("valid_to").desc(nulls_first=True), "enterprise__pinyin", "pk")
    )
    assignments = list(terms)
    present = [one for one in assignments if _holds(one, day)]
    payments = FirmPayment.objects.visible_to(user).filter(assignment__instructor=instructor)
    context = {
        "title": instructor.person.name,
        "crumbs": [LIST],
        "instructor": instructor,
        "groups": [_facts(instructor, user)],
        "present": present,
        "past": [one for one in assignments if one not in present],
        "limit": rules.load_limit,
        "lapsed": not may_guide(instructor.person),
        "day": day,
        "assessments": instructor.assessments.all(),
        "payments": payments.select_related("assignment__enterprise"),
        "may_change": user.has_perm(CHANGE),
        "history": history_of(instructor),
        "as_of": f"数据截至 {day}",
    }
    return render(request, "members/instructor.html", context)


def _holds(one: InstructorAssignment, day: Any) -> bool:
    return one.valid_from <= day and (one.valid_to is None or one.valid_to > day)


def _facts(instructor: Instructor, user: Any) -> FactGroup:
    person = instructor.person
    member = getattr(person, "party_member", None)
    return FactGroup(
        "基本情况",
        (
            Fact("姓名", person.name),
            Fact("性别", person.get_sex_display()),
            Fact("入党时间", member and member.accepted_on),
            Fact("联系电话", masked(user, person, "phone")),
            Fact("专职兼职", instructor.get_engagement_display()),
            Fact("驻派等级", instructor.get_level_display()),
            Fact("常驻辖区", str(instructor.area or "")),
            Fact("熟悉行业", instructor.get_sector_display()),
            Fact("登录账号", instructor.user.username if instructor.user else "—"),
            Fact("退出日期", instructor.left_on),
            Fact("工作单位及职务", instructor.home_unit, wide=True),
        ),
    )


@require_safe
@require(VIEW)
def instructor_choices(request: HttpRequest) -> HttpResponse:
    return choices.answer(request, Instructors())


@require_safe
@require(VIEW)
def full_member_choices(request: HttpRequest) -> HttpResponse:
    return choices.answer(request, FullMembers())
