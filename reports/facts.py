"""Coverage facts: what each enterprise counts as on a day and who covers it, in one statement."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, F, FilteredRelation, QuerySet, Value, When
from django.db.models.functions import Coalesce

from core.validity import valid_on
from enterprises.models import (
    CoverageLink,
    EnterprisePeriod,
    EnterpriseYear,
    FormationMode,
    MassOrganization,
    Ownership,
    UnitKind,
)
from enterprises.models.enterprise import NON_PUBLIC
from members.models import InstructorAssignment
from organizations.models import OrganizationNature, PartyOrganization
from reports.derived import Statement, compiled, rows_of
from reports.models import CoverageFact
from reports.rules import CoverageRules

Facts = QuerySet[CoverageFact]

TEMPORARY = (OrganizationNature.TEMPORARY, OrganizationNature.FUNCTIONAL)
_COLUMNS = """
    state.enterprise_id, state.reporting_area_id AS area_id, state.operating_status,
    state.ownership, measured.employee_count, measured.annual_revenue, measured.member_count,
    measured.full_member_count, measured.is_statistical_scale, measured.is_party_scale,
    measured.in_base_list, cover.mode, cover.organization_id, cover.organization_kind,
    cover.since, instructed.enterprise_id IS NOT NULL AS has_instructor,
    mass.enterprise_id IS NOT NULL AS has_mass
"""


def facts(day: date, rules: CoverageRules) -> Facts:
    """One row for each legal person that is non-public, or whose control is not yet judged."""
    return rows_of(CoverageFact, _statement(day, rules))


@lru_cache(maxsize=64)
def _statement(day: date, rules: CoverageRules) -> Statement:
    """Each dated source collapsed to one row an enterprise, then joined.

    Its text takes longer to build than a small county to count, and one run asks a hundred times.
    """
    sources = {
        "measured": _measured(day),
        "cover": covering_links(day, rules),
        "instructed": _enterprises(InstructorAssignment.objects.as_of(day)),
        "mass": _enterprises(MassOrganization.objects.as_of(day)),
    }
    sql, params = compiled(_states(day))
    parts, values = [f"SELECT {_COLUMNS} FROM ({sql}) state"], list(params)
    for alias, source in sources.items():
        sql, params = compiled(source)
        parts.append(f"LEFT JOIN ({sql}) {alias} ON {alias}.enterprise_id = state.enterprise_id")
        values += params
    return "\n".join(parts), tuple(values)


def _enterprises(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.order_by().values("enterprise_id").distinct()


def _states(day: date) -> QuerySet[Any, Any]:
    return (
        EnterprisePeriod.objects.as_of(day)
        .filter(unit_kind=UnitKind.ENTERPRISE, ownership__in=[*NON_PUBLIC, Ownership.UNKNOWN])
        .order_by()
        .values("enterprise_id", "reporting_area_id", "operating_status", "ownership")
    )


def _measured(day: date) -> QuerySet[Any, Any]:
    return EnterpriseYear.objects.as_of(day).values(
        "enterprise_id",
        "employee_count",
        "annual_revenue",
        "member_count",
        "full_member_count",
        "is_statistical_scale",
        "is_party_scale",
        "in_base_list",
    )


def covering_links(day: date, rules: CoverageRules) -> QuerySet[Any, Any]:
    """The link that decides: the first mode in the order of classes, then the oldest link."""
    links: QuerySet[Any, Any] = CoverageLink.objects.as_of(day).annotate(
        at_that_time=FilteredRelation(
            "organization__periods", condition=valid_on(day, "organization__periods__")
        ),
        kind_then=Coalesce("at_that_time__kind", "organization__kind"),
        nature_then=Coalesce("at_that_time__nature", "organization__nature"),
    )
    if not rules.counts_temporary:
        # 功能型、临时党组织不计入组织覆盖
        links = links.exclude(nature_then__in=TEMPORARY)
    order = Case(*(When(mode=mode, then=Value(n)) for n, mode in enumerate(FormationMode.values)))
    return (
        links.filter(
            mode__in=rules.counted_modes,
            organization__in=PartyOrganization.objects.existing(day),
        )
        .order_by("enterprise_id", order, "valid_from", "id")
        .distinct("enterprise_id")
        .values(
            "enterprise_id",
            "mode",
            "organization_id",
            organization_kind=F("kind_then"),
            since=F("valid_from"),
        )
    )
