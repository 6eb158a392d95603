"""Branches with what they took in, and members from whom nothing has come for months."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import (
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from core.dates import today
from core.listing import ListPage, ListTable, NameColumn, NumberColumn
from core.text import fold
from members.dues import arrears, parameters, reckoning
from members.dues.services import CHANGE
from members.models import DuesRecord, Membership, PartyMember
from organizations.models import OrganizationNature, PartyOrganization
from organizations.rules import BRANCHES


def _count(rows: QuerySet[Any], of: Any) -> Coalesce:
    grouped = rows.order_by().values("organization").annotate(found=of)
    return Coalesce(Subquery(grouped.values("found")), Value(0), output_field=IntegerField())


class BranchTable(ListTable):
    name = NameColumn(
        linkify=lambda record: reverse("members:dues_sheet", args=[record.pk]),
        order_by=("path",),
        verbose_name="党支部",
    )
    members_now = NumberColumn(verbose_name="党员（人）")
    payers = NumberColumn(verbose_name="本月已交（人）")
    waiting = NumberColumn(verbose_name="本月未登记（人）")
    year_paid = tables.Column(
        verbose_name="本年实交（元）", attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )

    class Meta(ListTable.Meta):
        model = PartyOrganization
        fields: ClassVar = ()


class DuesList(ListPage):
    key = "dues"
    title = "党费收缴"
    permission = CHANGE
    table_class = BranchTable
    search_placeholder = "党支部名称、拼音"
    default_columns = ("name", "members_now", "payers", "waiting", "year_paid")
    default_sort = "name"
    tells_day = True
    export_name = "党费收缴情况"
    empty_text = "范围内没有收缴党费的党支部。"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who answers for one branch alone is at its sheet at once."""
        if request.user.has_perm(CHANGE) and not request.GET:
            only = list(self._branches(request.user)[:2])
            if len(only) == 1:
                return redirect("members:dues_sheet", only[0].pk)
        return super().get(request, *args, **kwargs)

    def _branches(self, user: Any) -> QuerySet[PartyOrganization]:
        rows: QuerySet[PartyOrganization] = PartyOrganization.objects.visible_to(user).existing(
            today()
        )
        holding = Membership.objects.visible_to(user).as_of(today()).values("organization")
        return rows.filter(
            Q(kind__in=BRANCHES) | Q(pk__in=holding), nature=OrganizationNature.REGULAR
        )

    def get_queryset(self) -> QuerySet[PartyOrganization]:
        month, own = reckoning.month_of(today()), {"organization": OuterRef("pk")}
        records = DuesRecord.objects.visible_to(self.user).filter(**own)
        held = Membership.objects.visible_to(self.user).as_of(today()).filter(**own)
        year = records.filter(month__year=today().year).order_by().values("organization")
        return self._branches(self.user).annotate(
            members_now=_count(held, Count("pk")),
            payers=_count(records.filter(month=month), Count("pk")),
            waiting=F("members_now") - F("payers"),
            year_paid=Coalesce(
                Subquery(year.annotate(found=Sum("paid")).values("found")),
                Value(0),
                output_field=DecimalField(max_digits=12, decimal_places=2),
            ),
        )

    def search(
        self, queryset: QuerySet[PartyOrganization], text: str
    ) -> QuerySet[PartyOrganization]:
        found: QuerySet[PartyOrganization] = queryset.search(text)  # type: ignore[attr-defined]
        return found

    def actions(self) -> list[dict[str, Any]]:
        return [
            {"label": "长期未交", "url": reverse("members:dues_late")},
            {"label": "导入", "url": reverse("organizations:sheet_upload", args=["dues"])},
        ]


class LateTable(ListTable):
    person = NameColumn(
        linkify=lambda record: record.get_absolute_url(),
        order_by=("person__search_key", "person_id"),
        verbose_name="姓名",
    )
    home = tables.Column(
        accessor="person__home_organization",
        order_by=("person__home_organization__path",),
        verbose_name="党支部",
        linkify=lambda record: reverse(
            "members:dues_sheet", args=[record.person.home_organization_id]
        ),
    )
    category = tables.Column()
    last_paid = tables.DateColumn(format="Y-m", default="没有登记", verbose_name="最近交纳的月份")

    class Meta(ListTable.Meta):
        model = PartyMember
        fields: ClassVar = ()


class LateList(ListPage):
    key = "dues_late"
    title = "长期未交党费的党员"
    permission = CHANGE
    table_class = LateTable
    search_placeholder = "姓名、拼音、党组织"
    default_columns = ("person", "home", "category", "last_paid")
    default_sort = "person"
    export_name = "连续未交党费的党员"
    empty_text = "没有连续未交党费的党员。"

    def get_queryset(self) -> QuerySet[PartyMember]:
        return arrears.late(PartyMember.objects.visible_to(self.user), today())

    def search(self, queryset: QuerySet[PartyMember], text: str) -> QuerySet[PartyMember]:
        word = fold(text)
        return queryset.filter(
            Q(person__name__contains=word)
            | Q(person__search_key__contains=word.lower().replace(" ", ""))
            | Q(person__home_organization__name__contains=word)
        )

    def as_of_line(self) -> str:
        months = parameters.LATE_MONTHS.value(on=today())
        return f"连续{months}个月没有登记；数据截至 {today()}"
