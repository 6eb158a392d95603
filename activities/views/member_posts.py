"""Posts of members on screen: who answers for what, since when."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from activities.branch_forms import ChangePostForm, TakePostForm
from activities.models import MemberPost, MemberPostKind
from activities.services.member_posts import change_post, take_post
from activities.states import RECORD, VIEW
from activities.views.branch_pages import of_branch
from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import (
    DayColumn,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    SystemView,
    YesNoFilter,
)
from core.permissions import require
from core.text import fold
from core.validity import valid_on
from organizations.models import PartyOrganization
from organizations.views.common import accepted, form_page

LIST = ("党员岗", "/member-posts/")
TAKEN = "登记党员岗"


class MemberPostTable(ListTable):
    name = NameColumn(linkify=lambda record: reverse("activities:member_post", args=[record.pk]))
    kind = tables.Column()
    person = tables.Column(order_by=("person__search_key",))
    organization = tables.Column(order_by=("organization__path",))
    valid_from = DayColumn()
    valid_to = DayColumn()

    class Meta(ListTable.Meta):
        model = MemberPost
        fields: ClassVar = ()


class MemberPostFilter(ListFilters):
    kind = django_filters.ChoiceFilter(choices=MemberPostKind.choices, label="类别")
    present = YesNoFilter(method="is_present", label="在岗")

    def is_present(
        self, rows: QuerySet[MemberPost], name: str, value: bool
    ) -> QuerySet[MemberPost]:
        now = valid_on(today())
        return rows.filter(now) if value else rows.exclude(now)


class MemberPostList(ListPage):
    key = "member_posts"
    title = "党员岗"
    permission = VIEW
    table_class = MemberPostTable
    filterset_class = MemberPostFilter
    search_placeholder = "岗位、姓名、党组织"
    main_filters = ("kind", "present")
    default_columns = ("name", "kind", "person", "organization", "valid_from")
    default_sort = "organization"
    tells_day = True
    system_views = (SystemView("在岗", "present=true"), SystemView("全部"))
    export_name = "党员岗"
    empty_text = "范围内没有登记党员岗。"

    def get_queryset(self) -> QuerySet[MemberPost]:
        rows: QuerySet[MemberPost] = MemberPost.objects.visible_to(self.user)
        return rows.select_related("person", "organization")

    def search(self, queryset: QuerySet[MemberPost], text: str) -> QuerySet[MemberPost]:
        word = fold(text)
        return queryset.filter(
            Q(name__icontains=word)
            | Q(person__name__contains=word)
            | Q(organization__name__contains=word)
        )

    def actions(self) -> list[dict[str, Any]]:
        if not self.user.has_perm(RECORD):
            return []
        new = reverse("activities:member_post_new")
        return [{"label": TAKEN, "url": new, "css": "btn-primary", "hotkey": "n"}]


@require_http_methods(["GET", "HEAD", "POST"])
@require(RECORD)
def member_post_new(request: HttpRequest) -> HttpResponse:
    def page(branch: PartyOrganization) -> HttpResponse:
        user: Any = request.user
        form = TakePostForm(branch, request.POST or None)
        if form.is_valid() and accepted(
            form, lambda: take_post(actor=user, organization=branch, **form.cleaned_data)
        ):
            messages.success(request, f"已登记{len(form.cleaned_data['people'])}名党员。")
            return redirect("activities:member_post_list")
        return form_page(request, f"{TAKEN}：{branch}", form, LIST[1], [LIST])

    return of_branch(request, TAKEN, [LIST], page)


@require_safe
@require(VIEW)
def member_post(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _find(request, pk)
    facts = (
        Fact("党组织", str(row.organization)),
        Fact("党员", str(row.person)),
        Fact("类别", row.get_kind_display()),
        Fact("岗位名称", row.name),
        Fact("上岗日期", row.valid_from),
        Fact("离岗日期", row.valid_to),
    )
    edit = {"label": "修改或离岗", "url": reverse("activities:member_post_edit", args=[pk])}
    context = {
        "title": row.name,
        "crumbs": [LIST],
        "groups": [FactGroup("党员岗", facts)],
        "actions": [edit] if user.has_perm(RECORD) else [],
        "history": history_of(row, user=user),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "activities/register_row.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(RECORD)
def member_post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    row = _find(request, pk)
    form = ChangePostForm(row, request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: change_post(actor=user, post=row, **form.cleaned_data)
    ):
        messages.success(request, "已保存。")
        return redirect("activities:member_post", pk)
    back = reverse("activities:member_post", args=[pk])
    return form_page(request, f"{row}（{row.person}）", form, back, [LIST, (row.name, back)])


def _find(request: HttpRequest, pk: int) -> MemberPost:
    user: Any = request.user
    rows = MemberPost.objects.visible_to(user).select_related("organization", "person")
    found: MemberPost = get_object_or_404(rows, pk=pk)
    return found
