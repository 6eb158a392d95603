"""Lost members on screen: the list, one case with its evidence and its next step."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

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
)
from core.permissions import require
from members.flow_codes import LossKind, LossSituation
from members.flow_forms import (
    DecisionForm,
    EndForm,
    FindForm,
    LostForm,
    RestoreForm,
    SearchForm,
)
from members.flow_parameters import LOST_MONTHS, STOPPED_MONTHS
from members.models import LostContact, LostState
from members.models.lost import LOST, OPEN_LOST
from members.rules_lost import band_of, next_step
from members.services import losses
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
    LostState.LOST: "attention",
    LostState.SUSPENDED: "broken",
    LostState.FOUND: "ok",
    LostState.RESTORED: "ok",
}


def _own(row: Any) -> Any:
    return row.organization


FLOW = Flow(
    "lost",
    "失联党员",
    "case",
    lambda user: LostContact.objects.visible_to(user).select_related(
        "member__person", "organization"
    ),
    LOST,
    {
        "search": Act("登记查找经过", SearchForm, losses.search, _own),
        "find": Act("登记取得联系", FindForm, losses.find, _own),
        "suspend": Act("停止党籍", DecisionForm, losses.suspend, _own),
        "restore": Act("恢复党籍", RestoreForm, losses.restore, _own),
        "remove": Act("除名", EndForm, losses.remove, _own),
    },
    _own,
    {"search": OPEN_LOST},
)


class LostTable(ListTable):
    member = NameColumn(
        linkify=lambda record: record.get_absolute_url(),
        order_by=("member__person__search_key",),
        verbose_name="姓名",
    )
    organization = tables.Column(order_by=("organization__name",))
    lost_since = DayColumn()
    band = tables.Column(verbose_name="失联时长", empty_values=(), order_by=("-lost_since",))
    situation = tables.Column()
    kind = tables.Column()
    searched = NumberColumn(verbose_name="查找(次)")
    suspended_on = DayColumn()
    state = StateColumn(tones=TONES)
    ended_on = DayColumn()
    suspension_document = tables.Column(orderable=False)
    end_document = tables.Column(orderable=False)

    class Meta(ListTable.Meta):
        model = LostContact
        fields: ClassVar = ()

    def render_band(self, record: LostContact) -> str:
        return band_of(full_months(record.lost_since, record.ended_on or today()))

    def value_band(self, record: LostContact) -> str:
        return self.render_band(record)


class LostFilter(ListFilters):
    state = django_filters.ChoiceFilter(choices=LostState.choices, label="状态")
    situation = django_filters.ChoiceFilter(choices=LossSituation.choices, label="失联情形")
    kind = django_filters.ChoiceFilter(choices=LossKind.choices, label="党组织类别")
    lost_since = DayRangeFilter(label="失联时间")
    suspended_on = DayRangeFilter(label="停止党籍日期")


class LostList(FlowPage):
    key = "lost"
    title = "失联党员"
    route = "lost_list"
    new = ("登记失联", "lost_new")
    table_class = LostTable
    filterset_class = LostFilter
    main_filters: ClassVar[Sequence[str]] = ("state", "situation")
    default_columns: ClassVar[Sequence[str]] = (
        "member",
        "organization",
        "lost_since",
        "band",
        "situation",
        "searched",
        "suspended_on",
        "state",
    )
    default_sort = "-lost_since"
    searched = ("member__person__name", "organization__name")
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("查找中", f"state={LostState.LOST}"),
        SystemView("已停止党籍", f"state={LostState.SUSPENDED}"),
        SystemView("全部"),
    )
    export_name = "失联党员"
    empty_text = "没有失联党员。"

    def get_queryset(self) -> QuerySet[LostContact]:
        rows: QuerySet[LostContact] = LostContact.objects.visible_to(self.user)
        return rows.select_related("member__person", "organization").annotate(
            searched=Count("searches")
        )


@require_safe
@require(VIEW)
def lost_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row: LostContact = FLOW.find(request, pk)
    return detail(
        request,
        FLOW,
        row,
        _groups(row),
        tone=TONES.get(row.state, "none"),
        next_step=_next_step(row),
        searches=row.searches.select_related("actor"),
        further=edit_link(FLOW, request.user, row) if row.state == LostState.LOST else [],
    )


def _next_step(row: LostContact) -> str:
    stopped, day = row.state == LostState.SUSPENDED, today()
    wait = (STOPPED_MONTHS if stopped else LOST_MONTHS).value(on=day)
    return next_step(row.state, row.suspended_on if stopped else row.lost_since, wait, day)


def _groups(row: LostContact) -> list[FactGroup]:
    lost = (
        Fact("所在党组织", row.organization),
        Fact("失联时间", row.lost_since),
        Fact("失联时长", band_of(full_months(row.lost_since, row.ended_on or today()))),
        Fact("失联情形", f"{row.situation} {row.get_situation_display()}"),
        Fact("党组织类别", f"{row.kind} {row.get_kind_display()}"),
        Fact("备注", row.remark),
    )
    handled = (
        Fact("停止党籍日期", row.suspended_on),
        Fact("作出停止党籍决定的党组织", row.suspended_by),
        Fact("停止党籍依据", row.suspension_document),
        Fact("办结日期", row.ended_on),
        Fact("批准党组织", row.ended_by),
        Fact("办结依据", row.end_document),
        Fact("办结说明", row.end_note, wide=True),
    )
    return [FactGroup("失联", lost), FactGroup("处置", handled)]


@require_http_methods(METHODS)
@require(CHANGE)
def lost_new(request: HttpRequest) -> HttpResponse:
    form = LostForm(request.user, request.POST or None, initial=initial_member(request))
    return start(request, FLOW, "登记失联党员", form, losses.register)


@require_http_methods(METHODS)
@require(CHANGE)
def lost_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = FLOW.find(request, pk)
    form = LostForm(request.user, request.POST or None, instance=FLOW.find(request, pk))
    return correct(request, FLOW, row, form, losses.change_case)


@require_http_methods(METHODS)
@require(CHANGE)
def lost_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    return act_page(request, FLOW, pk, act)
