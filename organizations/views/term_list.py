"""The list of bodies by the day on which they must be elected anew."""

from datetime import timedelta
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse

from core.dates import today
from core.listing import (
    DayColumn,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    NumberColumn,
    SystemView,
)
from core.templatetags.ui import badge
from organizations.deadlines import with_terms, words
from organizations.elections import RUN
from organizations.models import (
    ElectionState,
    OrganizationKind,
    PartyOrganization,
)
from organizations.parameters import body_rules_on
from organizations.rules import ELECTING
from organizations.views.common import VIEW

OVERDUE, MISSING = "overdue", "none"
SOON = 90  # days; from here on the tag asks for attention


def left_tag(days_left: int | None) -> str:
    """How long there is time, as a tag."""
    if days_left is None:
        return badge("未登记任期", "attention")
    tone = "broken" if days_left < 0 else "attention" if days_left <= SOON else "none"
    return badge(words(days_left), tone)


class LeftColumn(tables.Column):  # type: ignore[misc]
    empty_values = ()

    def render(self, record: Any) -> str:
        return left_tag((record.ends - today()).days if record.ends else None)

    def value(self, record: Any) -> str:
        return words((record.ends - today()).days) if record.ends else "未登记任期"


class CaseColumn(tables.Column):  # type: ignore[misc]
    def render(self, value: str) -> str:
        return badge(ElectionState(value).label, "running")

    def value(self, value: str) -> str:
        return str(ElectionState(value).label)


class TermTable(ListTable):
    name = NameColumn(
        linkify=lambda record: reverse("organizations:body_election", args=[record.pk]),
        verbose_name="党组织名称",
    )
    kind = tables.Column()
    number = NumberColumn(verbose_name="届次")
    elected_on = DayColumn(verbose_name="本届换届时间")
    ends = DayColumn(verbose_name="应换届时间")
    left = LeftColumn(verbose_name="剩余", accessor="ends", order_by=("ends",))
    extension = tables.Column(verbose_name="延期批准文号", orderable=False)
    case = CaseColumn(verbose_name="办理", orderable=False)

    class Meta(ListTable.Meta):
        model = PartyOrganization
        fields: ClassVar = ()


class TermFilter(ListFilters):
    due = django_filters.ChoiceFilter(label="届满", method="in_stage", choices=())
    kind = django_filters.ChoiceFilter(
        choices=[(kind.value, kind.label) for kind in OrganizationKind if kind in ELECTING],
        label="类别",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = body_rules_on(today()).reminders
        self.filters["due"].extra["choices"] = [
            *((str(one), f"{one}天内届满") for one in days),
            (OVERDUE, "已超期"),
            (MISSING, "未登记任期"),
        ]

    def in_stage(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        day = today()
        if value == MISSING:
            return queryset.filter(ends__isnull=True)
        if value == OVERDUE:
            return queryset.filter(ends__lt=day)
        return queryset.filter(ends__gte=day, ends__lte=day + timedelta(days=int(value)))


class TermList(ListPage):
    key = "terms"
    title = "换届"
    permission = VIEW
    table_class = TermTable
    filterset_class = TermFilter
    search_placeholder = "名称、代码、拼音"
    main_filters = ("due", "kind")
    default_columns = ("name", "kind", "number", "elected_on", "ends", "left", "case")
    default_sort = "ends"
    tells_day = True
    system_views = (
        SystemView("全部"),
        SystemView("半年内届满", "due=180"),
        SystemView("三个月内届满", "due=90"),
        SystemView("一个月内届满", "due=30"),
        SystemView("已超期", "due=overdue"),
        SystemView("未登记任期", "due=none"),
    )
    export_name = "换届情况"
    empty_text = "没有符合条件的党组织。"

    def get_queryset(self) -> QuerySet[PartyOrganization]:
        return with_terms(PartyOrganization.objects.visible_to(self.user), today())

    def search(
        self, queryset: QuerySet[PartyOrganization], text: str
    ) -> QuerySet[PartyOrganization]:
        return queryset.search(text)  # type: ignore[attr-defined,no-any-return]

    def actions(self) -> list[dict[str, Any]]:
        if not self.user.has_perm(RUN):
            return []
        return [{"label": "导入任期", "url": reverse("organizations:sheet_upload", args=["terms"])}]
