"""Why one enterprise counts as it does: its populations, who covers it, under which rule."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper

from core.validity import valid_on
from enterprises.models import CoverageLink, Enterprise, EnterprisePeriod, Ownership, UnitKind
from enterprises.models.enterprise import OperatingStatus
from organizations.models import Area, AreaResponsibility, PartyOrganization
from organizations.past import as_they_were
from reports.conditions import CLAIMED, CLASSES, NON_PUBLIC_OWNED, POPULATIONS, Named
from reports.facts import TEMPORARY, facts
from reports.grounds import Ground, grounds_of
from reports.models import CoverageFact
from reports.parameters import rules_on
from reports.registered import disagreement
from reports.rules import CoverageRules


@dataclass(frozen=True)
class Standing:
    """`populations` are empty where `reasons` say why the enterprise is in none.

    `area` is the reporting unit of the day and `committee` who answered for it then.
    """

    as_of: date
    label: str  # the class, or that it is not counted
    is_covered: bool
    populations: tuple[str, ...]
    reasons: tuple[str, ...]
    counted_in: tuple[Named, ...] = ()
    organization: PartyOrganization | None = None
    since: date | None = None
    area: Area | None = None
    committee: PartyOrganization | None = None
    grounds: tuple[Ground, ...] = field(default=())


def standing(enterprise: Enterprise, day: date) -> Standing:
    """The judgement on the day, in words that an officer can check."""
    rules = rules_on(day)
    fact = _fact(enterprise, day, rules)
    if fact is None:
        return Standing(day, "不计入", False, (), (_why_no_fact(enterprise, day),))
    populations = tuple(one for one in POPULATIONS if getattr(fact, f"in_{one.key}"))
    found = next(one for one in CLASSES if getattr(fact, f"is_{one.key}"))
    reasons = [
        *_why_in_none(fact),
        *_cover(fact),
        *_uncounted(enterprise, day, rules),
        *_work(fact),
        *disagreement(enterprise, day),
    ]
    return Standing(
        day,
        found.label if populations else "不计入",
        fact.mode is not None,
        tuple(one.label for one in populations),
        tuple(reasons),
        counted_in=populations,
        organization=fact.organization,
        since=fact.since,
        area=fact.area,
        committee=_committee(fact, day),
        grounds=grounds_of(found.key, day) if populations else (),
    )


def _committee(fact: CoverageFact, day: date) -> PartyOrganization | None:
    """Who answered for the reporting area on the day; where nothing is recorded, who does today."""
    if fact.area is None:
        return None
    held = AreaResponsibility.objects.as_of(day).filter(area=fact.area)
    found = held.select_related("organization").first()
    return found.organization if found else fact.area.committee


def _fact(enterprise: Enterprise, day: date, rules: CoverageRules) -> CoverageFact | None:
    """The fact with every population and class as a flag, in one query."""
    flags = {
        f"in_{one.key}": CLAIMED & NON_PUBLIC_OWNED & one.condition(rules) for one in POPULATIONS
    } | {f"is_{one.key}": one.condition(rules) for one in CLASSES}
    return (
        facts(day, rules)
        .filter(pk=enterprise.pk)
        .select_related("organization", "area__committee")
        .annotate(
            **{
                name: ExpressionWrapper(condition, output_field=BooleanField())
                for name, condition in flags.items()
            }
        )
        .first()
    )


def _why_no_fact(enterprise: Enterprise, day: date) -> str:
    period = EnterprisePeriod.objects.filter(valid_on(day), enterprise=enterprise).first()
    if period is None:
        return f"{day} 还没有登记状态，不在任何口径内"
    if period.unit_kind != UnitKind.ENTERPRISE:
        return f"单位类别为{period.get_unit_kind_display()}，不是企业法人，不在任何口径内"
    return f"控股情况为{period.get_ownership_display()}，不是非公有制企业"


def _why_in_none(fact: CoverageFact) -> Iterator[str]:
    if fact.area is None:
        yield "没有统计辖区，认领前不在任何口径内"
    if fact.ownership == Ownership.UNKNOWN:
        yield "控股情况待认定，认定前不在任何口径内"
    if fact.operating_status != OperatingStatus.IN_OPERATION:
        yield f"登记状态为{fact.get_operating_status_display()}"
    if fact.in_base_list is False:
        yield "普查中已从党建基数中剔除"


def _cover(fact: CoverageFact) -> Iterator[str]:
    if fact.organization is not None:
        how = fact.get_mode_display()
        yield f"由“{fact.organization}”{how}，自 {fact.since} 起计入组织覆盖"


def _uncounted(enterprise: Enterprise, day: date, rules: CoverageRules) -> Iterator[str]:
    """Links that hold on the day and yet do not count, each with its reason."""
    held = CoverageLink.objects.as_of(day).filter(enterprise=enterprise)
    links = list(held.select_related("organization"))
    bodies = as_they_were((link.organization for link in links), day)
    alive = PartyOrganization.objects.existing(day).filter(pk__in=[one.pk for one in bodies])
    existing = set(alive)
    for link in links:
        body = link.organization
        if body.established_on and body.established_on > day:
            yield f"“{body}”{body.established_on} 才成立，不计入"
        elif body not in existing:
            yield f"“{body}”在 {day} 已撤销、尚未恢复，不计入"
        elif body.nature in TEMPORARY and not rules.counts_temporary:
            yield f"“{body}”是{body.get_nature_display()}党组织，不计入组织覆盖"
        elif link.mode not in rules.counted_modes:
            yield f"“{body}”{link.get_mode_display()}，本县口径不计入组织覆盖"


def _work(fact: CoverageFact) -> Iterator[str]:
    if fact.has_instructor:
        yield "有在任党建指导员，计入工作覆盖"
    if fact.has_mass:
        yield "有群团组织，计入工作覆盖"
