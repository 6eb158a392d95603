"""Pages that hold every component once: what the tests of the interface look at."""

from datetime import date
from typing import Any, cast

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from config.urls import urlpatterns as product_urls
from core.detail import Fact, FactGroup
from core.listing import (
    BulkAction,
    BulkRequest,
    DayRangeFilter,
    ListFilters,
    ListPage,
    ListTable,
    MomentColumn,
    NameColumn,
    NumberColumn,
    NumberRangeFilter,
    StateColumn,
    SystemView,
    YesNoFilter,
)
from core.models import Message, MessageKind
from core.rates import Rate


class MessageTable(ListTable):
    title = NameColumn(linkify=lambda record: record.url or None)
    kind = StateColumn(tones={"action": "attention", "system": "running"})
    created_at = MomentColumn()
    read_at = MomentColumn()
    number = NumberColumn(accessor="pk", verbose_name="编号")
    body = tables.Column(orderable=False)

    class Meta:
        model = Message
        fields = ("title", "kind", "created_at", "read_at", "body")


class MessageFilter(ListFilters):
    kind = django_filters.ChoiceFilter(choices=MessageKind.choices, label="类别")
    unread = YesNoFilter(field_name="read_at", lookup_expr="isnull", label="未读")
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


class EveryField(forms.Form):
    """One field of each kind that screens use."""

    groups = (
        ("基本情况", ("name", "kind", "since")),
        ("其他", ("staff", "mode", "topics", "agreed", "note")),
    )
    name = forms.CharField(label="企业名称", max_length=20, help_text="与营业执照一致")
    kind = forms.ChoiceField(label="类别", choices=MessageKind.choices)
    since = forms.DateField(label="成立日期")
    staff = forms.IntegerField(label="从业人员", widget=forms.TextInput({"inputmode": "numeric"}))
    mode = forms.ChoiceField(
        label="组建方式", choices=[("a", "单独组建"), ("b", "联合组建")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label="群团组织",
        choices=[("a", "工会"), ("b", "共青团")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="情况属实")
    note = forms.CharField(label="备注", widget=forms.Textarea({"rows": 2}), required=False)


def form_page(request: HttpRequest) -> HttpResponse:
    form = EveryField(request.POST or None)
    context = {"title": "企业信息", "form": form, "cancel_url": "/demo/", "submit_label": "提交"}
    return render(request, "generic/form.html", context)


def detail_page(request: HttpRequest) -> HttpResponse:
    facts = (
        Fact("企业名称", "青山纺织有限公司"),
        Fact("从业人员", 1280),
        Fact("成立日期", date(2019, 3, 1)),
        Fact("上年营业收入", None),
        Fact("经营范围", "纺织品制造", wide=True),
    )
    context = {"title": "青山纺织有限公司", "groups": (FactGroup("基本情况", facts),)}
    return render(request, "generic/detail.html", context)


def gallery(request: HttpRequest) -> HttpResponse:
    names = ("城关镇", "石牌镇", "月山镇", "经济开发区", "平山镇", "茶岭镇")
    tiles = [(name, level, level * 3) for level, name in enumerate(names)]
    shares = {"share": Rate(52, 332), "nothing": Rate(0, 0)}
    return render(request, "gallery.html", {"tiles": tiles, **shares})


def upload(request: HttpRequest) -> HttpResponse:
    """A file is received, or the page says what is wrong with it."""
    content = cast(Any, request.FILES["file"]).read()
    if content.startswith(b"PK"):
        return render(request, "generic/detail.html", {"title": "文件不能读取"})
    return redirect("/demo/")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("中间出错")


urlpatterns = [
    *product_urls,
    path("demo/", MessageList.as_view(), name="demo"),
    path("demo/form", form_page),
    path("demo/detail", detail_page),
    path("demo/gallery", gallery),
    path("demo/upload", upload),
    path("demo/broken", broken),
]
handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.not_found"
handler500 = "core.errors.server_error"
