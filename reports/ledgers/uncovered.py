"""未建党组织企业台账: one line for each enterprise without an organization, and what is planned."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, ClassVar

from core.columns import Column, Format, Group, Members
from core.masking import Sensitive, mask
from enterprises.models import (
    EnterpriseYear,
    FormationPlan,
    FormationState,
    FormationStep,
    NameHistory,
)
from enterprises.work_ledger import NO_ORGANIZATION_REASON
from members.models import InstructorAssignment
from reports.conditions import COVERED
from reports.coverage import counted
from reports.ledgers.base import Ledger, Line, Note, Totals, Value, total_line
from reports.models import CoverageFact
from reports.parameters import rules_on
from reports.rules import CoverageRules, is_due_to_form, party_scale
from reports.units import Unit

CHUNK = 1000
NO_MEMBERS, FEW_MEMBERS, DUE = "无党员", "有党员但不符合建立条件", "应建未建"
ACTIVISTS = "activist_count"  # key of the value an enterprise reports for its year
_REPORTED = dict(NO_ORGANIZATION_REASON.choices)

_COLUMNS: tuple[Column | Group, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("企业名称", "name", width=24),
    Column("所在地", "place", width=20),
    Column("从业人数", "employees", width=8, format=Format.WHOLE),
    Group(
        "党员数(名)",
        (
            Column("正式", "full_members", width=6, format=Format.WHOLE),
            Column("预备", "probationary_members", width=6, format=Format.WHOLE),
        ),
    ),
    Column("积极分子(名)", "activists", width=10, format=Format.WHOLE),
    Column("未建原因", "reason", width=18),
    Column("拟采取措施", "measures", width=22),
    Column("拟建时间", "planned_on", width=11, format=Format.DAY),
    Column("责任领导", "leader", width=9),
    Column("责任人", "person", width=9),
    Column("指导员", "instructor", width=9),
    Column("电话", "phone", width=14, sensitive=Sensitive.PHONE),
    Column("备注", "remark", width=14),
)
_OWNERS = {
    "serial": "顺序号",
    "name": "企业库(当日名称)",
    "place": "企业库(经营地址，没有时为住所)",
    "employees": "企业年度记录",
    "full_members": "企业年度记录",
    "probationary_members": "党员数减正式党员数",
    "activists": f"企业年度记录填报值({ACTIVISTS})",
    "reason": "党员数和应建认定；组建计划的未建原因，没有时为填报值",
    "measures": "组建计划",
    "planned_on": "组建计划",
    "leader": "组建计划",
    "person": "组建计划",
    "instructor": "在任指导员",
    "phone": "企业库联系电话(遮盖)",
    "remark": "组建计划的状态",
}


@dataclass(frozen=True)
class _Around:
    """What other tables know of a chunk of enterprises on the day."""

    names: Mapping[int, str]
    steps: Mapping[int, FormationStep]
    reported: Mapping[int, Mapping[str, Any]]
    instructors: Mapping[int, str]

    @classmethod
    def of(cls, keys: list[int], day: date) -> "_Around":
        years = EnterpriseYear.objects.as_of(day).filter(enterprise__in=keys)
        names = NameHistory.objects.as_of(day).filter(
            what=NameHistory.What.NAME, enterprise__in=keys
        )
        return cls(
            dict(names.values_list("enterprise_id", "value")),
            {step.plan.enterprise_id: step for step in _latest_steps(keys, day)},
            dict(years.values_list("enterprise_id", "reported")),
            _instructors(keys, day),
        )


def _latest_steps(keys: list[int], day: date) -> Iterable[FormationStep]:
    """Where the latest plan of each enterprise stood at the end of the day."""
    steps = FormationStep.objects.filter(plan__enterprise__in=keys, on__lte=day)
    return (
        steps.select_related("plan")
        .order_by("plan__enterprise_id", "-plan__identified_on", "-plan_id", "-on", "-id")
        .distinct("plan__enterprise_id")
    )


def _instructors(keys: list[int], day: date) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    sent = InstructorAssignment.objects.as_of(day).filter(enterprise__in=keys)
    names = sent.order_by("valid_from", "pk").values_list("enterprise", "instructor__person__name")
    for enterprise, name in names:
        found.setdefault(enterprise, []).append(name)
    return {enterprise: "、".join(names) for enterprise, names in found.items()}


class UncoveredLedger(Ledger):
    key: ClassVar[str] = "uncovered"
    title: ClassVar[str] = "未建党组织企业台账"
    about: ClassVar[str] = "每家未建党组织的企业一行：未建原因、拟采取措施、时限和责任人"
    members: ClassVar[Members] = _COLUMNS

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        totals = Totals(self.columns)
        rows = (
            (serial, *values) for serial, values in enumerate(_rows(unit, as_of, self.columns), 1)
        )
        yield from total_line(rows, totals)
        yield totals.line(1, serial=None)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            reported = column.field in ("activists", "reason")
            yield Note(column, (column.header,), _OWNERS[column.field], reported=reported)


def _rows(unit: Unit, as_of: date, columns: list[Column]) -> Iterator[tuple[Value, ...]]:
    """The uncovered enterprises of the unit in the official order of areas, without serials."""
    rules = rules_on(as_of)
    found = (
        counted(as_of, rules.population, rules)
        .filter(~COVERED, area__in=unit.areas)
        .select_related("enterprise")
        .order_by("area__official_order", "area__code", "enterprise__pinyin", "pk")
        .iterator(chunk_size=CHUNK)
    )
    while chunk := list(islice(found, CHUNK)):
        around = _Around.of([fact.pk for fact in chunk], as_of)
        for fact in chunk:
            values = _values(fact, around, rules)
            yield tuple(values[column.field] for column in columns[1:])


def _values(fact: CoverageFact, around: _Around, rules: CoverageRules) -> dict[str, Value]:
    step = around.steps.get(fact.pk)
    plan = step.plan if step and step.state != FormationState.CLOSED else None
    reported = around.reported.get(fact.pk, {})
    members, full = fact.member_count, fact.full_member_count
    activists = reported.get(ACTIVISTS)
    return {
        "name": around.names.get(fact.pk, fact.enterprise.name),
        "place": fact.enterprise.business_address or fact.enterprise.registered_address,
        "employees": fact.employee_count,
        "full_members": full,
        "probationary_members": members - full
        if members is not None and full is not None
        else None,
        "activists": activists if isinstance(activists, int) else None,
        "reason": _reason(fact, plan, reported, rules),
        "measures": plan.measures if plan else "",
        "planned_on": plan.planned_on if plan else None,
        "leader": plan.leader if plan else "",
        "person": plan.person if plan else "",
        "instructor": around.instructors.get(fact.pk, ""),
        "phone": mask(Sensitive.PHONE, fact.enterprise.phone),
        "remark": step.get_state_display() if step and plan else "",
    }


def _reason(
    fact: CoverageFact,
    plan: FormationPlan | None,
    reported: Mapping[str, Any],
    rules: CoverageRules,
) -> str:
    """The class in the words of the form, then what stands in the way if somebody said so."""
    scale = party_scale(rules, fact.employee_count, fact.annual_revenue)
    above = bool(fact.is_party_scale if scale is None else scale)
    if is_due_to_form(rules, fact.full_member_count, above_scale=above):
        group = DUE
    elif fact.member_count or fact.full_member_count:
        group = FEW_MEMBERS
    else:
        group = NO_MEMBERS
    stated = plan.get_obstacle_display() if plan else ""
    stated = stated or _REPORTED.get(str(reported.get("no_organization_reason", "")), "")
    return f"{group}：{stated}" if stated and group == DUE else group
