"""Trainings on screen: the classes in scope, who took part."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.audit import history_of
from core.choices import answer
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import (
    DayColumn,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    NumberColumn,
    ReasonForm,
)
from core.permissions import require
from core.text import fold
from members.models import (
    LeadershipPost,
    Membership,
    Person,
    PostKind,
    Training,
    TrainingAttendance,
)
from members.talent.choices import People
from members.talent.forms import AttendanceForm, AttendForm, TrainingFactsForm, TrainingForm
from members.talent.services import (
    CHANGE,
    attend,
    change_attendance,
    change_training,
    hold_training,
    leave_out,
)
from members.views.post_list import VIEW
from organizations.views.common import accepted, form_page

LIST = ("培训班", "/trainings/")
METHODS = ["GET", "HEAD", "POST"]


class TrainingTable(ListTable):
    name = NameColumn(linkify=lambda record: reverse("members:training", args=[record.pk]))
    organization = tables.Column(order_by=("organization__path",))
    level = tables.Column()
    audience = tables.Column()
    starts_on = DayColumn()
    ends_on = DayColumn()
    hours = tables.Column(attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    people = NumberColumn(verbose_name="参加（人）")
    place = tables.Column(orderable=False)
    topics = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = Training
        fields: ClassVar = ()


class TrainingFilter(ListFilters):
    level = django_filters.ChoiceFilter(choices=Training.Level.choices, label="层级")
    audience = django_filters.ChoiceFilter(choices=Training.Audience.choices, label="培训对象")


class TrainingList(ListPage):
    key = "trainings"
    title = "培训班"
    permission = VIEW
    table_class = TrainingTable
    filterset_class = TrainingFilter
    search_placeholder = "培训班名称、举办党组织"
    main_filters = ("level", "audience")
    default_columns = ("name", "organization", "audience", "starts_on", "hours", "people")
    default_sort = "-starts_on"
    tells_day = True
    export_name = "培训班"
    empty_text = "范围内没有登记培训班。"

    def get_queryset(self) -> QuerySet[Training]:
        rows: QuerySet[Training] = Training.objects.visible_to(self.user)
        return rows.select_related("organization").annotate(people=Count("attendances"))

    def search(self, queryset: QuerySet[Training], text: str) -> QuerySet[Training]:
        word = fold(text)
        return queryset.filter(name__contains=word) | queryset.filter(
            organization__name__contains=word
        )

    def actions(self) -> list[dict[str, Any]]:
        if not self.user.has_perm(CHANGE):
            return []
        new = reverse("members:training_new")
        return [{"label": "登记培训班", "url": new, "css": "btn-primary", "hotkey": "n"}]


@require_http_methods(METHODS)
@require(CHANGE)
def training_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = TrainingForm(user, request.POST or None)
    held: list[Training] = []
    if form.is_valid() and accepted(
        form, lambda: held.append(hold_training(actor=user, **form.facts))
    ):
        messages.success(request, "已登记培训班。")
        return redirect("members:training", held[0].pk)
    return form_page(request, "登记培训班", form, reverse("members:training_list"), [LIST])


@require_safe
@require(VIEW)
def training_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _find(request, pk))


@require_POST
@require(CHANGE)
def training_attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter people, or all secretaries in post within the scope."""
    user: Any = request.user
    training = _find(request, pk)
    form = AttendForm(user, request.POST)
    if not form.is_valid():
        return _detail(request, training, form)
    people = _people(user, training, form.cleaned_data)
    hours = form.cleaned_data["hours"]
    number = attend(actor=user, training=training, people=people, hours=hours)
    messages.success(request, f"已登记{number}人。" if number else "所选人员都已登记。")
    return redirect("members:training", pk)


def _people(user: Any, training: Training, asked: dict[str, Any]) -> list[Person]:
    people, seen = list(asked["people"]), Person.objects.visible_to(user)
    if asked["members"]:
        held = Membership.objects.visible_to(user).as_of(training.ends_on)
        held = held.filter(organization=training.organization)
        people += seen.filter(pk__in=held.values("member__person"))
    if asked["everybody"]:
        posts = LeadershipPost.objects.visible_to(user).as_of(today())
        people += seen.filter(pk__in=posts.filter(kind=PostKind.SECRETARY).values("person"))
    return people


@require_http_methods(METHODS)
@require(CHANGE)
def training_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    training = _find(request, pk)
    form = TrainingFactsForm(request.POST or None, instance=training)
    if form.is_valid() and accepted(
        form, lambda: change_training(actor=user, training=training, **form.facts)
    ):
        messages.success(request, "已保存。")
        return redirect("members:training", pk)
    return form_page(request, "修改培训班", form, *_place(training))


@require_http_methods(METHODS)
@require(CHANGE)
def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _attendance(request, pk)
    form = AttendanceForm(request.POST or None, instance=row)
    if form.is_valid() and accepted(
        form, lambda: change_attendance(actor=user, attendance=row, **form.facts)
    ):
        messages.success(request, "已保存。")
        return redirect("members:training", row.training_id)
    return form_page(request, f"修改学时：{row.person}", form, *_place(row.training))


@require_http_methods(METHODS)
@require(CHANGE)
def attendance_drop(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _attendance(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: leave_out(actor=user, attendance=row, **form.cleaned_data)
    ):
        messages.success(request, f"已取消{row.person}的参加登记。")
        return redirect("members:training", row.training_id)
    return form_page(request, f"取消参加：{row.person}", form, *_place(row.training))


def _attendance(request: HttpRequest, pk: int) -> TrainingAttendance:
    """Of a class and a person within the scope."""
    user: Any = request.user
    rows = TrainingAttendance.objects.visible_to(user).select_related(
        "training__organization", "person"
    )
    held = Training.objects.visible_to(user)
    found: TrainingAttendance = get_object_or_404(rows.filter(training__in=held), pk=pk)
    return found


def _place(training: Training) -> tuple[str, list[tuple[str, str]]]:
    back = reverse("members:training", args=[training.pk])
    return back, [LIST, (training.name, back)]


def _detail(request: HttpRequest, training: Training, form: BaseForm | None = None) -> HttpResponse:
    user: Any = request.user
    may_change = user.has_perm(CHANGE)
    facts = FactGroup(
        "培训班",
        (
            Fact("举办党组织", str(training.organization)),
            Fact("层级", training.get_level_display()),
            Fact("培训对象", training.get_audience_display()),
            Fact("开班日期", training.starts_on),
            Fact("结业日期", training.ends_on),
            Fact("学时", f"{training.hours.normalize():f}"),
            Fact("地点", training.place),
            Fact("通知文号", training.document),
            Fact("培训内容", training.topics, wide=True),
        ),
    )
    rows = training.attendances.select_related("person__home_organization")
    edit = {"label": "修改", "url": reverse("members:training_edit", args=[training.pk])}
    context = {
        "title": training.name,
        "crumbs": [LIST],
        "training": training,
        "groups": [facts],
        "rows": rows.order_by("person__search_key", "pk"),
        "form": (form or AttendForm(user)) if may_change else None,
        "actions": [edit] if may_change else [],
        "history": history_of(training, user=user),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "members/training.html", context)


def _find(request: HttpRequest, pk: int) -> Training:
    user: Any = request.user
    rows = Training.objects.visible_to(user).select_related("organization")
    found: Training = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@require(VIEW)
def people_choices(request: HttpRequest) -> HttpResponse:
    return answer(request, People())
