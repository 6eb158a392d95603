"""The register with its judgement: how each enterprise is covered, and who should be but is not."""

from collections.abc import Sequence
from typing import ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import OuterRef, QuerySet, Subquery

from core.dates import today
from core.listing import StateColumn, SystemView
from core.templatetags.ui import badge
from enterprises.models import Enterprise, FormationMode
from enterprises.views.register import EnterpriseFilter, EnterpriseList, EnterpriseTable
from reports.conditions import CLASSES
from reports.coverage import counted
from reports.facts import covering_links
from reports.parameters import rules_on

CLASS = {named.key: named for named in CLASSES}
NOT_COVERED = "未覆盖"


class ModeColumn(StateColumn):
    """The deciding mode of coverage as of today; without one the word for it."""

    empty_values = ()

    def __init__(self) -> None:
        tones = dict.fromkeys(FormationMode.values, "ok")
        super().__init__(tones=tones, verbose_name="组建形式", orderable=False)

    def render(self, value: str | None) -> str:  # type: ignore[override]
        return badge(FormationMode(value).label, "ok") if value else badge(NOT_COVERED)

    def value(self, value: str | None) -> str:
        return FormationMode(value).label if value else NOT_COVERED


class CoveredEnterpriseTable(EnterpriseTable):
    coverage_mode = ModeColumn()
    covered_by = tables.Column(verbose_name="党组织", orderable=False)

    class Meta(EnterpriseTable.Meta):
        sequence = ("name", "uscc", "reporting_area", "coverage_mode", "covered_by", "...")


class CoveredEnterpriseFilter(EnterpriseFilter):
    coverage = django_filters.ChoiceFilter(
        choices=[(named.key, named.label) for named in CLASSES],
        label="覆盖情况",
        method="in_class",
    )

    def in_class(
        self, queryset: QuerySet[Enterprise], name: str, value: str
    ) -> QuerySet[Enterprise]:
        """The enterprises of a class within the county's default population."""
        rules = rules_on(today())
        matching = counted(today(), rules.population, rules).filter(CLASS[value].condition(rules))
        return queryset.filter(pk__in=matching.values("enterprise_id"))


class CoveredEnterpriseList(EnterpriseList):
    table_class = CoveredEnterpriseTable
    filterset_class = CoveredEnterpriseFilter
    main_filters: ClassVar[Sequence[str]] = ("area", "coverage", "staff")
    default_columns: ClassVar[Sequence[str]] = (
        "name",
        "uscc",
        "reporting_area",
        "coverage_mode",
        "operating_status",
        "ownership",
        "employee_count",
        "member_count",
    )
    system_views: ClassVar[Sequence[SystemView]] = (
        SystemView("全部"),
        SystemView("应建未建", "coverage=due_not_formed"),
        SystemView("单独组建", "coverage=single"),
        SystemView("联合组建", "coverage=joint"),
        *EnterpriseList.system_views[1:],
    )

    def get_queryset(self) -> QuerySet[Enterprise]:
        links = covering_links(today(), rules_on(today())).filter(enterprise_id=OuterRef("pk"))
        return (
            super()
            .get_queryset()
            .annotate(
                coverage_mode=Subquery(links.values("mode")[:1]),
                covered_by=Subquery(links.values("organization__name")[:1]),
            )
        )
