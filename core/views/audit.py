"""The log of who did what, for the administrators who audit."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.views.decorators.http import require_POST

from core import audit, verification
from core.listing import (
    DayRangeFilter,
    ListFilters,
    ListPage,
    ListTable,
    MomentColumn,
    NameColumn,
)
from core.models import AuditEntry
from core.permissions import require

SHOWN_CHANGES = 4


class VerbColumn(tables.Column):  # type: ignore[misc]
    def render(self, value: str) -> str:
        return audit.verb_label(value)


class ChangesColumn(tables.Column):  # type: ignore[misc]
    """The first fields that changed, each with its value before and after."""

    sheet_width = 40
    empty_values = ()

    def render(self, record: AuditEntry) -> str:
        lines = list(audit.changes_of(record))[:SHOWN_CHANGES]
        return format_html_join(
            "；", '{} <span class="old">{}</span> <span class="new">{}</span>', _shown(lines)
        )

    def value(self, record: AuditEntry) -> str:
        return "；".join(
            f"{label}：{before} → {after}"
            for label, before, after in _shown(audit.changes_of(record))
        )


def _shown(lines: Any) -> list[tuple[str, str, str]]:
    """Values cut to what a cell can hold; nothing stays nothing."""
    return [(label, _short(before), _short(after)) for label, before, after in lines]


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


class AuditTable(ListTable):
    at = MomentColumn()
    actor_name = tables.Column(orderable=False)
    verb = VerbColumn(orderable=False)
    target_label = NameColumn(orderable=False)
    changes = ChangesColumn(verbose_name="变更", accessor="pk", orderable=False)
    reason = tables.Column(orderable=False)
    address = tables.Column(orderable=False)
    request_id = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = AuditEntry
        fields: ClassVar = ()


class AuditFilter(ListFilters):
    verb = django_filters.ChoiceFilter(choices=audit.verbs, label="操作")
    at = DayRangeFilter(label="时间")
    actor_name = django_filters.CharFilter(label="操作人", lookup_expr="icontains")


class AuditList(ListPage):
    key = "audit"
    title = "操作日志"
    permission = "core.audit"
    table_class = AuditTable
    filterset_class = AuditFilter
    search_placeholder = "对象名称、请求编号"
    main_filters: ClassVar[Sequence[str]] = ("verb", "at", "actor_name")
    default_sort = "-at"
    keyset_sorts = ("at",)
    export_name = "操作日志"
    export_permission = "core.audit"
    export_asks_purpose = True
    template_name = "core/audit_list.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"mark": verification.mark()}

    def get_queryset(self) -> QuerySet[AuditEntry]:
        entries: QuerySet[AuditEntry] = AuditEntry.objects.visible_to(self.user)
        return entries

    def search(self, queryset: QuerySet[AuditEntry], text: str) -> QuerySet[AuditEntry]:
        return queryset.filter(Q(target_label__icontains=text) | Q(request_id=text))


@require_POST
@require(verification.PERMISSION)
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Verify the whole chain now, as a job."""
    user: Any = request.user
    return redirect("core:job_detail", verification.request(actor=user).pk)
