"""Instructors on screen: who they are, whom they are sent to, how many each has."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import ListFilters, ListPage, ListTable, NameColumn, NumberColumn
from core.permissions import require
from core.text import fold
from core.validity import valid_on
from members.models import Instructor, InstructorAssignment

VIEW = "members.view"
LIST = ("党建指导员", "/instructors/")


class InstructorTable(ListTable):
    person = NameColumn(
        linkify=lambda record: reverse("members:instructor", args=[record.pk]),
        order_by=("person__search_key",),
        verbose_name="姓名",
    )
    home_unit = tables.Column()
    engagement = tables.Column()
    load = NumberColumn(verbose_name="派驻企业（家）")

    class Meta(ListTable.Meta):
        model = Instructor
        fields: ClassVar = ()


class InstructorFilter(ListFilters):
    engagement = django_filters.ChoiceFilter(
        choices=Instructor.Engagement.choices, label="专职兼职"
    )


class InstructorList(ListPage):
    key = "instructors"
    title = "党建指导员"
    permission = VIEW
    table_class = InstructorTable
    filterset_class = InstructorFilter
    search_placeholder = "姓名、拼音、工作单位"
    default_sort = "person"
    export_name = "党建指导员名册"
    empty_text = "范围内没有党建指导员。"

    def get_queryset(self) -> QuerySet[Instructor]:
        sent = Count("assignments", filter=valid_on(today(), "assignments__"))
        rows: QuerySet[Instructor] = Instructor.objects.visible_to(self.user)
        return rows.select_related("person").annotate(load=sent)

    def search(self, queryset: QuerySet[Instructor], text: str) -> QuerySet[Instructor]:
        word = fold(text)
        key = word.lower().replace(" ", "")
        return queryset.filter(
            Q(person__name__contains=word)
            | Q(person__search_key__contains=key)
            | Q(home_unit__contains=word)
        )

    def as_of_line(self) -> str:
        return f"数据截至 {today()}"


@require_safe
@require(VIEW)
def instructor_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The instructor with the assignments that the reader may see."""
    user: Any = request.user
    instructors = Instructor.objects.visible_to(user).select_related("person", "user")
    instructor = get_object_or_404(instructors, pk=pk)
    assignments = InstructorAssignment.objects.visible_to(user).filter(instructor=instructor)
    context = {
        "title": instructor.person.name,
        "crumbs": [LIST],
        "groups": [
            FactGroup(
                "基本情况",
                (
                    Fact("姓名", instructor.person.name),
                    Fact("专职兼职", instructor.get_engagement_display()),
                    Fact("登录账号", instructor.user.username if instructor.user else "—"),
                    Fact("工作单位及职务", instructor.home_unit, wide=True),
                ),
            )
        ],
        "assignments": assignments.select_related("enterprise", "sender"),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "members/instructor.html", context)
