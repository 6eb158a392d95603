"""Findings of 双找 on screen: the list, one finding from its source to its result."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
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
    StateColumn,
    SystemView,
)
from core.permissions import require
from members.flow_codes import FindingSource, HiddenKind, HiddenResult
from members.flow_forms import HiddenForm, JudgeForm, SettleForm
from members.models import HiddenMember, HiddenState
from members.models.hidden import HIDDEN
from members.services import findings
from members.services.cases import CHANGE
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
    start,
)

TONES: dict[str, str] = {
    HiddenState.FOUND: "attention",
    HiddenState.VERIFIED: "running",
    HiddenState.SETTLED: "ok",
}


def _own(row: Any) -> Any:
    return row.organization


FLOW = Flow(
    "hidden",
    "口袋隐形党员",
    "finding",
    lambda user: HiddenMember.objects.visible_to(user).select_related(
        "organization", "enterprise", "member__person"
    ),
    HIDDEN,
    {
        "verify": Act("核实党员身份", JudgeForm, findings.verify, _own),
        "disprove": Act("核实不是党员", JudgeForm, findings.disprove, _own),
        "settle": Act("登记纳入结果", SettleForm, findings.settle, _own),
    },
    _own,
)


class HiddenTable(ListTable):
    name = NameColumn(linkify=lambda record: record.get_absolute_url())
    kind = tables.Column()
    source = tables.Column()
    found_on = DayColumn()
    organization = tables.Column(order_by=("organization__name",))
    enterprise = tables.Column(order_by=("enterprise__pinyin",))
    former_unit = tables.Column(orderable=False)
    verified_on = DayColumn()
    state = StateColumn(tones=TONES)
    result = tables.Column()
    settled_on = DayColumn()

    class Meta(ListTable.Meta):
        model = HiddenMember
        fields: ClassVar = ()


class HiddenFilter(ListFilters):
    state = django_filters.ChoiceFilter(choices=HiddenState.choices, label="状态")
    kind = django_filters.ChoiceFilter(choices=HiddenKind.choices, label="类型")
    source = django_filters.ChoiceFilter(choices=FindingSource.choices, label="发现途径")
    result = django_filters.ChoiceFilter(choices=HiddenResult.choices, label="纳入结果")
    found_on = DayRangeFilter(label="发现日期")


class HiddenList(FlowPage):
    key = "hidden"
    title = "口袋隐形党员"
    route = "hidden_list"
    new = ("登记发现", "hidden_new")
    table_class = HiddenTable
    filterset_class = HiddenFilter
    main_filters: ClassVar[Sequence[str]] = ("state", "kind", "source")
    default_columns: ClassVar[Sequence[str]] = (
        "name",
        "kind",
        "source",
        "found_on",
        "organization",
        "enterprise",
        "state",
        "result",
    )
    default_sort = "-found_on"
    search_placeholder = "姓名、企业、党组织"
    searched = ("name", "organization__name", "enterprise__name")
    sounds = "member__person__search_key"
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("待核实", f"state={HiddenState.FOUND}"),
        SystemView("待纳入", f"state={HiddenState.VERIFIED}"),
        SystemView("全部"),
    )
    export_name = "口袋隐形党员"
    empty_text = "没有登记口袋、隐形党员。"

    def get_queryset(self) -> QuerySet[HiddenMember]:
        rows: QuerySet[HiddenMember] = HiddenMember.objects.visible_to(self.user)
        return rows.select_related("organization", "enterprise")


@require_safe
@require(VIEW)
def hidden_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = FLOW.find(request, pk), request.user
    return detail(
        request,
        FLOW,
        row,
        _groups(row, user),
        tone=TONES.get(row.state, "none"),
        further=edit_link(FLOW, user, row),
    )


def _groups(row: HiddenMember, user: Any) -> list[FactGroup]:
    found = (
        Fact("类型", row.get_kind_display()),
        Fact("发现途径", row.get_source_display()),
        Fact("发现日期", row.found_on),
        Fact("负责核实的党组织", row.organization),
        Fact("从业企业", row.enterprise),
        Fact("联系电话", reveal.masked(user, row, "phone")),
        Fact("自述组织关系所在单位", row.former_unit),
        Fact("自述情况", row.account, wide=True),
        Fact("备注", row.remark, wide=True),
    )
    judged = (
        Fact("核实日期", row.verified_on),
        Fact("核实单位", row.verified_by),
        Fact("核实依据", row.evidence, wide=True),
        Fact("纳入结果", row.get_result_display()),
        Fact("纳入日期", row.settled_on),
        Fact("距今(日)", (today() - row.found_on).days if row.is_open else None),
    )
    return [FactGroup("发现", found), FactGroup("核实与纳入", judged)]


@require_http_methods(METHODS)
@require(CHANGE)
def hidden_new(request: HttpRequest) -> HttpResponse:
    form = HiddenForm(request.user, request.POST or None)
    return start(request, FLOW, "登记口袋隐形党员", form, findings.register)


@require_http_methods(METHODS)
@require(CHANGE)
def hidden_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = FLOW.find(request, pk)
    form = HiddenForm(request.user, request.POST or None, instance=FLOW.find(request, pk))
    return correct(request, FLOW, row, form, findings.change_finding)


@require_http_methods(METHODS)
@require(CHANGE)
def hidden_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    return act_page(request, FLOW, pk, act)
