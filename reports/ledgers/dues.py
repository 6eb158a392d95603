"""党费收缴台账: one line a member and branch, the months of the year across."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from core.columns import Column, Format, Members
from members.dues.reckoning import Standing, months_of
from members.dues.services import CHANGE
from members.dues.sheet import Cell, Row, held_in, posts_first, rows_of
from reports.ledgers.base import Ledger, Line, Note, Totals, Value, Values, total_line
from reports.ledgers.organizations import OrganizationsOfDay
from reports.units import Unit

AT_ONCE = 100  # organizations
_COLUMNS: tuple[Column, ...] = (
    Column("序号", "serial", width=5, format=Format.WHOLE),
    Column("姓名", "name", width=9),
    Column("所在组织", "organization", width=24),
    Column("基数", "base", width=10, format=Format.AMOUNT),
    Column("比例", "rate", width=7),
    Column("月应交", "due", width=8, format=Format.AMOUNT),
    *(
        Column(f"{number}月", f"month_{number}", width=8, format=Format.AMOUNT)
        for number in range(1, 13)
    ),
    Column("合计", "total", width=10, format=Format.AMOUNT),
    Column("备注", "remark", width=18),
    Column("交款人签字", "payer", width=10),
    Column("收款人签字", "receiver", width=10),
)
_OWNERS = {
    "serial": "顺序号",
    "name": "党员",
    "organization": "组织关系所在党支部",
    "base": "核定的交纳基数",
    "rate": "口径参数：党费比例，按全额计算",
    "due": "基数乘比例取整，经批准少交免交的按批准数",
    "total": "各月实交之和",
    "remark": "少交免交的批准文号、欠交",
    "payer": "手签",
    "receiver": "手签",
}


class DuesLedger(Ledger):
    """Sums tell what people earn: only who collects dues sees it."""

    key: ClassVar[str] = "dues"
    title: ClassVar[str] = "党费收缴台账"
    about: ClassVar[str] = "每名党员一行：基数、比例、月应交和各月实交，按党支部排列"
    members: ClassVar[Members] = _COLUMNS
    permission: ClassVar[str] = CHANGE

    def basis(self, as_of: date) -> str:
        return f"范围：{as_of.year}年组织关系在本级及下级党支部的党员"

    def lines(self, unit: Unit, as_of: date) -> Iterator[Line]:
        totals = Totals(self.columns)
        yield from total_line(self._rows(unit, as_of), totals)
        yield totals.line(1, serial=None, base=None, due=None)

    def _rows(self, unit: Unit, as_of: date) -> Iterator[Values]:
        months = [month for month in months_of(as_of.year) if month <= as_of]
        names = {one.pk: one.name for one in OrganizationsOfDay(unit, as_of).rows}
        serial = 0
        keys = list(names)
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            held = posts_first(held_in(months, organization__in=some), as_of)
            place = {organization: number for number, organization in enumerate(some)}
            rows = rows_of(sorted(held, key=lambda one: place[one.organization_id]), months, as_of)
            for row in rows:
                serial += 1
                yield self._values(row, serial, names[row.organization_id])

    def _values(self, row: Row, serial: int, organization: str) -> Values:
        latest = row.latest
        facts: dict[str, Value] = {
            "serial": serial,
            "name": row.member.person.name,
            "organization": organization,
            "base": latest.base if latest else None,
            "rate": f"{latest.rate.normalize():f}%" if latest and latest.rate is not None else "",
            "due": latest.due if latest else None,
            "total": row.paid,
            "remark": _remark(row),
        }
        facts |= {
            f"month_{cell.month.month}": cell.record.paid for cell in row.cells if cell.record
        }
        return tuple(facts.get(column.field) for column in self.columns)

    def notes(self) -> Iterator[Note]:
        for column in self.columns:
            owner = _OWNERS.get(column.field, "当月实交")
            yield Note(column, (column.header,), owner, reported=False)


def _remark(row: Row) -> str:
    words = [word for word in dict.fromkeys(map(_relief, row.cells)) if word]
    if row.owed:
        words.append(f"欠交{row.owed}元")
    if any(cell.standing is Standing.UNSET for cell in row.cells):
        words.append("未定基数")
    return "；".join(words)


def _relief(cell: Cell) -> str:
    relief = cell.assessment.relief if cell.assessment else None
    if relief is None:
        return ""
    return f"经批准{'免交' if relief.amount is None else '少交'}（{relief.document}）"
