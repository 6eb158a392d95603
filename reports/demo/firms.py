"""Firms of the demonstration county: register, periods, and two years of measured values."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from core.identifiers import make_uscc, organisation_code_of
from core.pinyin import keys
from core.search import bigrams
from enterprises.models import (
    Enterprise,
    EnterprisePeriod,
    EnterpriseYear,
    OperatingStatus,
    Ownership,
    UnitKind,
)
from enterprises.models.census import CensusRound, Source
from enterprises.names import name_key
from organizations.models import Area, AreaKind
from reports.demo.county import COUNTY_CODE, PLANS, County, Plan
from reports.demo.names import INDUSTRIES, Names

ABOVE_OWN, ABOVE_JOINT = 27, 28
FOREIGN, HMT = 4, 3  # firms of the county that outsiders control
YOUNG = 9  # firms founded in the year of the latest count
ROADS = ("创新大道", "工业路", "文昌路", "振兴路", "滨河路", "迎宾大道", "学府路", "民生路")


@dataclass
class Firm:
    """One firm before and after it is stored; `branch` numbers its joint branch in the county."""

    area: Area
    branch: int | None
    above: bool = False
    members: int = 0
    enterprise: Enterprise = field(init=False)
    founded: date = field(init=False)

    @property
    def is_own(self) -> bool:
        return self.branch is None


def plan_firms(county: County, random: Random) -> list[Firm]:
    """All firms in the official order of areas, the firms of one joint branch together."""
    firms: list[Firm] = []
    branch = 0
    for plan in PLANS:
        firms += [Firm(county.areas[plan.name], None) for _ in range(plan.own)]
        for size in plan.branches:
            firms += [Firm(county.areas[name], branch) for name in _areas(plan, size)]
            branch += 1
    own = [firm for firm in firms if firm.is_own]
    joint = [firm for firm in firms if not firm.is_own]
    for firm in random.sample(own, ABOVE_OWN) + random.sample(joint, ABOVE_JOINT):
        firm.above = True
    for firm in firms:
        firm.members = random.randint(3, 24) if firm.is_own else random.choice((0, 0, 1, 1, 2))
    return firms


def _areas(plan: Plan, size: int) -> list[str]:
    if plan.shared is None:
        return [plan.name] * size
    neighbour, count = plan.shared
    return [plan.name] * (size - count) + [neighbour] * count


def store_firms(firms: list[Firm], county: County, names: Names, counts: list[date]) -> None:
    """Register, state since foundation, one yearly record for each count that a firm lived in."""
    random = names.random
    controls = [Ownership.FOREIGN] * FOREIGN + [Ownership.HMT] * HMT
    young = set(random.sample(range(len(firms)), YOUNG))
    for number, firm in enumerate(firms):
        firm.founded = _founded(random, counts, is_young=number in young)
        control = controls.pop() if firm.above and controls else Ownership.PRIVATE
        firm.enterprise = _enterprise(firm, number + 1, county, names, control)
    Enterprise.objects.bulk_create((firm.enterprise for firm in firms), batch_size=500)
    EnterprisePeriod.objects.bulk_create(_period(firm) for firm in firms)
    EnterpriseYear.objects.bulk_create(
        year for firm in firms for year in _years(firm, counts, names)
    )
    for day in counts:
        CensusRound.objects.create(
            county=county.area,
            reference_date=day,
            name=f"{day.year}年度普查",
            state=CensusRound.State.CLOSED,
        )


def _founded(random: Random, counts: list[date], *, is_young: bool) -> date:
    earlier, latest = counts
    if is_young:
        return earlier + timedelta(days=random.randint(20, (latest - earlier).days - 20))
    return earlier - timedelta(days=random.randint(400, 8000))


def _enterprise(
    firm: Firm, number: int, county: County, names: Names, control: Ownership
) -> Enterprise:
    random = names.random
    industry = random.choice(INDUSTRIES)
    name, uscc = names.firm(industry), make_uscc(COUNTY_CODE, number)
    full, initials = keys(name)
    place = f"{firm.area.name}{random.choice(ROADS)}{random.randint(1, 299)}号"
    return Enterprise(
        county=county.area,
        uscc=uscc,
        organization_code=organisation_code_of(uscc),
        name=name,
        name_key=name_key(name),
        pinyin=full,
        initials=initials,
        bigrams=bigrams(name),
        legal_representative=names.person(),
        enterprise_type=_type(name, control),
        registered_capital=Decimal(random.choice((50, 100, 200, 500, 1000, 2000)) * 10_000),
        capital_currency="人民币",
        established_on=firm.founded,
        approved_on=firm.founded + timedelta(days=random.randint(0, 300)),
        registered_address=f"安徽省安庆市怀宁县{place}",
        business_address=place,
        registration_authority="怀宁县市场监督管理局",
        industry_code=industry.code,
        industry=industry.name,
        business_scope=industry.scope,
        phone=names.phone(),
        operating_status=OperatingStatus.IN_OPERATION,
        unit_kind=UnitKind.ENTERPRISE,
        ownership=control,
        reporting_area=firm.area,
        area_reason="住所写明",
        area_confirmed=True,
    )


def _type(name: str, control: Ownership) -> str:
    if control != Ownership.PRIVATE:
        return (
            "有限责任公司(外商投资)" if control == Ownership.FOREIGN else "有限责任公司(港澳台投资)"
        )
    is_limited = not name.endswith("股份有限公司")
    return (
        "有限责任公司(自然人投资或控股)" if is_limited else "股份有限公司(非上市、自然人投资或控股)"
    )


def _period(firm: Firm) -> EnterprisePeriod:
    enterprise = firm.enterprise
    return EnterprisePeriod(
        enterprise=enterprise,
        valid_from=firm.founded,
        operating_status=enterprise.operating_status,
        unit_kind=enterprise.unit_kind,
        ownership=enterprise.ownership,
        reporting_area=firm.area,
        source="普查",
    )


def _years(firm: Firm, counts: list[date], names: Names) -> list[EnterpriseYear]:
    random = names.random
    staff = random.randint(60, 420) if firm.above else random.randint(6, 46)
    revenue = staff * random.randint(180_000, 700_000)
    reported = _reported(firm, names)
    return [
        EnterpriseYear(
            enterprise=firm.enterprise,
            reference_date=day,
            employee_count=staff - 2 * age,
            annual_revenue=Decimal(revenue * (100 - 6 * age) // 100),
            member_count=firm.members + (firm.is_own and firm.members % 3 == 0),
            full_member_count=firm.members,
            is_statistical_scale=firm.above,
            is_party_scale=firm.above,
            reported=reported,
            seen_by=[Source.REGISTRY, Source.ECONOMY] if firm.above else [Source.REGISTRY],
        )
        for age, day in enumerate(reversed(counts))
        if firm.founded <= day
    ]


def _reported(firm: Firm, names: Names) -> dict[str, Any]:
    """Values that only the firm or its township knows; keys of `enterprises.work_ledger`."""
    random, members, own = names.random, firm.members, firm.is_own
    young = random.randint(0, members)
    return {
        "location": "park" if firm.area.kind == AreaKind.PARK else "other",
        "is_billion_building": False,
        "owner_name": firm.enterprise.legal_representative,
        "owner_is_member": own and random.random() < 0.6,
        "owner_is_secretary": own and random.random() < 0.3,
        "owner_is_delegate": firm.above and random.random() < 0.2,
        "secretary_source": random.choice(("owner", "manager", "sent")),
        "party_workers": 1 + (own and members > 12),
        "full_time_party_workers": int(own and members > 15),
        "members_under_35": young,
        "member_managers": min(members, random.randint(0, 4)),
        "member_technicians": min(members, random.randint(0, 3)),
        "member_workers": members // 2,
        "members_elsewhere": random.randint(0, 3),
        "rural_members": random.randint(0, 2),
        "developed_in_3_years": random.randint(0, 2) if own else 0,
        "disposed_in_3_years": 0,
        **dict.fromkeys(("trains_yearly", "pays_dues", "holds_meetings", "holds_review"), True),
        **dict.fromkeys(("holds_analysis", "elects_on_time"), own or members > 0),
        "has_own_site": own and random.random() < 0.7,
        "site_area": random.choice((30, 40, 60, 80)) if own else None,
        "has_budget": own,
    }
