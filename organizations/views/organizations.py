"""Organizations on screen: list, tree of any day, one organization, and its changes."""

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
from organizations import services, tree
from organizations.forms import DayForm, MoveForm, NewOrganizationForm, OrganizationForm
from organizations.models import OrganizationKind, OrganizationNature, PartyOrganization
from organizations.views.common import CHANGE, VIEW, accepted, form_page

LIST = ("党组织", "/orgs/")


class OrganizationTable(ListTable):
    name = NameColumn(
        linkify=lambda record: reverse("organizations:organization", args=[record.pk])
    )
    code = CodeColumn()
    kind = tables.Column()
    nature = tables.Column()
    secretary_name = tables.Column()
    established_on = DayColumn()
    abolished_on = DayColumn()

    class Meta(ListTable.Meta):
        model = PartyOrganization
        fields: ClassVar = ()


class OrganizationFilter(ListFilters):
    kind = django_filters.ChoiceFilter(choices=OrganizationKind.choices, label="类别")
    nature = django_filters.ChoiceFilter(choices=OrganizationNature.choices, label="性质")


class OrganizationList(ListPage):
    key = "organizations"
    title = "党组织"
    permission = VIEW
    table_class = OrganizationTable
    filterset_class = OrganizationFilter
    search_placeholder = "名称、代码、拼音"
    default_columns = ("name", "code", "kind", "secretary_name", "established_on")
    export_name = "党组织名册"
    empty_text = "范围内没有党组织。"

    def get_queryset(self) -> QuerySet[PartyOrganization]:
        return PartyOrganization.objects.visible_to(self.user)

    def search(
        self, queryset: QuerySet[PartyOrganization], text: str
    ) -> QuerySet[PartyOrganization]:
        word = fold(text)
        return queryset.filter(
            Q(name__icontains=word)
            | Q(code__iexact=word)
            | Q(search_key__contains=word.lower().replace(" ", ""))
        )

    def as_of_line(self) -> str:
        return f"数据截至 {today()}"

    def actions(self) -> list[dict[str, str]]:
        actions = [{"label": "组织树", "url": reverse("organizations:organization_tree")}]
        if self.user.has_perm(CHANGE):
            actions += [
                {
                    "label": "导入",
                    "url": reverse("organizations:sheet_upload", args=["organizations"]),
                },
                {
                    "label": "成立党组织",
                    "url": reverse("organizations:organization_create"),
                    "css": "btn-primary",
                    "icon": "plus",
                    "hotkey": "n",
                },
            ]
        return actions


@require_safe
@require(VIEW)
def organization_tree(request: HttpRequest) -> HttpResponse:
    """The tree of a day (`as_of`, else today) over what the user may see today."""
    user: Any = request.user
    form = DayForm(request.GET or None)
    day = (form.is_valid() and form.cleaned_data["as_of"]) or today()
    paths = tree.path_as_of(day)
    seen = PartyOrganization.objects.visible_to(user).existing(day).filter(pk__in=paths)
    organizations = {one.pk: one for one in seen}
    for one in organizations.values():
        one.path = paths[one.pk]
    context = {
        "form": form,
        "day": day,
        "lines": tree.in_order(organizations.values()),
        "total": len(organizations),
        "crumbs": [LIST],
    }
    return render(request, "organizations/tree.html", context)


@require_safe
@require(VIEW)
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    organization = _organization(request, pk)
    placements = organization.placements.select_related("parent")
    areas = organization.areas.visible_to(user)
    seen = PartyOrganization.objects.visible_to(user)
    below = seen.subtree_of(organization.path).exclude(pk=organization.pk).count()
    context = {
        "title": organization.name,
        "crumbs": [LIST],
        "organization": organization,
        "groups": [_facts(organization, areas, below)],
        "placements": placements,
        "actions": _actions(user, organization),
        "history": audit.history_of(organization),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/organization.html", context)


def _organization(request: HttpRequest, pk: int) -> PartyOrganization:
    user: Any = request.user
    found: PartyOrganization = get_object_or_404(PartyOrganization.objects.visible_to(user), pk=pk)
    return found


def _facts(organization: PartyOrganization, areas: Any, below: int) -> FactGroup:
    return FactGroup(
        "基本情况",
        (
            Fact("党组织名称", organization.name, wide=True),
            Fact("组织代码", organization.code),
            Fact("简称", organization.short_name),
            Fact("类别", organization.get_kind_display()),
            Fact("性质", organization.get_nature_display()),
            Fact("书记", organization.secretary_name),
            Fact("成立日期", organization.established_on),
            Fact("撤销日期", organization.abolished_on),
            Fact("排序号", organization.official_order),
            Fact("下级党组织", below),
            Fact("负责的辖区", "、".join(map(str, areas)) or "—", wide=True),
        ),
    )


def _actions(user: Any, organization: PartyOrganization) -> list[dict[str, str]]:
    if not user.has_perm(CHANGE):
        return []
    return [
        {"label": label, "url": reverse(f"organizations:{route}", args=[organization.pk])}
        for label, route in (
            ("修改", "organization_edit"),
            ("变更隶属", "organization_move"),
        )
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def organization_create(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = NewOrganizationForm(user, request.POST or None)
    if form.is_valid():
        data = form.cleaned_data

        def write() -> None:
            services.form_organization(
                actor=user,
                organization=form.save(commit=False),
                parent=data["parent"],
                document=data["document"],
            )

        if accepted(form, write):
            messages.success(request, f"已成立 {form.instance}。")
            return redirect("organizations:organization", form.instance.pk)
    return form_page(request, "成立党组织", form, LIST[1], [LIST])


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def organization_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    organization = _organization(request, pk)
    form = OrganizationForm(request.POST or None, instance=organization)
    if form.is_valid():
        data = dict(form.cleaned_data)
        fresh = _organization(request, pk)
        if accepted(
            form,
            lambda: services.change_organization(actor=user, organization=fresh, **data),
        ):
            messages.success(request, "已保存。")
            return redirect("organizations:organization", pk)
    return form_page(request, f"修改 {organization}", form, _page(organization), [LIST])


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def organization_move(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    organization = _organization(request, pk)
    form = MoveForm(user, request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: services.move_organization(
            actor=user, organization=organization, **form.cleaned_data
        ),
    ):
        messages.success(request, "隶属关系已变更。")
        return redirect("organizations:organization", pk)
    return form_page(request, f"变更隶属：{organization}", form, _page(organization), [LIST])


def _page(organization: PartyOrganization) -> str:
    return reverse("organizations:organization", args=[organization.pk])
