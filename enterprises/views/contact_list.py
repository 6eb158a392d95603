"""Leaders' contact points as a list: who looks after whom, how often was there, what came of it."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse

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
from core.validity import valid_on
from enterprises.contacts import services
from enterprises.contacts.figures import Figures, figures, with_results
from enterprises.contacts.forms import RenewForm
from enterprises.contacts.parameters import VISITS_A_YEAR
from enterprises.models import ContactLevel, ContactPoint
from enterprises.views.register import areas_in_scope

VIEW, CHANGE = "enterprises.view", "enterprises.contacts"
TITLE = "领导干部联系点"


class ContactTable(ListTable):
    leader = NameColumn(
        linkify=lambda record: record.get_absolute_url(), order_by=("official_order", "leader")
    )
    post = tables.Column()
    level = tables.Column()
    enterprise = tables.Column(order_by=("enterprise__pinyin",))
    area = tables.Column(
        accessor="enterprise__reporting_area",
        verbose_name="统计辖区",
        order_by=("enterprise__reporting_area__official_order", "enterprise__pinyin"),
    )
    year = tables.Column()
    visit_count = NumberColumn(verbose_name="走访(次)")
    last_visit = DayColumn(verbose_name="最近走访")
    problem_count = NumberColumn(verbose_name="反映问题(件)")
    solved_count = NumberColumn(verbose_name="解决问题(件)")
    valid_from = DayColumn()
    valid_to = DayColumn()
    document = tables.Column()
    remark = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = ContactPoint
        fields: ClassVar = ()


class ContactFilter(ListFilters):
    area = django_filters.ModelChoiceFilter(
        field_name="enterprise__reporting_area", queryset=areas_in_scope, label="统计辖区"
    )
    level = django_filters.ChoiceFilter(choices=ContactLevel.choices, label="领导层级")
    leader = django_filters.CharFilter(lookup_expr="icontains", label="领导姓名")
    year = django_filters.NumberFilter(label="年度")
    current = YesNoFilter(method="is_current", label="今天在联系")
    visited = YesNoFilter(method="was_visited", label="已走访")
    short = YesNoFilter(method="is_short", label="走访次数不足")
    summed_up = YesNoFilter(
        field_name="summed_up_on", lookup_expr="isnull", exclude=True, label="已写年终小结"
    )

    def is_current(
        self, queryset: QuerySet[ContactPoint], name: str, value: bool
    ) -> QuerySet[ContactPoint]:
        return queryset.filter(valid_on(today()) if value else ~valid_on(today()))

    def was_visited(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return queryset.filter(visit_count__gt=0) if value else queryset.filter(visit_count=0)

    def is_short(
        self, queryset: QuerySet[ContactPoint], name: str, value: bool
    ) -> QuerySet[ContactPoint]:
        short = Q(visit_count__lt=VISITS_A_YEAR.value(on=today()))
        return queryset.filter(short if value else ~short)


def renew_many(request: BulkRequest) -> str:
    """The chosen pairs go on for the year after; what cannot is named."""
    made, left = services.renew(
        actor=request.actor,
        contacts=request.rows.select_related("enterprise"),
        document=request.data["document"],
    )
    receipt = f"已续到下一年度 {len(made):,} 个联系点"
    return receipt + (f"，{len(left)} 个未续：{'；'.join(left[:3])}" if left else "。")


class ContactList(ListPage):
    key = "contacts"
    title = TITLE
    permission = VIEW
    table_class = ContactTable
    filterset_class = ContactFilter
    search_placeholder = "领导姓名、职务、企业名称"
    main_filters: ClassVar[Sequence[str]] = ("area", "level", "year")
    default_columns: ClassVar[Sequence[str]] = (
        "leader",
        "post",
        "enterprise",
        "area",
        "year",
        "visit_count",
        "last_visit",
        "problem_count",
        "solved_count",
    )
    default_sort = "leader"
    tells_day = True
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("本年度", "current=true"),
        SystemView("尚未走访", "current=true&visited=false"),
        SystemView("走访不足", "current=true&short=true"),
        SystemView("全部"),
    )
    bulk_actions: ClassVar[Sequence[BulkAction]] = (
        BulkAction(
            "renew",
            "续到下一年度",
            CHANGE,
            renew_many,
            RenewForm,
            undo="续出的联系点可以提前终止。",
        ),
    )
    export_name = TITLE
    empty_text = "还没有安排领导干部联系点。"
    template_name = "enterprises/contact_list.html"

    def get_queryset(self) -> QuerySet[ContactPoint]:
        rows = ContactPoint.objects.visible_to(self.user)
        found: QuerySet[ContactPoint] = with_results(
            rows.select_related("enterprise__reporting_area")
        )
        return found

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(
            Q(leader__icontains=text)
            | Q(post__icontains=text)
            | Q(enterprise__name__icontains=text)
            | Q(enterprise__initials__startswith=text.lower())
        )

    def figures(self) -> Figures:
        """Of the rows that the conditions leave."""
        return figures(self.narrowed(self.request.GET))

    def actions(self) -> list[dict[str, str]]:
        if not self.user.has_perm(CHANGE):
            return []
        return [
            {
                "label": "安排联系点",
                "url": reverse("enterprises:contact_new"),
                "css": "btn-primary",
                "icon": "plus",
                "hotkey": "new",
            },
            {
                "label": "导入",
                "url": reverse("organizations:sheet_upload", args=["contacts"]),
                "icon": "import",
            },
        ]
