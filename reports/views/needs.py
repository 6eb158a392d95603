"""The need list of instructors, sending one to many at once, and taking up a proposal."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.dates import today
from core.listing import (
    BulkAction,
    BulkRequest,
    CodeColumn,
    ListFilters,
    ListPage,
    ListTable,
    NameColumn,
    NumberColumn,
    StateColumn,
    SystemView,
)
from core.permissions import require
from enterprises.models import Enterprise
from enterprises.views.register import areas_in_scope
from members.guidance import guidance_on
from members.instructor_forms import BulkSendForm, TermForm
from members.models import Instructor
from members.sending import load_warning, second_warning
from members.services import instructors
from members.services.instructors import CHANGE
from members.views.instructors import LIST
from organizations.views.common import accepted
from reports.models import CoverageFact
from reports.needs import PRIORITIES, needs, proposals
from reports.views.drill import ModeColumn

VIEW = "members.view"
NEEDED = ("未派企业", "/instructors/needed")
_WORDS = dict(PRIORITIES)


class PriorityColumn(StateColumn):
    """What speaks for sending somebody, in the order in which it counts."""

    def __init__(self) -> None:
        super().__init__(
            tones={"1": "attention"},
            verbose_name="优先次序",
            order_by=("priority", "area__official_order", "enterprise__pinyin"),
        )

    def render(self, value: int, record: Any, bound_column: Any) -> str:
        return super().render(_WORDS[value], record, bound_column)

    def value(self, value: int) -> str:
        return _WORDS[value]


class NeedTable(ListTable):
    name = NameColumn(
        accessor="enterprise",
        verbose_name="企业名称",
        order_by=("enterprise__pinyin",),
        linkify=lambda record: record.enterprise.get_absolute_url(),
    )
    priority = PriorityColumn()
    area = tables.Column(order_by=("area__official_order", "enterprise__pinyin"))
    employee_count = NumberColumn(verbose_name="从业人员(人)")
    member_count = NumberColumn(verbose_name="党员(人)")
    full_member_count = NumberColumn(verbose_name="正式党员(人)")
    mode = ModeColumn()
    organization = tables.Column(orderable=False)
    industry = tables.Column(accessor="enterprise__industry", verbose_name="行业", orderable=False)
    uscc = CodeColumn(accessor="enterprise__uscc", verbose_name="统一社会信用代码")

    class Meta(ListTable.Meta):
        model = CoverageFact
        fields: ClassVar = ()


class NeedFilter(ListFilters):
    area = django_filters.ModelChoiceFilter(queryset=areas_in_scope, label="统计辖区")
    priority = django_filters.ChoiceFilter(choices=PRIORITIES, label="优先次序")


def send_many(request: BulkRequest) -> str:
    """One instructor to all chosen enterprises."""
    said = request.data
    firms = Enterprise.objects.visible_to(request.actor)
    rows = firms.filter(pk__in=[fact.pk for fact in request.rows])
    made = instructors.assign(
        actor=request.actor,
        instructor=said["instructor"],
        enterprises=rows.select_related("reporting_area__committee", "county__committee"),
        on=said["on"],
        until=said["until"],
        document=said["document"],
    )
    sentence = f"已将{said['instructor']}派往 {len(made):,} 家企业。"
    return sentence + load_warning([said["instructor"]]) + second_warning(made)


class NeedList(ListPage):
    key = "needs"
    title = "未派指导员企业"
    permission = VIEW
    table_class = NeedTable
    filterset_class = NeedFilter
    search_placeholder = "企业名称或代码"
    main_filters: ClassVar[Sequence[str]] = ("area", "priority")
    default_columns: ClassVar[Sequence[str]] = (
        "name",
        "priority",
        "area",
        "employee_count",
        "member_count",
        "mode",
        "industry",
    )
    default_sort = "priority"
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("全部"),
        *(SystemView(label, f"priority={number}") for number, label in PRIORITIES),
    )
    bulk_actions: ClassVar[Sequence[BulkAction]] = (
        BulkAction("send", "分派", CHANGE, send_many, BulkSendForm, undo="分派后可以逐家免去。"),
    )
    export_name = "未派指导员企业"
    empty_text = "范围内的企业都有指导员。"
    crumbs: ClassVar[Sequence[tuple[str, str]]] = (LIST,)

    def get_queryset(self) -> QuerySet[CoverageFact]:
        return needs(self.user, today())

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(
            Q(enterprise__name__icontains=text)
            | Q(enterprise__uscc__startswith=text.upper())
            | Q(enterprise__initials__startswith=text.lower())
        )

    def as_of_line(self) -> str:
        return f"数据截至 {today()} · 先应建未建，再暂不具备条件的企业"

    def actions(self) -> list[dict[str, str]]:
        if not self.user.has_perm(CHANGE):
            return []
        return [{"label": "分派建议", "url": "/instructors/proposal", "icon": "search"}]


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def proposal(request: HttpRequest) -> HttpResponse:
    """Who might be sent where; what is ticked is sent, all or none."""
    user: Any = request.user
    found = proposals(user, today())
    form = TermForm(request.POST or None)
    picked = set(request.POST.getlist("pair"))
    chosen = [one for one in found if one.key in picked]
    if request.method == "POST" and form.is_valid():
        pairs: dict[Instructor, list[Enterprise]] = {}
        for one in chosen:
            pairs.setdefault(one.instructor, []).append(one.fact.enterprise)
        if not chosen:
            form.add_error(None, "请勾选要采用的建议；名单可能刚刚变化，请重新核对。")
        elif accepted(form, lambda: instructors.assign_each(actor=user, pairs=pairs, **form.terms)):
            messages.success(request, f"已向 {len(chosen)} 家企业分派 {len(pairs)} 名指导员。")
            return redirect("reports:instructor_needs")
    context = {
        "title": "分派建议",
        "form": form,
        "found": found,
        "picked": picked if request.method == "POST" else {one.key for one in found},
        "limit": guidance_on(today()).load_limit,
        "waiting": needs(user, today()).count(),
        "crumbs": (LIST, NEEDED),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "reports/instructor_proposal.html", context)
