"""非公企业党建工作台账: one line an enterprise, derived facts before reported ones."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import ClassVar

from core.columns import Members
from enterprises.models import EnterpriseYear, MassOrganization, NameHistory
from enterprises.work_ledger import MEMBERS, SERIAL, paths
from members.firm_people import people_of
from members.secretaries import Secretaries
from reports.coverage import counted
from reports.ledgers.base import Ledger, Line, Note, Totals, Value, Values
from reports.ledgers.facts import FACTS, Record, reported_owner, value_of
from reports.models import CoverageFact
from reports.parameters import rules_on
from reports.rules import CoverageRules
from reports.units import Unit

CHUNK = 1000


class WorkLedger(Ledger):
    key: ClassVar[str] = "enterprises"
    title: ClassVar[str] = "非公有制企业党建工作台账"
    about: ClassVar[str] = "每家企业一行：基本情况、党组织、党员、群团、阵地和制度"
    members: ClassVar[Members] = (SERIAL, *MEMBERS)

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        columns = self.columns
        totals = Totals(columns)
        for serial, record in enumerate(records(unit, as_of), 1):
            values: Values = (serial, *(value_of(record, column) for column in columns[1:]))
            totals.add(values)
            yield Line(values)
        words: dict[str, Value] = {"serial": None, "name": f"{totals.rows}家"}
        yield totals.line(1, **words)

    def notes(self) -> Iterator[Note]:
        yield Note(SERIAL, (SERIAL.header,), "顺序号", reported=False)
        for path, column in paths(MEMBERS):
            field = column.field.partition(":")[0]
            fact = FACTS.get(field)
            owner = fact.owner if fact else reported_owner(field)
            yield Note(column, path, owner, reported=fact is None or fact.else_reported)


def records(unit: Unit, as_of: date) -> Iterator[Record]:
    """The enterprises that are counted in the unit, in the official order of areas."""
    rules = rules_on(as_of)
    rows = (
        counted(as_of, rules.population, rules)
        .filter(area__in=unit.areas)
        .select_related("enterprise", "area", "organization")
        .order_by("area__official_order", "area__code", "enterprise__pinyin", "pk")
        .iterator(chunk_size=CHUNK)
    )
    while chunk := list(islice(rows, CHUNK)):
        yield from _records(chunk, as_of, rules)


def _records(chunk: list[CoverageFact], as_of: date, rules: CoverageRules) -> Iterable[Record]:
    """The chunk with what other tables know of its enterprises on the day."""
    keys = [fact.pk for fact in chunk]
    years = EnterpriseYear.objects.as_of(as_of).filter(enterprise__in=keys)
    reported = dict(years.values_list("enterprise_id", "reported"))
    names = dict(
        NameHistory.objects.as_of(as_of)
        .filter(what=NameHistory.What.NAME, enterprise__in=keys)
        .values_list("enterprise_id", "value")
    )
    masses: dict[int, set[str]] = {}
    held = MassOrganization.objects.as_of(as_of).filter(enterprise__in=keys)
    for enterprise, kind in held.values_list("enterprise_id", "kind"):
        masses.setdefault(enterprise, set()).add(kind)
    secretaries = Secretaries(as_of, {one.organization_id for one in chunk if one.organization_id})
    covered = {one.pk: one.organization_id for one in chunk if one.organization_id}
    people = people_of(covered, as_of)
    for fact in chunk:
        yield Record(
            fact,
            rules,
            name=names.get(fact.pk, fact.enterprise.name),
            reported=reported.get(fact.pk, {}),
            masses=frozenset(masses.get(fact.pk, ())),
            secretary=secretaries.of(fact.organization) if fact.organization else None,
            people=people.get(fact.pk),
        )
