"""A list page over messages, with everything a list can do, for the tests of the list pages."""

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone

from config.urls import urlpatterns as product_urls
from core.listing import (
    BulkAction,
    BulkRequest,
    DayRangeFilter,
    ListPage,
    MomentColumn,
    NameColumn,
    NumberColumn,
    NumberRangeFilter,
    StateColumn,
    SystemView,
)
from core.models import Message, MessageKind


class MessageTable(tables.Table):
    title = NameColumn(linkify=lambda record: record.url or None)
    kind = StateColumn(tones={"action": "attention", "system": "running"})
    created_at = MomentColumn()
    read_at = MomentColumn()
    number = NumberColumn(accessor="pk", verbose_name="编号")
    body = tables.Column(orderable=False)

    class Meta:
        model = Message
        fields = ("title", "kind", "created_at", "read_at", "body")


class MessageFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=MessageKind.choices, label="类别")
    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull", label="未读")
    created_at = DayRangeFilter(label="时间")
    number = NumberRangeFilter(field_name="pk", label="编号")


def mark_read(request: BulkRequest) -> str:
    done = request.rows.filter(read_at=None).update(
        read_at=timezone.now(), body=request.data["reason"]
    )
    return f"已标记 {done} 条。"


class MessageList(ListPage):
    key = "demo"
    title = "消息名册"
    permission = "enterprises.view"
    table_class = MessageTable
    filterset_class = MessageFilter
    search_placeholder = "标题"
    main_filters = ("kind", "unread")
    default_sort = "-created_at"
    keyset_sorts = ("created_at", "number")
    system_views = (
        SystemView("全部"),
        SystemView("待我办", "kind=action"),
        SystemView("未读", "unread=true"),
    )
    bulk_actions = (
        BulkAction("read", "标为已读", "enterprises.change", mark_read, undo="可以重新标为未读。"),
        BulkAction("secret", "无权操作", "accounts.users", mark_read),
    )
    export_name = "消息名册"

    def get_queryset(self) -> QuerySet[Message]:
        return Message.objects.filter(recipient=self.user)

    def search(self, queryset: QuerySet[Message], text: str) -> QuerySet[Message]:
        return queryset.filter(title__icontains=text)

    def actions(self) -> list[dict[str, str]]:
        return [{"label": "新建", "url": "/new/", "css": "btn-primary", "icon": "plus"}]

    def as_of_line(self) -> str:
        return "数据截至 2026-11-22"


urlpatterns = [*product_urls, path("demo/", MessageList.as_view(), name="demo")]
handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.not_found"
handler500 = "core.errors.server_error"
