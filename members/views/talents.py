"""The talent pool on screen: who is in it, where they serve."""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import DayColumn, ListFilters, ListPage, ListTable, NameColumn, SystemView
from core.listing.filters import YesNoFilter
from core.permissions import require
from core.text import fold
from members.models import TalentEntry, TrainingAttendance
from members.talent import services
from members.talent.forms import EndForm, PlaceForm, TalentFactsForm, TalentForm
from members.talent.placed import placed, places_of, with_places
from members.talent.services import CHANGE
from members.views.post_list import VIEW
from organizations.views.common import accepted, form_page

LIST = ("党务人才库", "/talents/")


class TalentTable(ListTable):
    person = NameColumn(
        linkify=lambda record: reverse("members:talent", args=[record.pk]),
        order_by=("person__search_key", "pk"),
        verbose_name="姓名",
    )
    home = tables.Column(
        accessor="person__home_organization",
        order_by=("person__home_organization__path",),
        verbose_name="所在党组织",
    )
    background = tables.Column()
    skills = tables.Column(orderable=False)
    certificate = tables.Column()
    certified_until = DayColumn()
    placement = tables.Column(empty_values=(), orderable=False, verbose_name="现任岗位")
    entered_on = DayColumn()

    class Meta(ListTable.Meta):
        model = TalentEntry
        fields: ClassVar = ()

    def render_placement(self, record: TalentEntry) -> str:
        return "、".join(places_of(record))

    value_placement = render_placement


class TalentFilter(ListFilters):
    background = django_filters.ChoiceFilter(
        choices=TalentEntry.Background.choices, label="人员来源"
    )
    placed = YesNoFilter(method="is_placed", label="已安排")
    certified = YesNoFilter(method="is_certified", label="持证")
    present = YesNoFilter(method="is_present", label="在库")

    def is_placed(
        self, rows: QuerySet[TalentEntry], name: str, value: bool
    ) -> QuerySet[TalentEntry]:
        serving = placed(self.request.user, today())
        return rows.filter(serving) if value else rows.exclude(serving)

    def is_certified(
        self, rows: QuerySet[TalentEntry], name: str, value: bool
    ) -> QuerySet[TalentEntry]:
        return rows.exclude(certificate="") if value else rows.filter(certificate="")

    def is_present(
        self, rows: QuerySet[TalentEntry], name: str, value: bool
    ) -> QuerySet[TalentEntry]:
        return rows.filter(left_on__isnull=value)


class TalentList(ListPage):
    key = "talents"
    title = "党务人才库"
    permission = VIEW
    table_class = TalentTable
    filterset_class = TalentFilter
    search_placeholder = "姓名、拼音、专长"
    main_filters = ("background", "placed", "certified")
    default_columns = ("person", "home", "background", "certificate", "placement", "entered_on")
    default_sort = "person"
    tells_day = True
    system_views = (
        SystemView("可安排", "present=true&placed=false"),
        SystemView("已安排", "placed=true"),
        SystemView("全部"),
    )
    export_name = "党务人才库"
    empty_text = "范围内没有登记党务人才。"

    def get_queryset(self) -> QuerySet[TalentEntry]:
        rows: QuerySet[TalentEntry] = TalentEntry.objects.visible_to(self.user)
        return with_places(rows, self.user, today())

    def search(self, queryset: QuerySet[TalentEntry], text: str) -> QuerySet[TalentEntry]:
        word = fold(text)
        sound = word.lower().replace(" ", "")
        return (
            queryset.filter(person__name__contains=word)
            | queryset.filter(person__search_key__contains=sound)
            | queryset.filter(skills__contains=word)
        )

    def actions(self) -> list[dict[str, Any]]:
        if not self.user.has_perm(CHANGE):
            return []
        new = reverse("members:talent_new")
        return [{"label": "人才入库", "url": new, "css": "btn-primary", "hotkey": "n"}]


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def talent_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = TalentForm(user, request.POST or None)
    entered: list[TalentEntry] = []
    if form.is_valid() and accepted(
        form, lambda: entered.append(services.enter_talent(actor=user, **form.facts))
    ):
        messages.success(request, "已入库。")
        return redirect("members:talent", entered[0].pk)
    return form_page(request, "人才入库", form, reverse("members:talent_list"), [LIST])


@require_safe
@require(VIEW)
def talent_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    entry = _find(request, pk)
    attended = TrainingAttendance.objects.visible_to(user).filter(person=entry.person_id)
    context = {
        "title": f"党务人才：{entry}",
        "crumbs": [LIST],
        "entry": entry,
        "groups": [_facts(entry, user)],
        "placements": entry.placements.select_related("organization"),
        "trainings": attended.select_related("training").order_by("-training__starts_on"),
        "actions": _actions(entry) if user.has_perm(CHANGE) else [],
        "history": history_of(entry, user=user),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "members/talent.html", context)


def _actions(entry: TalentEntry) -> list[dict[str, str]]:
    steps = [("talent_edit", "修改")]
    if entry.placements.filter(valid_to=None).exists():
        steps.append(("talent_withdraw", "结束安排"))
    elif entry.left_on is None:
        steps += [("talent_place", "安排岗位"), ("talent_leave", "出库")]
    return [
        {"label": label, "url": reverse(f"members:{route}", args=[entry.pk])}
        for route, label in steps
    ]


def _facts(entry: TalentEntry, user: Any) -> FactGroup:
    rows = TalentEntry.objects.visible_to(user).filter(pk=entry.pk)
    places = [place for one in with_places(rows, user, today()) for place in places_of(one)]
    return FactGroup(
        "人才情况",
        (
            Fact("姓名", entry.person.name),
            Fact("所在党组织", str(entry.person.home_organization)),
            Fact("工作单位及职务", entry.person.position),
            Fact("现任岗位", "、".join(places)),
            Fact("人员来源", entry.get_background_display()),
            Fact("专长", entry.skills),
            Fact("入库日期", entry.entered_on),
            Fact("资格证书", entry.certificate),
            Fact("证书编号", entry.certificate_number),
            Fact("发证日期", entry.certified_on),
            Fact("证书有效期至", entry.certified_until),
            Fact("出库日期", entry.left_on),
            Fact("出库原因", entry.left_reason),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def talent_edit(request: HttpRequest, pk: int) -> HttpResponse:
    form = TalentFactsForm(request.POST or None, instance=_find(request, pk))
    return _act(request, pk, "修改", form, lambda given: services.change_talent(**given))


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def talent_place(request: HttpRequest, pk: int) -> HttpResponse:
    form = PlaceForm(request.user, request.POST or None)
    return _act(request, pk, "安排岗位", form, lambda given: services.place_talent(**given))


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def talent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    form = EndForm(request.POST or None)
    return _act(request, pk, "结束安排", form, lambda given: services.withdraw_talent(**given))


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def talent_leave(request: HttpRequest, pk: int) -> HttpResponse:
    form = EndForm(request.POST or None)
    return _act(request, pk, "出库", form, lambda given: services.leave_pool(**given))


def _act(
    request: HttpRequest,
    pk: int,
    title: str,
    form: BaseForm,
    run: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    entry = _find(request, pk)
    if form.is_valid() and accepted(
        form, lambda: run({"actor": request.user, "entry": entry, **form.cleaned_data})
    ):
        messages.success(request, "已登记。")
        return redirect("members:talent", pk)
    url = reverse("members:talent", args=[pk])
    return form_page(request, f"{title}：{entry}", form, url, [LIST, (str(entry), url)])


def _find(request: HttpRequest, pk: int) -> TalentEntry:
    user: Any = request.user
    rows = TalentEntry.objects.visible_to(user).select_related("person__home_organization")
    found: TalentEntry = get_object_or_404(rows, pk=pk)
    return found
