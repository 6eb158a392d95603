"""What the advice on one enterprise is drawn from, gathered as of a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, Sum

from enterprises.models import (
    CoverageLink,
    Enterprise,
    EnterpriseClassification,
    EnterprisePeriod,
    FormationMode,
    Ownership,
)
from organizations.models import AreaKind
from reports.conditions import (
    CLAIMED,
    COVERED,
    NON_PUBLIC_OWNED,
    OPERATING,
    REGISTERED,
    above_scale,
)
from reports.facts import facts
from reports.formation.advice import Advice, Situation, advise
from reports.models import CoverageFact
from reports.parameters import rules_on
from reports.rules import CoverageRules, party_scale


def advice_on(enterprise: Enterprise, day: date) -> Advice | None:
    """How the enterprise should get its organization; None where it is in no population."""
    rules = rules_on(day)
    flag = ExpressionWrapper(above_scale(rules), output_field=BooleanField())
    fact = (
        facts(day, rules)
        .filter(CLAIMED, NON_PUBLIC_OWNED, OPERATING, pk=enterprise.pk)
        .select_related("area__committee", "organization")
        .annotate(is_above=flag)
        .first()
    )
    return advise(_situation(fact, enterprise, day, rules), rules) if fact else None


def _situation(
    fact: CoverageFact, enterprise: Enterprise, day: date, rules: CoverageRules
) -> Situation:
    near = _Neighbours.of(fact, day, rules)
    host, grid = _near(enterprise, fact, day)
    return Situation(
        members=fact.member_count,
        full_members=fact.full_member_count,
        employees=fact.employee_count,
        is_above_scale=bool(getattr(fact, "is_above", False)),
        scale_is_open=party_scale(rules, fact.employee_count, fact.annual_revenue) is None
        and fact.employee_count is not None,
        mode=FormationMode(fact.mode) if fact.mode else None,
        organization=str(fact.organization or ""),
        joint_size=_joint_size(fact, day),
        neighbours=near.firms,
        neighbour_members=near.full_members,
        area=str(fact.area or ""),
        host=host,
        grid=grid,
        is_new=_is_new(enterprise.established_on, day, rules),
        was_public=EnterprisePeriod.objects.filter(
            enterprise=enterprise, ownership=Ownership.PUBLIC, valid_from__lte=day
        ).exists(),
        has_instructor=fact.has_instructor,
        has_mass=fact.has_mass,
    )


def _is_new(founded: date | None, day: date, rules: CoverageRules) -> bool:
    if founded is None or founded > day:
        return False
    months = (day.year - founded.year) * 12 + day.month - founded.month
    return months - (day.day < founded.day) < rules.new_months


@dataclass(frozen=True)
class _Neighbours:
    """Uncovered enterprises of the same area with members, but too few of them."""

    firms: int
    full_members: int

    @classmethod
    def of(cls, fact: CoverageFact, day: date, rules: CoverageRules) -> "_Neighbours":
        if fact.mode or (fact.full_member_count or 0) >= rules.minimum:
            return cls(0, 0)
        found = (
            facts(day, rules)
            .filter(CLAIMED, NON_PUBLIC_OWNED, OPERATING, ~COVERED, area=fact.area)
            .filter(full_member_count__gt=0, full_member_count__lt=rules.minimum)
            .exclude(pk=fact.pk)
            .aggregate(firms=Count("pk"), full=Sum("full_member_count"))
        )
        return cls(found["firms"], found["full"] or 0)


def _joint_size(fact: CoverageFact, day: date) -> int:
    """How many enterprises the joint branch covers; those that left the register do not count."""
    if fact.mode != FormationMode.JOINT:
        return 0
    links = CoverageLink.objects.as_of(day).filter(
        organization=fact.organization, mode=FormationMode.JOINT
    )
    periods = EnterprisePeriod.objects.as_of(day).filter(REGISTERED)
    return periods.filter(enterprise__in=links.values("enterprise")).count()


def _near(enterprise: Enterprise, fact: CoverageFact, day: date) -> tuple[str, str]:
    """A body to rely on (依托建): of the building, the market or the park; and the grid, if any."""
    found = {
        one.kind: one.area
        for one in EnterpriseClassification.objects.as_of(day)
        .filter(enterprise=enterprise)
        .select_related("area__committee")
    }
    house = found.get(AreaKind.BUILDING) or found.get(AreaKind.MARKET)
    if house is None and fact.area is not None and fact.area.kind == AreaKind.PARK:
        house = fact.area
    return str(house.committee) if house else "", str(found.get(AreaKind.GRID, ""))
