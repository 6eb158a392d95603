"""Who owns the fact in each column of 非公企业党建工作台账, and how it is read there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from core.columns import Column, Format
from core.masking import mask
from enterprises.models import FormationMode, MassOrganizationKind
from members.firm_people import FirmPeople
from members.secretaries import Secretary
from organizations.models import AreaKind, OrganizationKind
from reports.ledgers.base import Value
from reports.models import CoverageFact
from reports.rules import CoverageRules, ScaleDefinition, party_scale

_WAN = Decimal(10_000)
_CENT = Decimal("0.01")

# 依托建、挂靠建在台账中记入联合建立
_FORMATION = {
    FormationMode.SINGLE: "single",
    FormationMode.JOINT: "joint",
    FormationMode.HOSTED: "joint",
    FormationMode.ATTACHED: "joint",
    FormationMode.GRID: "grid",
}
_KIND = {
    OrganizationKind.BRANCH: "branch",
    OrganizationKind.JOINT_BRANCH: "branch",
    OrganizationKind.GENERAL_BRANCH: "general_branch",
    OrganizationKind.COMMITTEE: "committee",
    OrganizationKind.WORK_COMMITTEE: "committee",
    OrganizationKind.LOCAL_COMMITTEE: "committee",
}


@dataclass(frozen=True)
class Record:
    """One enterprise on the day of the ledger."""

    fact: CoverageFact
    rules: CoverageRules
    name: str
    reported: Mapping[str, Any] = field(default_factory=dict)
    masses: frozenset[str] = frozenset()
    secretary: Secretary | None = None
    people: FirmPeople | None = None

    @property
    def is_formed(self) -> bool:
        return self.fact.mode is not None


@dataclass(frozen=True)
class Fact:
    """The owner in words, and the value or None, for which the reported one may then stand in."""

    owner: str
    derive: Callable[[Record], Value]
    else_reported: bool = False


def value_of(record: Record, column: Column) -> Value:
    """What the ledger shows: the fact of an app, else the value reported for the year."""
    name, _, choice = column.field.partition(":")
    fact = FACTS.get(name)
    value = fact.derive(record) if fact else None
    if value is None and (fact is None or fact.else_reported):
        value = _read(record.reported.get(name), column.format, is_choice=bool(choice))
    if choice:
        return value == choice
    if column.sensitive and isinstance(value, str):
        return mask(column.sensitive, value)
    return value


def reported_owner(name: str) -> str:
    return f"企业年度记录填报值({name})"


def _read(raw: Any, kind: Format, *, is_choice: bool) -> Value:
    """A reported value in the type of its column; what does not fit says nothing."""
    if raw is None or raw == "":
        return None
    match kind:
        case Format.YES_NO | Format.TICK if not is_choice:
            return raw if isinstance(raw, bool) else None
        case Format.WHOLE:
            return raw if isinstance(raw, int) else None
        case Format.AMOUNT:
            return _amount(raw)
    return str(raw)


def _amount(raw: Any) -> Decimal | None:
    try:
        return Decimal(str(raw)).quantize(_CENT)
    except InvalidOperation:
        return None


def _in_wan(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else (amount / _WAN).quantize(_CENT)


def _above_scale(record: Record) -> bool | None:
    """By the published definition; a mark in the yearly record where numbers do not decide."""
    fact = record.fact
    if record.rules.scale_definition is ScaleDefinition.STATISTICAL:
        return fact.is_statistical_scale
    computed = party_scale(record.rules, fact.employee_count, fact.annual_revenue)
    return fact.is_party_scale if computed is None else computed


def _is_park(record: Record) -> bool:
    return record.fact.area is not None and record.fact.area.kind == AreaKind.PARK


def _park_level(record: Record) -> str | None:
    area = record.fact.area
    return area.get_park_level_display() or None if area and _is_park(record) else None


def _formed_on(record: Record) -> date | None:
    organization = record.fact.organization
    return (organization.established_on or record.fact.since) if organization else None


def _reason(record: Record) -> str | None:
    """没有党员 where the number says so; other reasons are the enterprise's own word."""
    if record.is_formed:
        return ""
    return "no_members" if record.fact.member_count == 0 else None


def _instructor_sent(record: Record) -> Value:
    """Asked only of enterprises without an organization."""
    if record.is_formed:
        return ""
    return True if record.fact.has_instructor else record.reported.get("instructor_sent", False)


def _secretary(record: Record) -> str | None:
    if not record.fact.organization:
        return ""
    return record.secretary.name if record.secretary else None


def _secretary_source(record: Record) -> str | None:
    if not record.is_formed:
        return ""
    return (record.secretary.source or None) if record.secretary else None


def _mass(kind: MassOrganizationKind) -> Fact:
    return Fact(
        f"群团组织：{kind.label}",
        lambda record: True if kind in record.masses else None,
        else_reported=True,
    )


def _people(owner: str, count: Callable[[FirmPeople], int]) -> Fact:
    return Fact(
        f"{owner}，没有登记党员的为填报值",
        lambda record: count(record.people) if record.people else None,
        else_reported=True,
    )


_ENTERPRISE, _YEAR = "企业库", "企业年度记录"
FACTS: dict[str, Fact] = {
    "unit": Fact("统计辖区", lambda r: r.fact.area.name if r.fact.area else ""),
    "location": Fact(
        "统计辖区(园区)，其余为填报值，没有时为其他",
        lambda r: "park" if _is_park(r) else r.reported.get("location") or "other",
        else_reported=True,
    ),
    "park_level": Fact("统计辖区的园区级别", _park_level, else_reported=True),
    "park_name": Fact(
        "统计辖区(园区)，其余为填报值",
        lambda r: r.fact.area.name if r.fact.area and _is_park(r) else None,
        else_reported=True,
    ),
    "name": Fact("企业库(当日名称)", lambda r: r.name),
    "registered_address": Fact(_ENTERPRISE, lambda r: r.fact.enterprise.registered_address),
    "business_address": Fact(_ENTERPRISE, lambda r: r.fact.enterprise.business_address),
    "phone": Fact(f"{_ENTERPRISE}(遮盖)", lambda r: r.fact.enterprise.phone),
    "ownership": Fact("企业状态时段的控股情况", lambda r: r.fact.ownership),
    "annual_revenue": Fact(_YEAR, lambda r: _in_wan(r.fact.annual_revenue)),
    "employee_count": Fact(_YEAR, lambda r: r.fact.employee_count),
    "is_above_scale": Fact("按规模口径认定", _above_scale),
    "is_formed": Fact("覆盖关系", lambda r: r.is_formed),
    "formed_on": Fact("党组织成立日期，没有时为覆盖起始日期", _formed_on),
    "formation": Fact(
        "覆盖关系的组建形式",
        lambda r: _FORMATION[FormationMode(r.fact.mode)] if r.fact.mode else "",
    ),
    "organization_kind": Fact(
        "党组织类别",
        lambda r: (
            _KIND[OrganizationKind(r.fact.organization_kind)] if r.fact.organization_kind else ""
        ),
    ),
    "no_organization_reason": Fact("党员数为 0 的推定，其余为填报值", _reason, else_reported=True),
    "instructor_sent": Fact("在任指导员，没有时为填报值", _instructor_sent),
    "secretary_name": Fact(
        "书记任职，没有时为党组织或企业的填报值", _secretary, else_reported=True
    ),
    "secretary_source": Fact(
        "书记任职的来源，没有时为填报值(已建党组织的)", _secretary_source, else_reported=True
    ),
    "member_count": Fact(
        "组织关系(当日)，没有登记党员的为企业年度记录",
        lambda r: r.people.members if r.people else r.fact.member_count,
    ),
    "members_under_35": _people("党员出生日期", lambda p: p.young),
    "member_managers": _people("党员的工作岗位", lambda p: p.managers),
    "member_technicians": _people("党员的工作岗位(专业技术人员)", lambda p: p.professionals),
    "member_workers": _people("党员的工作岗位", lambda p: p.front_line),
    "members_elsewhere": _people("从业关系，组织关系不在本企业党组织的", lambda p: p.elsewhere),
    "developed_in_3_years": _people("发展党员的入党时间", lambda p: p.developed),
    "union": _mass(MassOrganizationKind.UNION),
    "youth_league": _mass(MassOrganizationKind.YOUTH_LEAGUE),
    "women": _mass(MassOrganizationKind.WOMEN),
}
