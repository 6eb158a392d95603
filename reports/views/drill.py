"""The list behind a number of the board: exactly the enterprises that were counted."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from core.listing import CodeColumn, DayColumn, ListPage, NameColumn, NumberColumn, StateColumn
from enterprises.models import Enterprise, FormationMode
from organizations.models import Area
from reports import coverage
from reports.bridge import BEFORE, Step, bridge
from reports.conditions import POPULATION
from reports.facts import facts
from reports.forms import BoardForm, units_in_scope
from reports.indicators import Indicator, Side
from reports.indicators.lookup import is_rate, measured
from reports.models import CoverageFact
from reports.parameters import rules_on
from reports.units import Unit, units_on

BESIDE = {"unclaimed": "未认领企业", "undetermined": "控股情况待认定企业"}


class ModeColumn(StateColumn):
    """How the enterprise is covered, or that it is not."""

    empty_values = ()

    def __init__(self) -> None:
        super().__init__(tones=dict.fromkeys(FormationMode.values, "ok"), order_by=("mode",))

    def value(self, value: Any) -> Any:
        return value or "未覆盖"

    def render(self, value: Any, record: Any, bound_column: Any) -> str:
        return super().render(value or "未覆盖", record, bound_column)


class FactTable(tables.Table):  # type: ignore[misc]
    name = NameColumn(
        accessor="enterprise",
        verbose_name="企业名称",
        order_by=("enterprise__pinyin",),
        linkify=lambda record: reverse("enterprises:enterprise_detail", args=[record.pk]),
    )
    uscc = CodeColumn(accessor="enterprise__uscc", verbose_name="统一社会信用代码")
    area = tables.Column(order_by=("area__official_order", "enterprise__pinyin"))
    mode = ModeColumn()
    organization = tables.Column(orderable=False)
    since = DayColumn()
    employee_count = NumberColumn(verbose_name="从业人员(人)")
    member_count = NumberColumn(verbose_name="党员(人)")
    full_member_count = NumberColumn(verbose_name="正式党员(人)")
    has_instructor = tables.BooleanColumn(verbose_name="指导员", yesno="有,无")
    has_mass = tables.BooleanColumn(verbose_name="群团组织", yesno="有,无")

    class Meta:
        model = CoverageFact
        fields: ClassVar = ()


class BehindNumber(ListPage):
    key = "board"
    permission = "reports.view"
    table_class = FactTable
    template_name = "reports/board_list.html"
    default_sort = "area"
    export_name = "穿透明细"
    empty_text = "这个数字背后没有企业。"
    search_placeholder = "企业名称或代码"
    crumbs: ClassVar[Sequence[tuple[str, str]]] = (("覆盖看板", "/board/"),)

    @property
    def number(self) -> str:
        return str(self.kwargs["key"])

    @cached_property
    def asked(self) -> dict[str, Any]:
        """Day, population and side out of the address; a broken one is a page that is not there."""
        form = BoardForm(self.request.GET, user=self.user)
        if not form.is_valid():
            raise Http404
        return form.cleaned_data

    @cached_property
    def unit(self) -> Unit:
        """The unit asked for, else the highest one, within what the user may see."""
        area = self.asked["area"]
        areas = Area.objects.filter(pk=area.pk) if area else units_in_scope(self.user)
        found = units_on(self.asked["as_of"], areas)
        if not found:
            raise Http404
        return min(found, key=lambda unit: len(unit.path))

    @cached_property
    def population(self) -> str:
        return self.asked["population"] or rules_on(self.asked["as_of"]).population

    @cached_property
    def indicator(self) -> Indicator:
        try:
            return measured(self.number)
        except KeyError:
            raise Http404 from None

    @cached_property
    def side(self) -> Side:
        try:
            return Side(self.request.GET.get("side", Side.NUMERATOR))
        except ValueError:
            raise Http404 from None

    @cached_property
    def step(self) -> tuple[date, Step] | None:
        """The reason of a change that the address asks for, with the day it counts from."""
        if "step" not in self.request.GET:
            return None
        form = BoardForm({"as_of": self.request.GET.get("since", "")}, user=self.user)
        if not form.is_valid() or not is_rate(self.number):
            raise Http404
        since = form.cleaned_data["as_of"]
        found = bridge(
            self.indicator, self.unit, since, self.asked["as_of"], population=self.population
        )
        for step in found.steps:
            if step.key == self.request.GET["step"]:
                return since, step
        raise Http404

    def _moved(self, since: date, step: Step) -> QuerySet[CoverageFact]:
        """The enterprises of a step, on the day when all of them were counted."""
        day = since if step.key in BEFORE else self.asked["as_of"]
        return facts(day, rules_on(day)).filter(pk__in=step.enterprises)

    @property
    def title(self) -> str:  # type: ignore[override]
        if self.step:
            since, step = self.step
            return f"{self.unit.name} · {self.indicator.label} · {since} 以来{step.label}"
        if self.number in BESIDE:
            return f"{self.unit.name} · {BESIDE[self.number]}"
        side = f" · {self.side.label}" if is_rate(self.number) else ""
        return f"{self.unit.name} · {self.indicator.label}{side}"

    @cached_property
    def counted(self) -> QuerySet[CoverageFact]:
        """Everybody behind the number, seen or not."""
        as_of = self.asked["as_of"]
        if self.step:
            return self._moved(*self.step)
        if self.number == "unclaimed":
            return coverage.unclaimed(as_of, self.unit.area)
        if self.number == "undetermined":
            return coverage.undetermined(as_of, self.unit)
        return coverage.drill_down(
            self.indicator, self.unit, self.side, as_of=as_of, population=self.population
        )

    def get_queryset(self) -> QuerySet[CoverageFact]:
        visible = Enterprise.objects.visible_to(self.user)
        return self.counted.filter(enterprise__in=visible).select_related(
            "enterprise", "area", "organization"
        )

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(
            Q(enterprise__name__icontains=text) | Q(enterprise__uscc__startswith=text.upper())
        )

    def as_of_line(self) -> str:
        population = POPULATION[self.population]
        scope = "不在任何口径内" if self.number in BESIDE else f"口径：{population.label}"
        return f"数据截至 {self.asked['as_of']:%Y-%m-%d} · {scope}"

    def context(self) -> dict[str, Any]:
        context = super().context()
        beyond = self.counted.count() - self.get_queryset().count()
        return context | {"basis": self._basis(), "sides": self._sides(), "beyond": beyond}

    def _basis(self) -> str:
        return "" if self.number in BESIDE else self.indicator.basis

    def _sides(self) -> list[dict[str, Any]]:
        """The three lists of a rate, to go from one to the other."""
        if self.step or not is_rate(self.number):
            return []
        params = {key: value for key, value in self.request.GET.items() if key != "page"}
        return [
            {
                "label": side.label,
                "url": f"?{urlencode(params | {'side': side.value})}",
                "current": side is self.side,
            }
            for side in Side
        ]
