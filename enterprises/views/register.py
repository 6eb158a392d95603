"""The register on screen: the list of enterprises by their registered and measured facts."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from core.dates import today
from core.listing import (
    BulkAction,
    BulkRequest,
    CodeColumn,
    DayColumn,
    DayRangeFilter,
    ListPage,
    NameColumn,
    NumberColumn,
    NumberRangeFilter,
    PersonalColumn,
    StateColumn,
    SystemView,
    YesNoFilter,
)
from core.masking import Sensitive
from core.search import Found, look_up, matching
from enterprises import classifying, services
from enterprises.forms import ClaimForm, ClassifyForm, JudgeForm
from enterprises.models import (
    Enterprise,
    EnterpriseClassification,
    OperatingStatus,
    Ownership,
    UnitKind,
)
from organizations.models import Area

STATUS_TONES: dict[str, str] = {
    OperatingStatus.IN_OPERATION: "ok",
    OperatingStatus.SUSPENDED: "attention",
    OperatingStatus.REVOKED: "broken",
}
OWNERSHIP_TONES: dict[str, str] = {Ownership.UNKNOWN: "attention"}


class WaitingColumn(NumberColumn):
    """How many days an enterprise has waited for its reporting area."""

    def render(self, value: date) -> str:  # type: ignore[override]
        return f"{(today() - value).days} 天"

    def value(self, value: date) -> int:  # type: ignore[override]
        return (today() - value).days


class EnterpriseTable(tables.Table):  # type: ignore[misc]
    name = NameColumn(linkify=True, order_by=("pinyin",))
    uscc = CodeColumn()
    reporting_area = tables.Column(order_by=("reporting_area__official_order", "pinyin"))
    operating_status = StateColumn(tones=STATUS_TONES)
    ownership = StateColumn(tones=OWNERSHIP_TONES)
    unit_kind = tables.Column()
    employee_count = NumberColumn(verbose_name="从业人员(人)")
    member_count = NumberColumn(verbose_name="党员(人)")
    legal_representative = tables.Column()
    enterprise_type = tables.Column()
    industry = tables.Column()
    established_on = DayColumn()
    registered_address = tables.Column(orderable=False)
    phone = PersonalColumn(kind=Sensitive.PHONE, orderable=False)
    registration_number = CodeColumn()
    unclaimed_since = WaitingColumn(verbose_name="待认领")

    class Meta:
        model = Enterprise
        fields: ClassVar = ()


def areas_in_scope(request: HttpRequest | None) -> QuerySet[Area]:
    return _seen(Area.objects.reporting(), request)


def classes_in_scope(request: HttpRequest | None) -> QuerySet[Area]:
    return _seen(Area.objects.classifying(), request)


def _seen(areas: Any, request: HttpRequest | None) -> QuerySet[Area]:
    user: Any = request.user if request is not None else None
    found: QuerySet[Area] = areas.visible_to(user) if user is not None else areas.none()
    return found


class EnterpriseFilter(django_filters.FilterSet):  # type: ignore[misc]
    area = django_filters.ModelChoiceFilter(
        field_name="reporting_area", queryset=areas_in_scope, label="统计辖区"
    )
    status = django_filters.ChoiceFilter(
        field_name="operating_status", choices=OperatingStatus.choices, label="登记状态"
    )
    ownership = django_filters.ChoiceFilter(choices=Ownership.choices, label="控股情况")
    kind = django_filters.ChoiceFilter(
        field_name="unit_kind", choices=UnitKind.choices, label="单位类别"
    )
    group = django_filters.ModelChoiceFilter(
        queryset=classes_in_scope, method="classified", label="楼宇市场网格产业链"
    )
    staff = NumberRangeFilter(field_name="employee_count", label="从业人员(人)")
    members = NumberRangeFilter(field_name="member_count", label="党员(人)")
    established = DayRangeFilter(field_name="established_on", label="成立日期")
    unclaimed = YesNoFilter(method="waiting", label="待认领")

    def classified(
        self, queryset: QuerySet[Enterprise], name: str, value: Area
    ) -> QuerySet[Enterprise]:
        inside = EnterpriseClassification.objects.as_of(today()).filter(area=value)
        return queryset.filter(pk__in=inside.values("enterprise"))

    def waiting(
        self, queryset: QuerySet[Enterprise], name: str, value: bool
    ) -> QuerySet[Enterprise]:
        """The queue of enterprises without a reporting area, or the rest."""
        queue = Enterprise.objects.unclaimed()
        return queryset.filter(pk__in=queue) if value else queryset.exclude(pk__in=queue)


def judge(request: BulkRequest) -> str:
    """Record the officer's judgement for every chosen enterprise."""
    ownership = Ownership(request.data["ownership"])
    with transaction.atomic():
        for enterprise in request.rows:
            services.judge_ownership(
                actor=request.actor,
                enterprise=enterprise,
                ownership=ownership,
                reason=request.data["reason"],
            )
    return f"已将 {len(request.rows):,} 家企业认定为{ownership.label}。"


def claim(request: BulkRequest) -> str:
    area = request.data["area"]
    count = services.claim_area(
        actor=request.actor, enterprises=request.rows, area=area, reason=request.data["reason"]
    )
    return f"已将 {count:,} 家企业划入{area}。"


def classify(request: BulkRequest) -> str:
    area, on = request.data["area"], request.data["on"]
    count = classifying.classify(
        actor=request.actor,
        enterprises=request.rows,
        area=area,
        on=on,
        reason=request.data["reason"],
    )
    return f"已将 {count:,} 家企业归入{area}，原来就在其中的不变。"


class EnterpriseList(ListPage):
    """Facts only; whether an enterprise is covered is added by the reports above."""

    key = "enterprises"
    title = "企业库"
    permission = "enterprises.view"
    table_class = EnterpriseTable
    filterset_class = EnterpriseFilter
    search_placeholder = "名称、代码、拼音或首字母"
    main_filters: ClassVar[Sequence[str]] = ("area", "status", "staff")
    default_columns: ClassVar[Sequence[str]] = (
        "name",
        "uscc",
        "reporting_area",
        "operating_status",
        "ownership",
        "employee_count",
        "member_count",
    )
    default_sort = "name"
    tells_day = True
    keyset_sorts = ("name",)
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("全部"),
        SystemView(
            "待认领",
            "unclaimed=true&sort=unclaimed_since&col=name&col=uscc&col=unclaimed_since"
            "&col=operating_status&col=registered_address",
        ),
        SystemView("控股待认定", f"ownership={Ownership.UNKNOWN}&kind={UnitKind.ENTERPRISE}"),
    )
    bulk_actions: ClassVar[Sequence[BulkAction]] = (
        BulkAction(
            "judge",
            "认定控股情况",
            "enterprises.change",
            judge,
            JudgeForm,
            undo="可以重新认定；认定结果在下一年导入后仍然保留。",
        ),
        BulkAction(
            "claim", "划定辖区", "enterprises.change", claim, ClaimForm, undo="可以重新划定。"
        ),
        BulkAction(
            "classify",
            "归入楼宇、市场、网格、产业链",
            "enterprises.change",
            classify,
            ClassifyForm,
            undo="可以在企业页终止归类。",
        ),
    )
    export_name = "企业名册"
    empty_text = "企业库还是空的。先到导入中心导入一份企业名单。"

    def actions(self) -> list[dict[str, str]]:
        if not self.user.has_perm("enterprises.change"):
            return []
        url = reverse("enterprises:enterprise_new")
        return [{"label": "新增企业", "url": url, "icon": "plus", "hotkey": "new"}]

    def get_queryset(self) -> QuerySet[Enterprise]:
        enterprises: QuerySet[Enterprise] = (
            Enterprise.objects.visible_to(self.user)
            .with_measured(today())
            .select_related("reporting_area")
        )
        return enterprises

    def search(self, queryset: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
        return matching(queryset, text)

    def look_up(self, queryset: QuerySet[Enterprise], text: str) -> Found:
        return look_up(queryset, text)
