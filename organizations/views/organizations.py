"""Organizations as a list, and corrections of their facts."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.listing import CodeColumn, DayColumn, ListFilters, ListPage, ListTable, NameColumn
from core.permissions import require
from organizations import services
from organizations.forms import OrganizationForm
from organizations.models import OrganizationKind, OrganizationNature, PartyOrganization
from organizations.querysets import OrganizationQuerySet
from organizations.views.common import CHANGE, TREE, VIEW, accepted, find, form_page, link


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
    title = "党组织名册"
    permission = VIEW
    tells_day = True
    crumbs = (TREE,)
    table_class = OrganizationTable
    filterset_class = OrganizationFilter
    search_placeholder = "名称、代码、拼音"
    default_columns = ("name", "code", "kind", "secretary_name", "established_on")
    export_name = "党组织名册"
    empty_text = "范围内没有党组织。"

    def get_queryset(self) -> OrganizationQuerySet:
        rows: OrganizationQuerySet = PartyOrganization.objects.visible_to(self.user)
        return rows

    def search(self, queryset: Any, text: str) -> OrganizationQuerySet:
        found: OrganizationQuerySet = queryset.search(text)
        return found

    def actions(self) -> list[dict[str, str]]:
        actions = [{"label": "组织树", "url": link("organization_tree")}]
        if self.user.has_perm(CHANGE):
            actions += [
                {"label": "导入", "url": link("sheet_upload", "organizations")},
                {
                    "label": "成立党组织",
                    "url": link("organization_create"),
                    "css": "btn-primary",
                    "icon": "plus",
                    "hotkey": "n",
                },
            ]
        return actions


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def organization_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    organization = find(request, pk)
    form = OrganizationForm(request.POST or None, instance=organization)
    if form.is_valid():
        data = dict(form.cleaned_data)
        fresh = find(request, pk)
        if accepted(
            form,
            lambda: services.change_organization(actor=user, organization=fresh, **data),
        ):
            messages.success(request, "已保存。")
            return redirect("organizations:organization", pk)
    return form_page(request, f"修改 {organization}", form, link("organization", pk), [TREE])
