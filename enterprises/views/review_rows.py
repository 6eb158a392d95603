"""One line of the review as a clerk reads it: values in words, problems, cards of the alike."""

from decimal import Decimal
from typing import Any, NamedTuple

from enterprises.census.columns import shown
from enterprises.census.decisions import NEEDS_REASON
from enterprises.census.issues import CODES, sentence
from enterprises.census.review import FieldValues, RowView
from enterprises.models import Bucket, CensusIssue, Choice, Enterprise, Fault, StagedRow

# What a clerk may say of the rows of a bucket, the usual word first.
CHOICES: dict[str, tuple[Choice, ...]] = {
    Bucket.NEW: (Choice.LATER, Choice.EXCLUDE, Choice.INCLUDE),
    Bucket.CHANGED: (Choice.ADOPT, Choice.KEEP, Choice.LATER),
    Bucket.SAME: (),
    Bucket.NOT_SEEN: (Choice.DEREGISTERED, Choice.RELOCATED, Choice.OMITTED, Choice.PENDING),
    Bucket.POSSIBLE_MATCH: (Choice.SAME_AS, Choice.SEPARATE),
    Bucket.ERROR: (Choice.CONFIRM,),
}
COMPARED = (
    ("name", "企业名称"),
    ("uscc", "统一社会信用代码"),
    ("registration_number", "注册号"),
    ("legal_representative", "法定代表人"),
    ("established_on", "成立日期"),
    ("registered_address", "住所"),
)
BASES = {
    "equal": "名称相同",
    "alike": "名称相近",
    "number": "注册号或组织机构代码相同",
    "former": "代码与其曾用代码相同",
}


class IssueLine(NamedTuple):
    """One problem of a row as a clerk reads it."""

    severity: str
    column: str
    sentence: str
    remedy: str


class ValueLine(NamedTuple):
    """A differing field in words; `ours_differs` marks what the system holds otherwise."""

    field: str
    label: str
    last: str
    this: str
    ours: str
    ours_differs: bool
    asks: bool
    choice: str


class Card(NamedTuple):
    """An enterprise that the row may be, fact by fact beside the row's; True where they agree."""

    enterprise: Enterprise
    facts: list[tuple[str, str, str, bool]]


class Line(NamedTuple):
    """One row of the table; `anchor` survives a new judgement of the batch."""

    view: RowView
    anchor: str
    values: list[ValueLine]
    issues: list[IssueLine]
    cards: list[Card]
    basis: str
    choices: tuple[Choice, ...]
    decision: str


def line_of(view: RowView, bucket: str) -> Line:
    outcome = view.outcome
    anchor = f"r{outcome.row_id}" if outcome.row_id else f"e{outcome.enterprise_id}"
    return Line(
        view,
        anchor,
        [value_line(one) for one in view.fields],
        [issue_line(issue) for issue in view.issues],
        [card(outcome.row, one) for one in view.candidates] if outcome.row else [],
        BASES.get(outcome.basis, ""),
        choices_of(view, bucket or outcome.bucket),
        Choice(view.decision.choice).label if view.decision else "",
    )


def choices_of(view: RowView, bucket: str) -> tuple[Choice, ...]:
    """Only words that have an effect: a row that cannot be written cannot be confirmed."""
    row = view.outcome.row
    if bucket == Bucket.ERROR and (row is None or row.fault != Fault.CONFIRMABLE):
        return ()
    if bucket == Bucket.POSSIBLE_MATCH:
        return (Choice.SEPARATE,)  # the other word stands on each card
    return CHOICES.get(bucket, ())


def issue_line(issue: CensusIssue) -> IssueLine:
    said = sentence(issue.code, value=issue.value, other=issue.other_row)
    return IssueLine(issue.severity, issue.column, said, CODES[issue.code].remedy)


def value_line(one: FieldValues) -> ValueLine:
    ours_differs = spoken(one.ours) != spoken(one.last)
    last, this, ours = (shown(one.field, spoken(x)) for x in (one.last, one.this, one.ours))
    choice = Choice(one.choice).label if one.choice else ""
    return ValueLine(one.field, one.label, last, this, ours, ours_differs, one.asks, choice)


def card(row: StagedRow, enterprise: Enterprise) -> Card:
    facts = []
    for field, label in COMPARED:
        this, ours = spoken(getattr(row, field)), spoken(getattr(enterprise, field))
        if this or ours:
            facts.append((label, this, ours, this == ours))
    return Card(enterprise, facts)


def spoken(value: Any) -> str:
    """A value for people; nothing said is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    if isinstance(value, dict):
        return "；".join(f"{key}：{text}" for key, text in value.items() if text)
    return str(value)


def needs_reason(choice: str) -> bool:
    return choice in NEEDS_REASON
