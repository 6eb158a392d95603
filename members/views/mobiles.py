"""Mobile members on screen: who is away or has come, one absence with its acts."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import reveal
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import (
    DayColumn,
    DayRangeFilter,
    ListFilters,
    ListTable,
    NameColumn,
    NumberColumn,
    StateColumn,
    SystemView,
    YesNoFilter,
)
from core.permissions import require
from members.flow_codes import Destination, LeaveReason, MobileRange
from members.flow_forms import ComeBackForm, ContactForm, MobileForm, ReceiveForm, RefuseForm
from members.flow_parameters import MOBILE_MONTHS
from members.flow_querysets import MobileQuerySet
from members.models import MobileRecord, MobileState
from members.models.mobile import MOBILE, OPEN_MOBILE
from members.services import mobiles
from members.services.cases import CHANGE
from members.standing import full_months
from members.views.flow import (
    METHODS,
    VIEW,
    Act,
    Flow,
    FlowPage,
    act_page,
    correct,
    detail,
    edit_link,
    initial_member,
    start,
)

TONES: dict[str, str] = {
    MobileState.AWAY: "attention",
    MobileState.RECEIVED: "ok",
    MobileState.REFUSED: "broken",
    MobileState.LOST: "broken",
}


def _host(row: MobileRecord) -> Any:
    """Who answers for the host; beyond the system the home notes what it hears."""
    return row.host or row.origin


def _either(row: MobileRecord) -> Any:
    return row.origin or row.host


FLOW = Flow(
    "mobile",
    "流动党员",
    "record",
    lambda user: MobileRecord.objects.visible_to(user).select_related(
        "member__person", "origin", "host"
    ),
    MOBILE,
    {
        "receive": Act("报到纳入管理", ReceiveForm, mobiles.receive, _host),
        "refuse": Act("不予接收", RefuseForm, mobiles.refuse, _host),
        "contact": Act("登记联系", ContactForm, mobiles.contact, _either),
        "return": Act("登记返回", ComeBackForm, mobiles.come_back, _either),
    },
    _either,
    {"contact": OPEN_MOBILE},
)


class MobileTable(ListTable):
    member = NameColumn(
        linkify=lambda record: record.get_absolute_url(),
        order_by=("member__person__search_key",),
        verbose_name="姓名",
    )
    origin = tables.Column(
        accessor="leaves_from", verbose_name="流出党组织", order_by=("origin__name", "origin_unit")
    )
    host = tables.Column(
        accessor="goes_to", verbose_name="流入党组织", order_by=("host__name", "host_unit")
    )
    cause = tables.Column()
    destination = tables.Column()
    range = tables.Column()
    left_on = DayColumn()
    months = NumberColumn(verbose_name="已满(月)", empty_values=(), order_by=("-left_on",))
    received_on = DayColumn()
    contacted_on = DayColumn()
    state = StateColumn(tones=TONES)
    former_job = tables.Column()
    certificate = tables.Column(orderable=False)
    contact_note = tables.Column(orderable=False)
    ended_on = DayColumn()

    class Meta(ListTable.Meta):
        model = MobileRecord
        fields: ClassVar = ()

    def render_months(self, record: MobileRecord) -> int:
        return full_months(record.left_on, record.ended_on or today())

    def value_months(self, record: MobileRecord) -> int:
        return self.render_months(record)


class MobileFilter(ListFilters):
    state = django_filters.ChoiceFilter(choices=MobileState.choices, label="状态")
    side = django_filters.ChoiceFilter(
        method="on_side", choices=(("out", "流出"), ("in", "流入")), label="流动方向"
    )
    counted = YesNoFilter(method="is_counted", label="计入流动党员")
    destination = django_filters.ChoiceFilter(choices=Destination.choices, label="流动类型")
    range = django_filters.ChoiceFilter(choices=MobileRange.choices, label="流出范围")
    cause = django_filters.ChoiceFilter(choices=LeaveReason.choices, label="外出原因")
    left_on = DayRangeFilter(label="流出日期")

    def on_side(self, queryset: MobileQuerySet, name: str, value: str) -> QuerySet[MobileRecord]:
        """Where the reader's own organizations are the home, or the host."""
        user: Any = self.request.user
        return queryset.leaving_from(user) if value == "out" else queryset.staying_with(user)

    def is_counted(
        self, queryset: MobileQuerySet, name: str, value: bool
    ) -> QuerySet[MobileRecord]:
        """Away as long as the definition says, and not back."""
        day = today()
        counted = queryset.lasting(day, MOBILE_MONTHS.value(on=day))
        return counted if value else queryset.exclude(pk__in=counted.values("pk"))


class MobileList(FlowPage):
    key = "mobiles"
    title = "流动党员"
    route = "mobile_list"
    new = ("登记流动党员", "mobile_new")
    table_class = MobileTable
    filterset_class = MobileFilter
    main_filters: ClassVar[Sequence[str]] = ("side", "state", "destination")
    default_columns: ClassVar[Sequence[str]] = (
        "member",
        "origin",
        "host",
        "destination",
        "left_on",
        "months",
        "contacted_on",
        "state",
    )
    default_sort = "-left_on"
    searched = ("member__person__name", "origin__name", "origin_unit", "host__name", "host_unit")
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("流出党员", "side=out&counted=true"),
        SystemView("流入党员", "side=in&counted=true"),
        SystemView("待报到", f"state={MobileState.AWAY}"),
        SystemView("全部"),
    )
    export_name = "流动党员"
    empty_text = "没有流动党员。"

    def get_queryset(self) -> QuerySet[MobileRecord]:
        rows: QuerySet[MobileRecord] = MobileRecord.objects.visible_to(self.user)
        return rows.select_related("member__person", "origin", "host")

    def as_of_line(self) -> str:
        months = MOBILE_MONTHS.value(on=today())
        return f"数据截至 {today()}，连续 {months} 个月以上不能参加原支部活动的计入流动党员"


@require_safe
@require(VIEW)
def mobile_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = FLOW.find(request, pk), request.user
    months = full_months(row.left_on, row.ended_on or today())
    further = edit_link(FLOW, user, row)
    if row.is_open and user.has_perm(CHANGE):
        for label, route in (("开具介绍信", "transfer_new"), ("登记失联", "lost_new")):
            url = f"{reverse(f'members:{route}')}?member={row.member_id}"
            further.append({"label": label, "url": url})
    return detail(
        request,
        FLOW,
        row,
        _groups(row, user),
        tone=TONES.get(row.state, "none"),
        months=months,
        counted=row.is_open and months >= MOBILE_MONTHS.value(on=today()),
        further=further,
    )


def _groups(row: MobileRecord, user: Any) -> list[FactGroup]:
    away = (
        Fact("流出日期", row.left_on),
        Fact("外出原因", row.get_cause_display()),
        Fact("原职业", row.get_former_job_display()),
        Fact("流动类型", row.get_destination_display()),
        Fact("流出范围", row.get_range_display()),
        Fact("外出地点相对固定", row.is_settled),
        Fact("流动证号", row.certificate),
        Fact("最近联系日期", row.contacted_on),
        Fact("联系情况", row.contact_note),
        Fact("拒绝理由", row.refusal),
        Fact("结束日期", row.ended_on),
        Fact("结束说明", row.end_note),
    )
    home = (
        Fact("流出党组织", row.leaves_from),
        Fact("联系人", row.origin_contact),
        Fact("联系电话", reveal.masked(user, row, "origin_phone")),
    )
    host = (
        Fact("流入党组织", row.goes_to),
        Fact("流入地址", row.host_address),
        Fact("联系人", row.host_contact),
        Fact("联系电话", reveal.masked(user, row, "host_phone")),
        Fact("流入时间", row.received_on),
    )
    return [FactGroup("流动情况", away), FactGroup("流出地", home), FactGroup("流入地", host)]


@require_http_methods(METHODS)
@require(CHANGE)
def mobile_new(request: HttpRequest) -> HttpResponse:
    form = MobileForm(request.user, request.POST or None, initial=initial_member(request))
    return start(request, FLOW, "登记流动党员", form, mobiles.register)


@require_http_methods(METHODS)
@require(CHANGE)
def mobile_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = FLOW.find(request, pk)
    form = MobileForm(request.user, request.POST or None, instance=FLOW.find(request, pk))
    return correct(request, FLOW, row, form, mobiles.change_mobile)


@require_http_methods(METHODS)
@require(CHANGE)
def mobile_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    return act_page(request, FLOW, pk, act)
