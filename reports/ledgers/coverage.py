"""覆盖情况统计表: one row for each township or park, one column for each count and rate."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.columns import Column, Format, Group, Members
from members.models import InstructorAssignment
from reports.coverage import UNDETERMINED, Measurement, UnitFigures, counted, measure
from reports.indicators import INDICATOR
from reports.ledgers.base import TOTAL, Ledger, Line, Note, Value, Values
from reports.tallies import TALLY
from reports.units import Unit

UNKNOWN = "不可计算"


def _count(header: str, field: str, width: float = 8) -> Column:
    return Column(header, field, width=width, format=Format.WHOLE)


def _rate(header: str, field: str) -> Column:
    return Column(header, field, width=17, format=Format.RATE)


_FIELDS: tuple[Column | Group, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("单位", "unit", width=20),
    Group("企业数(家)", (_count("总数", "total"), _count("其中规上", "above_scale"))),
    _count("有党员企业(家)", "with_members"),
    Group(
        "已建党组织企业(家)",
        (
            _count("小计", "covered"),
            _count("单独", "single"),
            _count("联合", "joined"),
            _count("党委", "by_committee"),
            _count("党总支", "by_general_branch"),
            _count("党支部", "by_branch"),
        ),
    ),
    Group(
        "应建党组织(家)",
        (
            _count("应建", "due"),
            _count("已建", "formed"),
            _count("应建未建", "due_not_formed"),
        ),
    ),
    _rate("组织覆盖率", "organization_coverage"),
    Group(
        "党建指导员",
        (_count("已派企业(家)", "with_instructor", 9), _count("人数(名)", "instructors")),
    ),
    _rate("工作覆盖率", "work_coverage"),
    Group(
        "党员(名)",
        (
            _count("总数", "members"),
            _count("正式", "full_members"),
            _count("预备", "probationary_members"),
        ),
    ),
    Column("备注", "remark", width=24),
)


@dataclass(frozen=True)
class _Table:
    """What the lines are drawn from: figures of all units and who instructs where."""

    measurement: Measurement
    instructors: Mapping[int, frozenset[int]]  # area → persons

    def within(self, unit: Unit) -> list[UnitFigures]:
        """The units that are reported inside this one, itself if there are none."""
        inside = [
            figures
            for figures in self.measurement.units
            if figures.unit.area != unit.area and unit.contains(figures.unit)
        ]
        return inside or [self.measurement.of(unit.code)]

    def instructors_of(self, areas: Iterable[int]) -> int:
        """Persons, each once however many enterprises and areas he serves."""
        return len(frozenset[int]().union(*(self.instructors.get(area, ()) for area in areas)))


class CoverageLedger(Ledger):
    key: ClassVar[str] = "coverage"
    title: ClassVar[str] = "非公有制企业党组织覆盖情况统计表"
    about: ClassVar[str] = "各乡镇、园区的企业数、组建情况、应建未建和覆盖率"
    members: ClassVar[Members] = _FIELDS

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        measured = measure(as_of)
        table = _Table(measured, _instructors(measured))
        whole = table.measurement.of(unit.code)
        serial = 0
        for figures in table.within(unit):
            nested = _is_nested(figures.unit, unit)
            serial += not nested
            name = f"其中：{figures.unit.name}" if nested else figures.unit.name
            values = self._values(figures, table, serial=None if nested else serial, unit=name)
            yield Line(values)
        rest = _rest(whole, table.within(unit), unit)
        if rest is not None:
            yield Line(self._values(rest, table, serial=serial + 1, unit=f"{unit.name}本级"))
        yield Line(self._values(whole, table, serial=None, unit=TOTAL), is_total=True)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            tally, indicator = TALLY.get(column.field), INDICATOR.get(column.field)
            basis = (
                indicator.basis if indicator else tally.label if tally else _OWNERS[column.field]
            )
            yield Note(column, (column.header,), basis, reported=False)

    def _values(self, figures: UnitFigures, table: _Table, **words: Value) -> Values:
        counts = figures.counts
        facts: dict[str, Value] = {
            **counts,
            "instructors": table.instructors_of(figures.unit.areas),
            "probationary_members": counts["members"] - counts["full_members"],
            "remark": "；".join(_remarks(figures)),
            **words,
        }
        for key in ("organization_coverage", "work_coverage"):
            facts[key] = figures.rate(INDICATOR[key]) or UNKNOWN
        return tuple(facts.get(column.field, 0) for column in self.columns)


_OWNERS = {
    "serial": "顺序号",
    "unit": "辖区",
    "instructors": "在任指导员(人次不重复)",
    "members": "企业年度记录的党员数",
    "full_members": "企业年度记录的正式党员数",
    "probationary_members": "党员数减正式党员数",
    "remark": "不在口径内的企业和数据问题",
}


def _is_nested(unit: Unit, whole: Unit) -> bool:
    """Already part of the row of another unit below the whole."""
    return unit.within is not None and unit.within != whole.area


def _rest(whole: UnitFigures, parts: list[UnitFigures], unit: Unit) -> UnitFigures | None:
    """What counts in the whole and in no row, so that the rows add up to the total."""
    seen = frozenset[int]().union(*(figures.unit.areas for figures in parts))
    counts = Counter(dict(whole.counts))
    for figures in parts:
        if not _is_nested(figures.unit, unit):
            counts.subtract(figures.counts)
    if not any(counts.values()):
        return None
    return UnitFigures(Unit(whole.unit.area, whole.unit.path, whole.unit.areas - seen), counts)


def _remarks(figures: UnitFigures) -> Iterator[str]:
    if figures.unclaimed:
        yield f"另有未认领企业{figures.unclaimed}家"
    if waiting := figures.counts.get(UNDETERMINED, 0):
        yield f"控股情况待认定{waiting}家"
    if figures.nameless:
        yield f"{figures.nameless}个联合党支部未登记覆盖企业"


def _instructors(measured: Measurement) -> dict[int, frozenset[int]]:
    """The instructors in post, by the area in which their enterprises are counted."""
    guided = counted(measured.as_of, measured.population, measured.rules)
    areas = dict(guided.filter(has_instructor=True).values_list("pk", "area"))
    assignments = InstructorAssignment.objects.as_of(measured.as_of).filter(enterprise__in=areas)
    found: dict[int, set[int]] = {}
    for enterprise, instructor in assignments.values_list("enterprise", "instructor"):
        found.setdefault(areas[enterprise], set()).add(instructor)
    return {area: frozenset(persons) for area, persons in found.items()}
