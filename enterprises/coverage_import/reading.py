"""The rows of a coverage file as statements: who, covered by whom, how, since when."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core.columns import Format
from core.spreadsheets.errors import FileError
from core.spreadsheets.reader import Workbook
from core.spreadsheets.rowfile import Row
from core.spreadsheets.tables import Choice, Table, choose_tables
from enterprises.census.amounts import amount_parser
from enterprises.census.issues import sentence
from enterprises.census.parsing import limited, parse_yes_no
from enterprises.coverage_import.columns import SHORT, kind_of, mode_of
from enterprises.models import CoverageBatch
from enterprises.work_ledger import VOCABULARY as LEDGER

Form = CoverageBatch.Form
LEDGER_FIELDS = 12  # so many recognised columns make a file a ledger
_WAN = Decimal(10_000)

# Ledger columns that go into the yearly record itself; the others are kept as reported.
MEASURES = {
    "employee_count": "employee_count",
    "annual_revenue": "annual_revenue",
    "member_count": "member_count",
    "is_above_scale": "is_party_scale",
}
# Without these a row cannot be used; other columns that cannot be read are left out.
_ESSENTIAL = frozenset({"name", "organization", "since", "formed_on"})

# Ledger columns that only restate what the register or the tree holds.
_RESTATED = frozenset(
    {
        "serial",
        "unit",
        "name",
        "registered_address",
        "business_address",
        "phone",
        "ownership",
        "is_formed",
        "formed_on",
        "formation",
        "organization_kind",
    }
)


@dataclass
class Stated:
    """What one row says; `mode` is empty where it says that there is no organization."""

    sheet: str
    number: int
    name: str = ""
    uscc: str = ""
    organization: str = ""
    organization_code: str = ""
    kind: str = ""
    mode: str = ""
    since: date | None = None
    established_on: date | None = None
    secretary: str = ""
    unit: str = ""
    measures: dict[str, Any] = field(default_factory=dict)
    reported: dict[str, Any] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def from_json(cls, facts: Mapping[str, Any], problems: list[dict[str, Any]]) -> "Stated":
        days = {key: _day(facts[key]) for key in ("since", "established_on")}
        return cls(**{**facts, **days, "problems": problems})

    def as_json(self) -> dict[str, Any]:
        facts = asdict(self)
        facts.pop("problems")
        return facts

    @property
    def is_usable(self) -> bool:
        return not any(problem["fatal"] for problem in self.problems)

    def object_to(self, column: str, what: str, value: str = "", *, fatal: bool = True) -> None:
        """Note what is wrong with a column; what is not fatal only leaves the value out."""
        self.problems.append(
            {"column": column, "sentence": what, "value": value[:60], "fatal": fatal}
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def tables_of(book: Workbook) -> tuple[str, Choice]:
    """Which of the two forms the file has, and its tables; raises FileError without a header."""
    choices = {
        form: choice
        for form, vocabulary in ((Form.LEDGER, LEDGER), (Form.SHORT, SHORT))
        if (choice := _choose(book, vocabulary))
    }
    ledger, short = choices.get(Form.LEDGER), choices.get(Form.SHORT)
    if ledger and len(ledger.tables[0].recognition.fields) >= LEDGER_FIELDS:
        return Form.LEDGER, ledger
    if short and not short.tables[0].recognition.missing:
        return Form.SHORT, short
    raise FileError("E-FILE-13", where="（需要企业名称或代码、党组织名称、组建形式三列）")


def _choose(book: Workbook, vocabulary: Any) -> Choice | None:
    try:
        return choose_tables(book, vocabulary)
    except FileError as problem:
        if problem.code == "E-FILE-13":
            return None
        raise


def read_rows(form: str, table: Table) -> Iterator[Stated]:
    """Every data row as a statement with its own problems."""
    read = _read_ledger_row if form == Form.LEDGER else _read_short_row
    for row in table.rows():
        yield read(table, row)


def _cells(table: Table, row: Row) -> dict[str, str]:
    """The texts of the recognised columns by field."""
    fields = table.recognition.fields
    return {name: row.cells[place] for place, name in fields.items()}


def _parsed(stated: Stated, vocabulary: Any, name: str, text: str) -> str:
    """The value of a cell; one that cannot be read is noted and says nothing."""
    column = vocabulary[name]
    value, code = (column.parse or limited(300))(text)
    if code and not value:
        stated.object_to(column.header, sentence(code), text, fatal=name in _ESSENTIAL)
    return str(value)


def _read_short_row(table: Table, row: Row) -> Stated:
    stated, cells = Stated(table.sheet.name, row.number), _cells(table, row)
    for name in ("name", "uscc", "organization", "organization_code", "secretary"):
        setattr(stated, name, _parsed(stated, SHORT, name, cells.get(name, "")))
    for name in ("since", "established_on"):
        setattr(stated, name, _day(_parsed(stated, SHORT, name, cells.get(name, ""))))
    stated.mode = mode_of(cells.get("mode", ""))
    stated.kind = kind_of(cells.get("kind", ""))
    if not stated.mode:
        text = cells.get("mode", "")
        what = "看不懂这种组建形式" if text.strip() else "没有写组建形式"
        stated.object_to("组建形式", f"{what}，应为单独、联合、依托、挂靠或网格", text)
    if not stated.organization:
        stated.object_to("党组织名称", "没有写党组织名称")
    if not (stated.name or stated.uscc):
        stated.object_to("企业名称", "没有写企业名称或代码")
    return stated


def _read_ledger_row(table: Table, row: Row) -> Stated:
    stated, cells = Stated(table.sheet.name, row.number), _cells(table, row)
    values = _ledger_values(stated, cells)
    stated.name = values.get("name", "")
    stated.unit = values.get("unit", "")
    stated.secretary = values.get("secretary_name", "")
    _read_formation(stated, values)
    for name, value in values.items():
        if name in MEASURES:
            stated.measures[MEASURES[name]] = value
        elif name not in _RESTATED:
            stated.reported[name] = value
    return stated


def _ledger_values(stated: Stated, cells: Mapping[str, str]) -> dict[str, Any]:
    """Values by field; ticks of one choice become its code."""
    values: dict[str, Any] = {}
    for name, text in cells.items():
        if not text.strip():
            continue
        field_name, _, choice = name.partition(":")
        if not choice:
            value = _ledger_value(stated, name, text)
            if value is not None:
                values[name] = value
        elif _is_ticked(text):
            if field_name in values:
                stated.object_to(LEDGER[name].header, "同一组只能勾选一项")
            values[field_name] = choice
    return values


def _ledger_value(stated: Stated, name: str, text: str) -> Any:
    column = LEDGER[name]
    match column.format:
        case Format.AMOUNT:
            unit = _WAN if name == "annual_revenue" else Decimal(1)
            amount, _currency, code = amount_parser(unit)(text)
            if code:
                stated.object_to(column.header, sentence(code), text, fatal=False)
            return amount or None
        case Format.TICK:
            return _is_ticked(text)
        case Format.YES_NO:
            found = _parsed(stated, LEDGER, name, text)
            return found == "t" if found else None
        case Format.WHOLE:
            found = _parsed(stated, LEDGER, name, text)
            return int(found) if found else None
    return _parsed(stated, LEDGER, name, text) or None


def _is_ticked(text: str) -> bool:
    return parse_yes_no(text)[0] == "t"


def _read_formation(stated: Stated, values: Mapping[str, Any]) -> None:
    formed, mode = values.get("is_formed"), values.get("formation", "")
    if formed is False and mode:
        stated.object_to("是否建立党组织", "写“否”却勾选了组建形式")
    elif formed and not mode:
        stated.object_to("组建形式", "已建立党组织但没有勾选组建形式")
    stated.mode = mode
    stated.kind = values.get("organization_kind", "")
    stated.established_on = stated.since = _day(values.get("formed_on"))
