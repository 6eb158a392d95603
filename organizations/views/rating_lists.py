"""The lists under 阵地与评定: ratings and what is put right."""

from typing import ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet

from core.dates import today
from core.listing import (
    DayColumn,
    ListFilters,
    ListTable,
    NameColumn,
    StateColumn,
    SystemView,
    YesNoFilter,
)
from organizations.models import Rating, RatingState, Rectification, RectificationState
from organizations.site_facts import RATE
from organizations.views.site_lists import SitesPage, page_of

RATING_TONES: dict[str, str] = {
    RatingState.SUBMITTED: "attention",
    RatingState.RETURNED: "broken",
    RatingState.CONFIRMED: "ok",
}
RECTIFICATION_TONES: dict[str, str] = {
    RectificationState.OPEN: "attention",
    RectificationState.DONE: "running",
    RectificationState.VERIFIED: "ok",
}


class StarsColumn(tables.Column):  # type: ignore[misc]
    """Stars as signs; a scheme without stars leaves the cell empty."""

    def render(self, value: int) -> str:
        return "★" * value or "无星"

    def value(self, value: int) -> int:
        return value


class RatingTable(ListTable):
    organization = NameColumn(linkify=page_of("rating"))
    scheme = tables.Column()
    year = tables.Column()
    state = StateColumn(tones=RATING_TONES)
    self_score = tables.Column()
    score = tables.Column()
    stars = StarsColumn()
    submitted_on = DayColumn()
    confirmed_on = DayColumn()
    valid_to = DayColumn()

    class Meta(ListTable.Meta):
        model = Rating
        fields: ClassVar = ()


class RatingFilter(ListFilters):
    state = django_filters.ChoiceFilter(choices=RatingState.choices, label="状态")
    year = django_filters.NumberFilter(label="评定年度")
    stars = django_filters.NumberFilter(label="星级", field_name="stars")


class RatingList(SitesPage):
    key = "ratings"
    title = "评定"
    route = "rating_list"
    table_class = RatingTable
    filterset_class = RatingFilter
    search_placeholder = "党组织、办法"
    searched = ("organization__name", "organization__code", "scheme__name")
    default_columns = ("organization", "scheme", "year", "state", "score", "stars", "confirmed_on")
    default_sort = "-year"
    system_views = (
        SystemView("全部"),
        SystemView("待上级评定", "state=submitted"),
        SystemView("自评中", "state=draft"),
        SystemView("已退回", "state=returned"),
    )
    export_name = "评定名册"
    empty_text = "范围内还没有开展评定。"
    buttons = (("开展评定", "rating_create", RATE),)

    def get_queryset(self) -> QuerySet[Rating]:
        return Rating.objects.visible_to(self.user).select_related("organization", "scheme")


class RectificationTable(ListTable):
    criterion = NameColumn(linkify=page_of("rectification"))
    organization = tables.Column()
    responsible = tables.Column()
    opened_on = DayColumn()
    due_on = DayColumn()
    state = StateColumn(tones=RECTIFICATION_TONES)
    done_on = DayColumn()
    verified_on = DayColumn()
    problem = tables.Column(orderable=False)
    evidence = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = Rectification
        fields: ClassVar = ()


class RectificationFilter(ListFilters):
    state = django_filters.ChoiceFilter(choices=RectificationState.choices, label="状态")
    overdue = YesNoFilter(method="by_day", label="已超期")

    def by_day(
        self, queryset: QuerySet[Rectification], name: str, value: bool
    ) -> QuerySet[Rectification]:
        late = Q(state=RectificationState.OPEN, due_on__lt=today())
        return queryset.filter(late) if value else queryset.exclude(late)


class RectificationList(SitesPage):
    key = "rectifications"
    title = "整改"
    route = "rectification_list"
    table_class = RectificationTable
    filterset_class = RectificationFilter
    search_placeholder = "党组织、标准、责任人"
    searched = ("organization__name", "criterion__label", "responsible")
    default_columns = ("criterion", "organization", "responsible", "due_on", "state")
    default_sort = "due_on"
    system_views = (
        SystemView("全部"),
        SystemView("整改中", "state=open"),
        SystemView("已超期", "overdue=true"),
        SystemView("待核验", "state=done"),
    )
    export_name = "整改清单"
    empty_text = "范围内没有整改事项。"

    def get_queryset(self) -> QuerySet[Rectification]:
        return Rectification.objects.visible_to(self.user).select_related(
            "organization", "criterion"
        )
