"""Areas on screen: list, one area with who answered for it, and its changes."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import CodeColumn, DayColumn, ListFilters, ListPage, ListTable, NameColumn
from core.permissions import require
from core.text import fold
from organizations import services
from organizations.forms import AreaForm, HandOverForm, NewAreaForm
from organizations.models import Area, AreaKind
from organizations.views.common import CHANGE, VIEW, accepted, form_page

LIST = ("辖区", "/areas/")


class AreaTable(ListTable):
    name = NameColumn(
        linkify=lambda record: reverse("organizations:area", args=[record.pk]),
        order_by=("official_order", "code"),
    )
    code = CodeColumn()
    kind = tables.Column()
    park_level = tables.Column()
    parent = tables.Column()
    committee = tables.Column()
    keywords = tables.Column(orderable=False)
    closed_on = DayColumn()

    class Meta(ListTable.Meta):
        model = Area
        fields: ClassVar = ()

    def render_keywords(self, value: list[str]) -> str:
        return "、".join(value)


class AreaFilter(ListFilters):
    kind = django_filters.ChoiceFilter(choices=AreaKind.choices, label="类别")


class AreaList(ListPage):
    key = "areas"
    title = "辖区"
    permission = VIEW
    table_class = AreaTable
    filterset_class = AreaFilter
    search_placeholder = "名称、编码"
    default_sort = "name"
    tells_day = True
    default_columns = ("name", "code", "kind", "parent", "committee")
    export_name = "辖区名册"
    empty_text = "范围内没有辖区。"

    def get_queryset(self) -> QuerySet[Area]:
        return Area.objects.visible_to(self.user).select_related("parent", "committee")

    def search(self, queryset: QuerySet[Area], text: str) -> QuerySet[Area]:
        word = fold(text)
        return queryset.filter(Q(name__icontains=word) | Q(code__startswith=word))

    def actions(self) -> list[dict[str, str]]:
        if not self.user.has_perm(CHANGE):
            return []
        return [
            {"label": "导入", "url": reverse("organizations:sheet_upload", args=["areas"])},
            {
                "label": "新增辖区",
                "url": reverse("organizations:area_create"),
                "css": "btn-primary",
                "icon": "plus",
                "hotkey": "n",
            },
        ]


@require_safe
@require(VIEW)
def area_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    area = _area(request, pk)
    actions = (
        [
            {"label": "修改", "url": reverse("organizations:area_edit", args=[pk])},
            {"label": "变更责任党组织", "url": reverse("organizations:area_hand_over", args=[pk])},
        ]
        if user.has_perm(CHANGE)
        else []
    )
    if area.is_classifying and user.has_perm("enterprises.change"):
        url = reverse("organizations:sheet_upload", args=["classifications"])
        actions.append({"label": "导入企业归类", "url": url})
    context = {
        "title": area.name,
        "crumbs": [LIST],
        "area": area,
        "day": today(),
        "groups": [_facts(area)],
        "responsibilities": area.responsibilities.select_related("organization").order_by(
            "-valid_from"
        ),
        "parts": area.parts.visible_to(user),
        "actions": actions,
        "history": audit.history_of(area, user=user),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/area.html", context)


def _area(request: HttpRequest, pk: int) -> Area:
    user: Any = request.user
    areas = Area.objects.visible_to(user).select_related("parent", "committee")
    found: Area = get_object_or_404(areas, pk=pk)
    return found


def _facts(area: Area) -> FactGroup:
    return FactGroup(
        "基本情况",
        (
            Fact("名称", area.name),
            Fact("编码", area.code),
            Fact("类别", area.get_kind_display()),
            Fact("园区级别", area.get_park_level_display() or "—"),
            Fact("所属", area.parent or "—"),
            Fact("责任党组织", area.committee),
            Fact("地址关键词", "、".join(area.keywords), wide=True),
            Fact("撤销日期", area.closed_on),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def area_create(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = NewAreaForm(user, request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: services.establish_area(
            actor=user, area=form.save(commit=False), since=form.cleaned_data["since"]
        ),
    ):
        messages.success(request, f"已新增 {form.instance}。")
        return redirect("organizations:area", form.instance.pk)
    return form_page(request, "新增辖区", form, LIST[1], [LIST])


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def area_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    form = AreaForm(request.POST or None, instance=_area(request, pk))
    fresh = _area(request, pk)
    if form.is_valid() and accepted(
        form, lambda: services.change_area(actor=user, area=fresh, **form.cleaned_data)
    ):
        messages.success(request, "已保存。")
        return redirect("organizations:area", pk)
    return form_page(request, f"修改 {fresh}", form, _page(fresh), [LIST])


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def area_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    area = _area(request, pk)
    form = HandOverForm(user, request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.hand_over_area(actor=user, area=area, **form.cleaned_data)
    ):
        messages.success(request, "责任党组织已变更。")
        return redirect("organizations:area", pk)
    return form_page(request, f"变更责任党组织：{area}", form, _page(area), [LIST])


def _page(area: Area) -> str:
    return reverse("organizations:area", args=[area.pk])
