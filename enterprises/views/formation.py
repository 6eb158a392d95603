"""The queue 应建未建 as a list: who is to get an organization, by whom and until when."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from core.dates import today
from core.listing import (
    BulkAction,
    BulkRequest,
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
from enterprises.formation import services
from enterprises.formation.forms import BulkPlanForm
from enterprises.models import FormationMode, FormationPlan, FormationReason, FormationState
from enterprises.querysets import FormationPlanQuerySet, latest_measured
from enterprises.views.register import areas_in_scope
from organizations.models import PartyOrganization

VIEW, CHANGE = "enterprises.view", "enterprises.formation"
TITLE = "应建未建"
TONES: dict[str, str] = {
    FormationState.IDENTIFIED: "attention",
    FormationState.PLANNED: "running",
    FormationState.PREPARING: "running",
    FormationState.APPROVED: "running",
    FormationState.WORKING: "ok",
}


class PlannedColumn(DayColumn):
    """The day on which it is to stand; an overdue one says so."""

    def render(self, value: Any, record: FormationPlan) -> str:  # type: ignore[override]
        late = "（逾期）" if record.is_overdue(today()) else ""
        return f"{super().render(value)}{late}"


class FormationTable(ListTable):
    enterprise = NameColumn(
        linkify=lambda record: record.get_absolute_url(), order_by=("enterprise__pinyin",)
    )
    area = tables.Column(
        accessor="enterprise__reporting_area",
        verbose_name="统计辖区",
        order_by=("enterprise__reporting_area__official_order", "enterprise__pinyin"),
    )
    reason = tables.Column()
    state = StateColumn(tones=TONES)
    mode = tables.Column()
    unit = tables.Column(order_by=("unit__official_order", "unit__code"))
    leader = tables.Column()
    person = tables.Column()
    planned_on = PlannedColumn()
    identified_on = DayColumn()
    employee_count = NumberColumn(verbose_name="从业人员(人)")
    full_member_count = NumberColumn(verbose_name="正式党员(人)")
    obstacle = tables.Column()
    measures = tables.Column(orderable=False)
    document = tables.Column()
    proposed_name = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = FormationPlan
        fields: ClassVar = ()


def units_in_scope(request: HttpRequest | None) -> QuerySet[PartyOrganization]:
    """Units that are responsible for a plan which the reader may see."""
    user: Any = request.user if request is not None else None
    if user is None:
        return PartyOrganization.objects.none()
    plans = FormationPlan.objects.visible_to(user)
    return PartyOrganization.objects.filter(pk__in=plans.order_by().values("unit"))


class FormationFilter(ListFilters):
    area = django_filters.ModelChoiceFilter(
        field_name="enterprise__reporting_area", queryset=areas_in_scope, label="统计辖区"
    )
    state = django_filters.ChoiceFilter(choices=FormationState.choices, label="状态")
    unit = django_filters.ModelChoiceFilter(queryset=units_in_scope, label="责任单位")
    overdue = YesNoFilter(method="is_overdue", label="逾期")
    unfinished = YesNoFilter(method="is_open", label="未完成")
    reason = django_filters.ChoiceFilter(choices=FormationReason.choices, label="列入原因")
    mode = django_filters.ChoiceFilter(choices=FormationMode.choices, label="拟采取形式")
    person = django_filters.CharFilter(lookup_expr="icontains", label="责任人")
    planned_on = DayRangeFilter(label="拟建日期")

    def is_overdue(
        self, queryset: FormationPlanQuerySet, name: str, value: bool
    ) -> QuerySet[FormationPlan]:
        late = queryset.overdue(today())
        return late if value else queryset.exclude(pk__in=late.values("pk"))

    def is_open(
        self, queryset: FormationPlanQuerySet, name: str, value: bool
    ) -> QuerySet[FormationPlan]:
        unfinished = queryset.unfinished()
        return unfinished if value else queryset.exclude(pk__in=unfinished.values("pk"))


@transaction.atomic
def plan_many(request: BulkRequest) -> str:
    """The same plan for all chosen; without a unit each keeps its own."""
    said = request.data
    facts = {name: said[name] for name in ("planned_on", "leader", "person", "measures")}
    facts = {name: value for name, value in facts.items() if value}
    if said["unit"]:
        facts["unit"] = said["unit"]
    plans = [plan for plan in request.rows if plan.is_open]
    services.plan_formation(
        actor=request.actor, plans=plans, on=today(), reason=said["reason"], **facts
    )
    left = len(request.rows) - len(plans)
    return f"已为 {len(plans):,} 家企业制定计划" + (
        f"，{left} 家已完成，未改动。" if left else "。"
    )


class FormationList(ListPage):
    key = "formation"
    title = TITLE
    permission = VIEW
    table_class = FormationTable
    filterset_class = FormationFilter
    search_placeholder = "企业名称、代码、责任人"
    main_filters: ClassVar[Sequence[str]] = ("area", "state", "unit")
    default_columns: ClassVar[Sequence[str]] = (
        "enterprise",
        "area",
        "reason",
        "state",
        "mode",
        "unit",
        "person",
        "planned_on",
        "full_member_count",
    )
    default_sort = "planned_on"
    tells_day = True
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("未完成", "unfinished=true"),
        SystemView("待制定计划", f"state={FormationState.IDENTIFIED}"),
        SystemView("逾期", "overdue=true"),
        SystemView("运行", f"state={FormationState.WORKING}"),
        SystemView("全部"),
    )
    bulk_actions: ClassVar[Sequence[BulkAction]] = (
        BulkAction("plan", "制定计划", CHANGE, plan_many, BulkPlanForm, undo="计划可以随时修改。"),
    )
    export_name = "应建未建清单"
    empty_text = "没有应建未建的企业。"

    def get_queryset(self) -> QuerySet[FormationPlan]:
        day = today()
        rows: QuerySet[FormationPlan] = FormationPlan.objects.visible_to(self.user)
        return rows.select_related("enterprise__reporting_area", "unit").annotate(
            employee_count=latest_measured("employee_count", day, of="enterprise"),
            full_member_count=latest_measured("full_member_count", day, of="enterprise"),
        )

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(
            Q(enterprise__name__icontains=text)
            | Q(enterprise__uscc__startswith=text.upper())
            | Q(enterprise__initials__startswith=text.lower())
            | Q(person__icontains=text)
        )

    def actions(self) -> list[dict[str, str]]:
        found = [{"label": "组建方案", "url": "/formation/finder", "icon": "search"}]
        if self.user.has_perm(CHANGE):
            found += [
                {"label": "更新清单", "url": "/formation/refresh", "icon": "refresh"},
                {
                    "label": "导入",
                    "url": reverse("organizations:sheet_upload", args=["formation"]),
                    "icon": "import",
                },
            ]
        return found
