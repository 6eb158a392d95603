"""The month sheet of a branch as a page draws it and as a form sends it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.dates import today
from members.dues import amounts
from members.dues.reckoning import Assessment, Standing, fault_of_payment
from members.dues.services import Payment
from members.dues.sheet import NOTHING, Cell, Row

_TONES = {
    Standing.SHORT: ("少交", "attention"),
    Standing.OWED: ("未交", "broken"),
    Standing.WAIVED: ("免交", "none"),
    Standing.UNSET: ("未定基数", "attention"),
}


@dataclass
class Box:
    """One month of a member: what stands in it, or what was typed there."""

    cell: Cell
    key: str
    text: str
    error: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something can be paid to this branch for the month."""
        return self.cell.standing is not Standing.AWAY

    @property
    def tag(self) -> tuple[str, str] | None:
        """Words and tone of what needs to be seen."""
        return _TONES.get(self.cell.standing)

    @property
    def suggestion(self) -> str:
        assessment = self.cell.assessment
        return plain(assessment.due) if assessment and self.cell.record is None else ""


@dataclass
class Line:
    row: Row
    boxes: list[Box]

    @property
    def latest(self) -> Assessment | None:
        return self.row.latest

    @property
    def full_key(self) -> str:
        """The tick that says: paid what was due, all months shown."""
        return f"full-{self.row.member.pk}"


@dataclass
class Board:
    """The rows of a branch over the months shown, with what is typed over what is recorded."""

    rows: Sequence[Row]
    months: Sequence[date]
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        return [Line(row, [self._box(row, cell) for cell in row.cells]) for row in self.rows]

    def _box(self, row: Row, cell: Cell) -> Box:
        key = Payment(row.member.pk, cell.month, None).key
        text = plain(cell.record.paid) if cell.record else ""
        return Box(cell, key, self.typed.get(key, text), self.errors.get(key, ""))

    @property
    def is_single(self) -> bool:
        return len(self.months) == 1

    @property
    def paid_by_month(self) -> list[Decimal]:
        return [
            sum((row.cells[place].paid for row in self.rows), NOTHING)
            for place in range(len(self.months))
        ]

    @property
    def monthly(self) -> Decimal:
        """What a month brings in when all pay."""
        return sum((row.latest.due for row in self.rows if row.latest), NOTHING)

    @property
    def paid(self) -> Decimal:
        return sum((row.paid for row in self.rows), NOTHING)

    @property
    def owed(self) -> Decimal:
        return sum((row.owed for row in self.rows), NOTHING)

    def summary(self, large: Decimal) -> list[tuple[str, int]]:
        """How many members paid in full, less by approval, nothing, or much more at once."""
        cells = [
            [cell for cell in row.cells if cell.standing is not Standing.AWAY] for row in self.rows
        ]
        return [
            ("按时足额", sum(map(_is_settled, cells))),
            ("经批准少交", sum(1 for one in cells if any(map(_is_reduced, one)))),
            ("免交", sum(1 for one in cells if any(c.standing is Standing.WAIVED for c in one))),
            ("有欠交", sum(1 for row in self.rows if row.owed)),
            (
                f"一次多交{plain(large)}元以上",
                sum(1 for one in cells for c in one if c.paid - c.due >= large),
            ),
        ]

    def payments(self, sent: Mapping[str, str]) -> tuple[list[Payment], dict[str, str]]:
        """What a form changes of the months shown, and what of it is no sum."""
        given, errors = [], {}
        for line in self.lines:
            for box in line.boxes:
                if not box.is_open or box.key not in sent:
                    continue
                text = sent[box.key]
                if not text.strip() and line.full_key in sent:
                    text = box.suggestion
                try:
                    amount = amounts.read(text)
                except ValueError as problem:
                    errors[box.key] = str(problem)
                    continue
                recorded = box.cell.record.paid if box.cell.record else None
                if amount == recorded:
                    continue
                month, day = box.cell.month, today()
                if amount is not None and (fault := fault_of_payment(amount, month, day)):
                    errors[box.key] = fault
                else:
                    given.append(Payment(line.row.member.pk, box.cell.month, amount))
        return given, errors


def _is_settled(cells: Sequence[Cell]) -> bool:
    """Something was paid or waived, and no month that is over is left open."""
    found = {cell.standing for cell in cells}
    open_ = {Standing.SHORT, Standing.OWED, Standing.UNSET}
    return bool(found & {Standing.PAID, Standing.WAIVED}) and not found & open_


def _is_reduced(cell: Cell) -> bool:
    relief = cell.assessment.relief if cell.assessment else None
    return relief is not None and relief.amount is not None


def plain(amount: Decimal) -> str:
    """Without needless zeros: 50, 50.5, 0.25."""
    text = f"{amount:.2f}".rstrip("0").rstrip(".")
    return text or "0"
