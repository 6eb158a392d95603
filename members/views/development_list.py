"""Everybody on the way into the party: the board by stage, and the list behind every number."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.dates import today
from core.listing import (
    DayColumn,
    DayRangeFilter,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    StateColumn,
    SystemView,
    YesNoFilter,
)
from core.permissions import require
from core.templatetags.ui import badge
from core.text import fold
from members.codes import Education, Ethnicity, JobClass, Sex
from members.development import editions
from members.development.approving import RECORD
from members.development.cases import BACKBONE
from members.development.deadlines import REMIND
from members.development.editions import Editions
from members.development.progress import Progress, broken, missing_papers, progress
from members.models import DevelopmentCase, Stage

VIEW = "members.view"
BOARD = ("发展党员", "/develop/")
SHOWN = 12  # people in one column of the board
TONES: dict[str, str] = {
    Stage.APPLICANT: "none",
    Stage.ACTIVIST: "running",
    Stage.CANDIDATE: "running",
    Stage.PROBATIONARY: "attention",
    Stage.FULL: "ok",
}


@dataclass(frozen=True)
class Card:
    """One person on the board, read by the rules of today."""

    case: DevelopmentCase
    progress: Progress
    broken: list[str]
    missing: int
    due_tone: str


@dataclass(frozen=True)
class Column:
    stage: Stage
    count: int
    cards: list[Card]
    url: str


@require_safe
@require(VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """Columns by stage, each with those whose next step is the most urgent."""
    user: Any = request.user
    rows = DevelopmentCase.objects.visible_to(user).open()
    counts = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    known, day = editions.load(), today()
    cards: dict[str, list[Card]] = {}
    for case in _first(rows):
        cards.setdefault(case.stage, []).append(card(case, known, day))
    columns = [
        Column(
            stage,
            counts.get(stage, 0),
            cards.get(stage, []),
            f"{reverse('members:development_list')}?stage={stage}",
        )
        for stage in Stage
    ]
    context = {
        "title": "发展党员",
        "columns": columns,
        "rules": known.on(day).rules,
        "may_record": user.has_perm(RECORD),
        "as_of": f"数据截至 {day}",
    }
    return render(request, "members/development_board.html", context)


def _first(rows: QuerySet[DevelopmentCase]) -> QuerySet[DevelopmentCase]:
    place = Window(
        RowNumber(),
        partition_by=["stage"],
        order_by=[F("next_by").asc(nulls_last=True), F("pk").asc()],
    )
    found = rows.annotate(place=place).filter(place__lte=SHOWN)
    return (
        found.select_related("person", "organization")
        .prefetch_related("steps")
        .order_by("stage", "place")
    )


def card(case: DevelopmentCase, known: Editions, day: date) -> Card:
    steps = list(case.steps.all())
    found = progress(steps, known.on(day))
    return Card(
        case,
        found,
        broken(steps, known, day),
        len(missing_papers(steps, known)),
        tone_of(found.due.by if found.due else None, day),
    )


def tone_of(by: date | None, day: date) -> str:
    if by is None:
        return "none"
    if by < day:
        return "broken"
    return "attention" if by <= day + timedelta(days=REMIND.default) else "none"


class DueColumn(DayColumn):
    """A last day, red once it is past."""

    def render(self, value: Any) -> str:
        tone = tone_of(value, today())
        return super().render(value) if tone == "none" else badge(super().render(value), tone)


class CaseTable(ListTable):
    person = NameColumn(
        linkify=lambda record: record.get_absolute_url(),
        order_by=("person__search_key", "pk"),
        verbose_name="姓名",
    )
    organization = tables.Column(order_by=("organization__name",))
    stage = StateColumn(tones=TONES)
    next_code = tables.Column(verbose_name="下一步", orderable=False)
    next_from = DayColumn(verbose_name="最早")
    next_by = DueColumn(verbose_name="期限")
    accepted_on = DayColumn()
    confirmed_on = DayColumn()
    recommender = tables.Column()
    is_backbone = tables.Column(verbose_name="骨干")
    cultivation = tables.Column()
    education = tables.Column(accessor="person__education", verbose_name="学历", orderable=False)
    job_class = tables.Column(accessor="person__job_class", verbose_name="岗位", orderable=False)
    closed_on = DayColumn()

    class Meta(ListTable.Meta):
        model = DevelopmentCase
        fields: ClassVar = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._labels: dict[str, str] | None = None

    def render_next_code(self, value: str) -> str:
        if self._labels is None:
            self._labels = editions.load().labels
        return self._labels.get(value, value)

    def render_is_backbone(self, value: bool) -> str:
        return "是" if value else "否"

    def render_education(self, value: str) -> str:
        return str(dict(Education.choices).get(value, value))

    def render_job_class(self, value: str) -> str:
        return str(dict(JobClass.choices).get(value, value))


def _steps() -> list[tuple[str, str]]:
    """The steps by the names of the latest edition."""
    return list(editions.load().labels.items())


class CaseFilter(ListFilters):
    stage = django_filters.ChoiceFilter(choices=Stage.choices, label="阶段")
    open = YesNoFilter(label="正在办理", method="by_open")
    next = django_filters.ChoiceFilter(field_name="next_code", choices=_steps, label="下一步")
    ready = YesNoFilter(label="下一步已到时间", method="by_ready")
    overdue = YesNoFilter(label="已超期", method="by_overdue")
    accepted = DayRangeFilter(field_name="accepted_on", label="接收预备党员日期")
    confirmed = DayRangeFilter(field_name="confirmed_on", label="转正日期")
    born = DayRangeFilter(field_name="person__born_on", label="出生日期")
    sex = django_filters.ChoiceFilter(field_name="person__sex", choices=Sex.choices, label="性别")
    minority = YesNoFilter(label="少数民族", method="by_minority")
    education = django_filters.ChoiceFilter(
        field_name="person__education", choices=Education.choices, label="学历"
    )
    job_class = django_filters.ChoiceFilter(
        field_name="person__job_class", choices=JobClass.choices, label="工作岗位"
    )
    recommender = django_filters.ChoiceFilter(
        choices=DevelopmentCase.Recommender.choices, label="推荐方式"
    )
    backbone = YesNoFilter(label="管理和业务骨干", method="by_backbone")
    cultivation = django_filters.ChoiceFilter(
        choices=[one for one in DevelopmentCase.Cultivation.choices if one[0]], label="双培"
    )

    def by_open(self, rows: Any, name: str, wanted: bool) -> Any:
        return rows.filter(closed_on__isnull=wanted)

    def by_ready(self, rows: Any, name: str, wanted: bool) -> Any:
        late = Q(next_from__gt=today())
        return rows.filter(~Q(next_code=""), closed_on=None).filter(~late if wanted else late)

    def by_overdue(self, rows: Any, name: str, wanted: bool) -> Any:
        late = Q(next_by__lt=today(), closed_on=None)
        return rows.filter(late if wanted else ~late)

    def by_minority(self, rows: Any, name: str, wanted: bool) -> Any:
        known = rows.exclude(person__ethnicity="")
        han = Q(person__ethnicity=Ethnicity.HAN)
        return known.filter(~han if wanted else han)

    def by_backbone(self, rows: Any, name: str, wanted: bool) -> Any:
        return rows.filter(BACKBONE if wanted else ~BACKBONE)


class DevelopmentList(ListPage):
    key = "developments"
    title = "发展党员名单"
    permission = VIEW
    table_class = CaseTable
    filterset_class = CaseFilter
    search_placeholder = "姓名、拼音、党组织"
    main_filters = ("stage", "overdue")
    default_columns = ("person", "organization", "stage", "next_code", "next_from", "next_by")
    default_sort = "person"
    tells_day = True
    system_views = (
        SystemView("正在办理", "open=true"),
        SystemView("未谈话的申请人", "next=first_talk&open=true"),
        SystemView("可确定积极分子", "next=activist&open=true"),
        SystemView("可确定发展对象", "next=candidate&ready=true"),
        SystemView("可接收预备党员", "next=meeting&open=true"),
        SystemView("可转正", "next=discussion&ready=true"),
        SystemView("全部"),
    )
    export_name = "发展党员名单"
    crumbs = (BOARD,)
    empty_text = "范围内没有正在发展的人员。"

    def get_queryset(self) -> QuerySet[DevelopmentCase]:
        rows: QuerySet[DevelopmentCase] = DevelopmentCase.objects.visible_to(self.user)
        return rows.select_related("person", "organization")

    def search(self, queryset: QuerySet[DevelopmentCase], text: str) -> QuerySet[DevelopmentCase]:
        word = fold(text)
        return queryset.filter(
            Q(person__name__contains=word)
            | Q(person__search_key__contains=word.lower().replace(" ", ""))
            | Q(organization__name__contains=word)
        )

    def actions(self) -> list[dict[str, Any]]:
        if not self.user.has_perm(RECORD):
            return []
        url = reverse("members:development_new")
        sheet = reverse("organizations:sheet_upload", args=["developments"])
        return [
            {"label": "导入", "url": sheet},
            {"label": "登记入党申请人", "url": url, "css": "btn-primary", "hotkey": "n"},
        ]
