"""Transfers on screen: letters as a list, one letter with its acts, and who ought to have one."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.choices import answer
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import (
    CodeColumn,
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
from core.templatetags.ui import badge
from members.flow_choices import Members
from members.flow_codes import TransferRange
from members.flow_forms import AcceptForm, ReturnForm, TransferForm, VoidForm
from members.flow_querysets import TransferQuerySet
from members.models import MembershipTransfer, PartyMember, TransferState
from members.models.transfer import TRANSFER
from members.overdue_transfers import overdue
from members.services import transfers
from members.services.cases import CHANGE
from members.standing import full_months
from members.views.flow import (
    METHODS,
    VIEW,
    Act,
    Flow,
    FlowPage,
    act_page,
    detail,
    initial_member,
    start,
)

TONES: dict[str, str] = {
    TransferState.ISSUED: "running",
    TransferState.ACCEPTED: "ok",
    TransferState.RETURNED: "attention",
}


def _receiver(row: MembershipTransfer) -> Any:
    """Who answers for the other side; beyond the system the sender notes what comes back."""
    return row.receiver or row.sender


FLOW = Flow(
    "transfer",
    "组织关系转接",
    "transfer",
    lambda user: MembershipTransfer.objects.visible_to(user).select_related(
        "member__person", "sender", "receiver"
    ),
    TRANSFER,
    {
        "accept": Act("接收组织关系", AcceptForm, transfers.accept, _receiver),
        "return": Act("退回组织关系", ReturnForm, transfers.send_back, _receiver),
        "void": Act("作废介绍信", VoidForm, transfers.void, lambda row: row.sender),
    },
    lambda row: row.sender,
)


class UntilColumn(DayColumn):
    """The last day of the letter; one that has passed says so."""

    def render(self, value: Any, record: MembershipTransfer) -> str:  # type: ignore[override]
        late = "（已过期）" if record.is_expired(today()) else ""
        return f"{super().render(value)}{late}"


class TransferTable(ListTable):
    member = NameColumn(
        linkify=lambda record: record.get_absolute_url(),
        order_by=("member__person__search_key",),
        verbose_name="姓名",
    )
    sender = tables.Column(order_by=("sender__name",))
    destination = tables.Column(verbose_name="接收党组织", orderable=False)
    range = tables.Column()
    letter = CodeColumn()
    issued_on = DayColumn()
    expires_on = UntilColumn()
    state = StateColumn(tones=TONES)
    answered_on = DayColumn()
    answer = tables.Column(orderable=False)
    reason = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = MembershipTransfer
        fields: ClassVar = ()


class TransferFilter(ListFilters):
    state = django_filters.ChoiceFilter(choices=TransferState.choices, label="状态")
    range = django_filters.ChoiceFilter(choices=TransferRange.choices, label="转接范围")
    expired = YesNoFilter(method="is_expired", label="介绍信过期")
    issued_on = DayRangeFilter(label="开具日期")

    def is_expired(
        self, queryset: TransferQuerySet, name: str, value: bool
    ) -> QuerySet[MembershipTransfer]:
        late = queryset.expired(today())
        return late if value else queryset.exclude(pk__in=late.values("pk"))


class TransferList(FlowPage):
    key = "transfers"
    title = "组织关系转接"
    route = "transfer_list"
    new = ("开具介绍信", "transfer_new")
    table_class = TransferTable
    filterset_class = TransferFilter
    main_filters: ClassVar[Sequence[str]] = ("state", "range")
    default_columns: ClassVar[Sequence[str]] = (
        "member",
        "sender",
        "destination",
        "letter",
        "issued_on",
        "expires_on",
        "state",
    )
    default_sort = "-issued_on"
    searched = ("member__person__name", "sender__name", "receiver__name", "receiving_unit")
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("待接收", f"state={TransferState.ISSUED}"),
        SystemView("介绍信过期", "expired=true"),
        SystemView("已退回", f"state={TransferState.RETURNED}"),
        SystemView("全部"),
    )
    export_name = "组织关系转接"
    empty_text = "还没有组织关系转接。"

    def get_queryset(self) -> QuerySet[MembershipTransfer]:
        rows: QuerySet[MembershipTransfer] = MembershipTransfer.objects.visible_to(self.user)
        return rows.select_related("member__person", "sender", "receiver")


class SentColumn(tables.Column):  # type: ignore[misc]
    """Whether a letter is on its way."""

    empty_values = ()

    def render(self, record: Any) -> str:
        return badge("介绍信已开", "running") if record.sent else badge("未办理", "attention")

    def value(self, record: Any) -> str:
        return "介绍信已开" if record.sent else "未办理"


class DueTable(ListTable):
    person = NameColumn(
        linkify=lambda record: record.get_absolute_url(),
        order_by=("person__search_key",),
        verbose_name="姓名",
    )
    held_at = tables.Column(
        verbose_name="组织关系所在", orderable=False, empty_values=(), accessor="held_at"
    )
    firm = tables.Column(verbose_name="现从业企业或流入地", order_by=("firm",), empty_values=())
    since = DayColumn(verbose_name="从业或流出起")
    months = NumberColumn(verbose_name="已满(月)", empty_values=(), order_by=("-since",))
    sent = SentColumn(verbose_name="办理", orderable=False)

    class Meta(ListTable.Meta):
        model = PartyMember
        fields: ClassVar = ()

    def render_held_at(self, record: Any) -> str:
        return self.value_held_at(record)

    def value_held_at(self, record: Any) -> str:
        return str(record.held_at or record.came_from or record.relation_unit)

    def render_firm(self, record: Any) -> str:
        return self.value_firm(record)

    def value_firm(self, record: Any) -> str:
        return str(record.firm or record.went_to or "")

    def render_months(self, record: Any) -> int:
        return full_months(record.since, today())

    def value_months(self, record: Any) -> int:
        return full_months(record.since, today())


class DueFilter(ListFilters):
    sent = YesNoFilter(field_name="sent", label="介绍信已开")
    away = YesNoFilter(field_name="mobile", lookup_expr="isnull", exclude=True, label="已登记流动")


class DueList(FlowPage):
    key = "transfers_due"
    title = "应转未转"
    route = "transfer_due"
    table_class = DueTable
    filterset_class = DueFilter
    main_filters: ClassVar[Sequence[str]] = ("sent", "away")
    default_sort = "since"
    searched = ("person__name", "person__home_organization__name")
    sounds = "person__search_key"
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("未办理", "sent=false"),
        SystemView("全部"),
    )
    export_name = "应转未转组织关系党员"
    empty_text = "没有应转未转的党员。"

    def get_queryset(self) -> QuerySet[Any]:
        return self._late.all()

    @cached_property
    def _late(self) -> QuerySet[Any]:
        rows = overdue(self.user, today())
        return rows.select_related("person")


@require_safe
@require(VIEW)
def member_choices(request: HttpRequest) -> HttpResponse:
    return answer(request, Members())


@require_safe
@require(VIEW)
def transfer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row: MembershipTransfer = FLOW.find(request, pk)
    letter = (
        Fact("转出党组织", row.sender),
        Fact("接收党组织", row.destination),
        Fact("转接范围", row.get_range_display()),
        Fact("介绍信编号", row.letter),
        Fact("开具日期", row.issued_on),
        Fact("有效期至", row.expires_on),
        Fact("转接原因", row.reason),
        Fact("办结日期", row.answered_on),
        Fact("回执或退回原因", row.answer, wide=True),
    )
    again = row.state in (TransferState.RETURNED, TransferState.VOID)
    further = [{"label": "打印介绍信", "url": reverse("members:transfer_print", args=[pk])}]
    if again and request.user.has_perm(CHANGE):
        url = f"{reverse('members:transfer_new')}?member={row.member_id}"
        further.insert(0, {"label": "重新开具", "url": url})
    return detail(
        request,
        FLOW,
        row,
        [FactGroup("介绍信", letter)],
        tone=TONES.get(row.state, "none"),
        expired=row.is_expired(today()),
        further=further,
    )


@require_http_methods(METHODS)
@require(CHANGE)
def transfer_new(request: HttpRequest) -> HttpResponse:
    form = TransferForm(request.user, request.POST or None, initial=initial_member(request))
    return start(request, FLOW, "开具组织关系介绍信", form, transfers.issue)


@require_http_methods(METHODS)
@require(CHANGE)
def transfer_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    return act_page(request, FLOW, pk, act)
