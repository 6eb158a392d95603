"""Requests of enterprises as a list, with how they are dealt with in numbers above it."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from core.dates import today
from core.listing import (
    BulkAction,
    BulkRequest,
    CodeColumn,
    DayColumn,
    DayRangeFilter,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    NumberColumn,
    StateColumn,
    SystemView,
    YesNoFilter,
)
from enterprises.models import (
    EnterpriseRequest,
    RequestCategory,
    RequestSource,
    RequestState,
    Satisfaction,
)
from enterprises.models.request import CHANGE, RAISE
from enterprises.querysets import EnterpriseRequestQuerySet
from enterprises.requests import services
from enterprises.requests.figures import Figures, figures
from enterprises.requests.forms import AssignManyForm
from enterprises.views.register import areas_in_scope

VIEW, TITLE = "enterprises.view", "企业诉求"
TONES: dict[str, str] = {
    RequestState.RECEIVED: "attention",
    RequestState.ACCEPTED: "attention",
    RequestState.ASSIGNED: "running",
    RequestState.HANDLED: "running",
    RequestState.ANSWERED: "attention",
    RequestState.CONFIRMED: "running",
    RequestState.CLOSED: "ok",
}
CONTENT_TONES: dict[str, str] = {
    Satisfaction.SATISFIED: "ok",
    Satisfaction.FAIR: "ok",
    Satisfaction.DISSATISFIED: "broken",
}


class DueColumn(DayColumn):
    """The deadline; one that has passed without an answer says so."""

    def render(self, value: Any, record: EnterpriseRequest) -> str:  # type: ignore[override]
        late = "（逾期）" if record.is_overdue(today()) else ""
        return f"{super().render(value)}{late}"


class RequestTable(ListTable):
    number = CodeColumn(verbose_name="编号", order_by=("pk",))
    title = NameColumn(linkify=lambda record: record.get_absolute_url())
    enterprise = tables.Column(order_by=("enterprise__pinyin",))
    area = tables.Column(
        accessor="enterprise__reporting_area",
        verbose_name="统计辖区",
        order_by=("enterprise__reporting_area__official_order", "enterprise__pinyin"),
    )
    category = tables.Column()
    received_on = DayColumn()
    source = tables.Column()
    unit = tables.Column()
    due_on = DueColumn()
    state = StateColumn(tones=TONES)
    days = NumberColumn(verbose_name="用时(日)", empty_values=(), orderable=False)
    satisfaction = StateColumn(tones=CONTENT_TONES)
    person = tables.Column()
    return_count = NumberColumn()
    earlier = tables.Column(accessor="earlier__title", orderable=False)
    raised_by = tables.Column(orderable=False)
    answered_on = DayColumn()
    ended_on = DayColumn()

    class Meta(ListTable.Meta):
        model = EnterpriseRequest
        fields: ClassVar = ()

    def render_days(self, record: EnterpriseRequest) -> int:
        return record.days(today())

    def value_days(self, record: EnterpriseRequest) -> int:
        return record.days(today())


class RequestFilter(ListFilters):
    area = django_filters.ModelChoiceFilter(
        field_name="enterprise__reporting_area", queryset=areas_in_scope, label="统计辖区"
    )
    state = django_filters.ChoiceFilter(choices=RequestState.choices, label="状态")
    category = django_filters.ChoiceFilter(choices=RequestCategory.choices, label="类别")
    source = django_filters.ChoiceFilter(choices=RequestSource.choices, label="来源")
    unfinished = YesNoFilter(method="is_open", label="未办结")
    overdue = YesNoFilter(method="is_overdue", label="逾期")
    repeated = YesNoFilter(
        field_name="earlier", lookup_expr="isnull", exclude=True, label="重复反映"
    )
    returned = YesNoFilter(method="was_returned", label="退回重办")
    unit = django_filters.CharFilter(lookup_expr="icontains", label="承办单位")
    satisfaction = django_filters.ChoiceFilter(choices=Satisfaction.choices, label="企业评价")
    received_on = DayRangeFilter(label="收到日期")
    due_on = DayRangeFilter(label="办理期限")

    def is_open(
        self, queryset: EnterpriseRequestQuerySet, name: str, value: bool
    ) -> QuerySet[EnterpriseRequest]:
        unfinished = queryset.unfinished()
        return unfinished if value else queryset.exclude(pk__in=unfinished.values("pk"))

    def is_overdue(
        self, queryset: EnterpriseRequestQuerySet, name: str, value: bool
    ) -> QuerySet[EnterpriseRequest]:
        late = queryset.overdue(today())
        return late if value else queryset.exclude(pk__in=late.values("pk"))

    def was_returned(
        self, queryset: EnterpriseRequestQuerySet, name: str, value: bool
    ) -> QuerySet[EnterpriseRequest]:
        return queryset.filter(return_count__gt=0) if value else queryset.filter(return_count=0)


@transaction.atomic
def assign_many(request: BulkRequest) -> str:
    """Accept what waits for it and hand all on to one unit; what is further on stays as it is."""
    said, day, done = request.data, today(), 0
    words = {name: said[name] for name in ("unit", "person", "due_on")}
    rows = list(request.rows)
    for row in rows:
        if row.state == RequestState.RECEIVED:
            row = services.advance(actor=request.actor, request=row, act="request.accept", on=day)
        if row.state == RequestState.ACCEPTED:
            services.advance(
                actor=request.actor,
                request=row,
                act="request.assign",
                on=day,
                note=said["reason"],
                **words,
            )
            done += 1
    left = len(rows) - done
    return f"已交办 {done:,} 件诉求" + (f"，{left} 件已在办理或办结，未改动。" if left else "。")


class RequestList(ListPage):
    key = "requests"
    title = TITLE
    permission = VIEW
    table_class = RequestTable
    filterset_class = RequestFilter
    search_placeholder = "诉求、企业名称、承办单位"
    main_filters: ClassVar[Sequence[str]] = ("area", "state", "category")
    default_columns: ClassVar[Sequence[str]] = (
        "number",
        "title",
        "enterprise",
        "category",
        "received_on",
        "source",
        "unit",
        "due_on",
        "state",
        "days",
        "satisfaction",
    )
    default_sort = "-received_on"
    tells_day = True
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("未办结", "unfinished=true"),
        SystemView("待受理", f"state={RequestState.RECEIVED}"),
        SystemView("逾期", "overdue=true"),
        SystemView("待企业确认", f"state={RequestState.ANSWERED}"),
        SystemView("重复反映", "repeated=true"),
        SystemView("全部"),
    )
    bulk_actions: ClassVar[Sequence[BulkAction]] = (
        BulkAction(
            "assign",
            "受理并交办",
            CHANGE,
            assign_many,
            AssignManyForm,
            undo="交办后可以改派或延期。",
        ),
    )
    export_name = TITLE
    empty_text = "还没有企业诉求。"
    template_name = "enterprises/request_list.html"

    def get_queryset(self) -> QuerySet[EnterpriseRequest]:
        rows: QuerySet[EnterpriseRequest] = EnterpriseRequest.objects.visible_to(self.user)
        return rows.select_related("enterprise__reporting_area", "earlier")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(
            Q(title__icontains=text)
            | Q(enterprise__name__icontains=text)
            | Q(enterprise__uscc__startswith=text.upper())
            | Q(enterprise__initials__startswith=text.lower())
            | Q(unit__icontains=text)
        )

    def figures(self) -> Figures:
        """Of the rows that the conditions leave."""
        return figures(self.narrowed(self.request.GET), today())

    def actions(self) -> list[dict[str, str]]:
        found = []
        if self.user.has_perm(RAISE):
            url = reverse("enterprises:request_new")
            found.append(
                {
                    "label": "登记诉求",
                    "url": url,
                    "css": "btn-primary",
                    "icon": "plus",
                    "hotkey": "new",
                }
            )
        if self.user.has_perm(CHANGE):
            url = reverse("organizations:sheet_upload", args=["requests"])
            found.append({"label": "导入", "url": url, "icon": "import"})
        return found
