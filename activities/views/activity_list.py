"""The meetings within the scope: by kind, unit, period and state."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse

from activities import paper_job
from activities.forms import NoQuestions
from activities.models import Activity, ActivityState
from activities.plan_sheet import KEY
from activities.roster import kinds_in_use
from activities.services.planning import withdraw
from activities.states import RECORD, TONES, VIEW
from core.listing import (
    BulkAction,
    BulkRequest,
    DayColumn,
    DayRangeFilter,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    StateColumn,
    SystemView,
)
from core.text import fold


class ActivityTable(ListTable):
    title = NameColumn(linkify=lambda record: reverse("activities:activity", args=[record.pk]))
    kinds = tables.Column(orderable=False)
    organization = tables.Column(order_by=("organization__path",))
    held_on = DayColumn(verbose_name="日期", accessor="day", order_by=("held_on",))
    planned_on = DayColumn(verbose_name="计划日期")
    place = tables.Column(orderable=False)
    came = tables.Column(verbose_name="到会", orderable=False)
    state = StateColumn(tones=TONES)
    recorded_on = DayColumn(verbose_name="首次登记")

    class Meta(ListTable.Meta):
        model = Activity
        fields: ClassVar = ()

    def render_kinds(self, record: Activity) -> str:
        return "、".join(kind.name for kind in record.kinds.all())

    def render_came(self, record: Activity) -> str:
        return f"{record.came}/{record.expected}" if record.expected else "—"

    def value_came(self, record: Activity) -> str:
        return self.render_came(record)

    def render_recorded_on(self, record: Activity) -> str:
        late = f"（会后{record.days_late}天登记）" if record.days_late > 0 else ""
        return f"{record.recorded_on}{late}"


class ActivityFilter(ListFilters):
    kinds = django_filters.ModelChoiceFilter(
        queryset=lambda request: kinds_in_use(), label="类型", field_name="kinds"
    )
    state = django_filters.ChoiceFilter(choices=ActivityState.choices, label="状态")
    held_on = DayRangeFilter(label="召开日期")
    planned_on = DayRangeFilter(label="计划日期")

    class Meta:
        model = Activity
        fields: ClassVar = ()


def withdraw_plans(asked: BulkRequest) -> str:
    """Those of the chosen that were not held yet."""
    rows = list(asked.rows)
    done = withdraw(actor=asked.actor, activities=rows, reason=asked.data["reason"])
    told, left = f"已撤回 {done:,} 次会议计划。", len(rows) - done
    return f"{told}另有 {left:,} 次已经召开或取消，没有改动。" if left else told


class ActivityList(ListPage):
    key = "activities"
    title = "会议记录"
    permission = VIEW
    table_class = ActivityTable
    filterset_class = ActivityFilter
    search_placeholder = "议题、党组织"
    main_filters = ("kinds", "state", "held_on")
    default_columns = ("title", "kinds", "organization", "held_on", "came", "state")
    default_sort = "-held_on"
    tells_day = True
    system_views = (
        SystemView("全部"),
        SystemView("待审核", "state=submitted"),
        SystemView("被退回", "state=returned"),
        SystemView("草稿", "state=recorded"),
        SystemView("计划", "state=planned"),
    )
    bulk_actions: ClassVar[Sequence[BulkAction]] = (
        BulkAction("word", "批量打印（Word）", VIEW, paper_job.ask, NoQuestions),
        BulkAction(
            "withdraw", "撤回计划", RECORD, withdraw_plans, undo="撤回后可以重新计划或再次导入。"
        ),
    )
    export_name = "会议记录"
    empty_text = "还没有会议记录。"

    def get_queryset(self) -> QuerySet[Activity]:
        rows: QuerySet[Activity] = Activity.objects.visible_to(self.user)
        return rows.select_related("organization").prefetch_related("kinds")

    def search(self, queryset: QuerySet[Activity], text: str) -> QuerySet[Activity]:
        word = fold(text)
        return queryset.filter(title__icontains=word) | queryset.filter(
            organization__name__icontains=word
        )

    def actions(self) -> list[dict[str, Any]]:
        groups = {
            "label": "党小组",
            "url": reverse("activities:group_list"),
            "css": "btn-outline-secondary",
        }
        if not self.user.has_perm(RECORD):
            return [groups]
        new, plan = reverse("activities:activity_new"), reverse("activities:plan_new")
        sheet = reverse("organizations:sheet_upload", args=[KEY])
        return [
            groups,
            {"label": "导入计划", "url": sheet, "css": "btn-outline-secondary"},
            {"label": "计划会议", "url": plan, "css": "btn-outline-secondary"},
            {"label": "记一次会", "url": new, "css": "btn-primary", "hotkey": "n"},
        ]
