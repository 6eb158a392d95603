"""One row of a list: what it states, what we make of it, and what is wrong with it."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from core.identifiers import organisation_code_of, region_of_uscc
from core.masking import mask
from core.spreadsheets.errors import CellNote
from core.spreadsheets.rowfile import SEPARATOR, Row
from enterprises.census import parsing
from enterprises.census.amounts import amount_parser, unit_of_label
from enterprises.census.columns import AREA_HINTS, CENSUS, DROPPED, STATED_FIELDS
from enterprises.census.issues import CODES, Code
from enterprises.census.territory import Claim, Place, Territory
from enterprises.models.census import Source
from enterprises.models.facts import UnitKind
from enterprises.models.staging import Fault
from enterprises.names import name_key
from enterprises.rules import judge

RECIPE = "1"  # of the digest: changes whenever the meaning of a stated value changes
EXTRA = "extra"  # the column is kept under its own label
IGNORED = ""
SHOWN = 60  # characters of a cell that an issue repeats

_PERSONAL = re.compile(r"身份证|证件号")
_NOTES = {
    "E-CELL-01": Code.TOO_LONG,
    "E-CELL-02": Code.CONTROL_CHARACTERS,
    "E-CELL-03": Code.CELL_ERROR,
    "E-CELL-04": Code.FORMULA_EMPTY,
    "E-CELL-05": Code.MERGED_CELL,
    "E-CSV-02": Code.RAGGED_ROW,
    "E-CSV-04": Code.BROKEN_QUOTE,
    "E-ROW-01": Code.HIDDEN_ROW,
}
_ERROR_VALUES = frozenset(parsing.ERROR_VALUES)
_SPOILT_CELL = ("", Code.CELL_ERROR)
_SPOILED = {Code.CELL_ERROR, Code.FORMULA_EMPTY}
_UNIT_NOTICES = {
    UnitKind.BRANCH: Code.BRANCH,
    UnitKind.INDIVIDUAL: Code.INDIVIDUAL,
    UnitKind.COOPERATIVE: Code.COOPERATIVE,
    UnitKind.OTHER: Code.OTHER_UNIT,
}
_Said = dict[str, str]
_NOTHING_SAID: _Said = dict.fromkeys((*STATED_FIELDS, *AREA_HINTS), "")
_stated_texts = itemgetter(*STATED_FIELDS, *AREA_HINTS)


class Finding(NamedTuple):
    """An issue of one row before it is stored; `column` is the list's own label."""

    field: str
    column: str
    code: str
    value: str = ""


class ReadRow(NamedTuple):
    """What the staging table takes of one row."""

    row: Row
    said: _Said
    extra: str
    digest: int
    fault: Fault
    name_key: str
    unit_kind: str
    ownership: str
    ownership_reason: str
    claim: Claim
    findings: list[Finding]


@dataclass(frozen=True)
class Context:
    """What the reading of a row depends on besides its cells."""

    territory: Territory
    source: str
    reference_date: date
    date1904: bool = False


class RowReader:
    """Reads the rows of one table; `fields` says what each column is ("" for 不导入)."""

    def __init__(self, labels: Sequence[str], fields: Sequence[str], context: Context) -> None:
        self._labels = labels
        self._context = context
        self._as_of = context.reference_date.isoformat()
        self._steps: list[tuple[int, str, parsing.Parser]] = []
        self._amounts: list[tuple[int, str, Callable[[str], tuple[str, str, str]]]] = []
        self._extra: list[int] = []
        self._personal: list[int] = []
        self._field_at = dict(enumerate(fields))
        for place, field in enumerate(fields):
            self._plan(place, field)
        self._as_json = _json_of([labels[place] for place in self._extra])

    def _plan(self, place: int, field: str) -> None:
        label = self._labels[place]
        if _PERSONAL.search(label):
            self._personal.append(place)
        elif field == EXTRA:
            self._extra.append(place)
        elif field in {"registered_capital", "annual_revenue"}:
            self._amounts.append((place, field, amount_parser(unit_of_label(label))))
        elif field and field not in DROPPED:
            parser = CENSUS[field].parse
            assert parser is not None
            if parser is parsing.parse_day and self._context.date1904:
                parser = parsing.parse_day_1904
            self._steps.append((place, field, parser))

    def read(self, row: Row) -> ReadRow:
        """Never raises for bad data: whatever is wrong becomes a finding."""
        cells = row.cells
        findings: list[Finding] = []
        said = _NOTHING_SAID.copy()
        for place, field, parse in self._steps:
            if cell := cells[place]:
                value, code = _SPOILT_CELL if cell in _ERROR_VALUES else parse(cell)
                if value:
                    said[field] = value
                if code:
                    findings.append(self._finding(place, code, cell))
        if self._amounts:
            self._read_amounts(cells, said, findings)
        if row.notes:
            self._take_notes(row.notes, cells, said, findings)
        _identify(said, findings, self._context.source)
        if said["established_on"] > self._as_of:
            findings.append(Finding("established_on", "", Code.DATE_FUTURE, said["established_on"]))
        return self._judged(row, said, findings)

    def _read_amounts(self, cells: list[str], said: _Said, findings: list[Finding]) -> None:
        for place, field, parse in self._amounts:
            if cell := cells[place]:
                spoilt = ("", "", Code.CELL_ERROR)
                value, currency, code = spoilt if cell in _ERROR_VALUES else parse(cell)
                if value:
                    said[field] = value
                    if field == "registered_capital" and not said["capital_currency"]:
                        said["capital_currency"] = currency
                if code:
                    findings.append(self._finding(place, code, cell))

    def _finding(self, place: int, code: str, cell: str) -> Finding:
        field = self._field_at[place]
        shown = cell[:SHOWN]
        if field in CENSUS and CENSUS[field].sensitive:
            shown = mask(CENSUS[field].sensitive, shown)
        return Finding(field, self._labels[place], code, shown)

    def _take_notes(
        self, notes: list[CellNote], cells: list[str], said: _Said, findings: list[Finding]
    ) -> None:
        """What the reader of the file remarked; a spoiled cell says nothing."""
        for note in notes:
            code, place = _NOTES[note.code], note.column
            if place < 0 or place >= len(self._labels):
                findings.append(Finding("", "", code))
                continue
            field = self._field_at[place]
            if code in _SPOILED:
                if field in said:
                    said[field] = ""
                findings[:] = [f for f in findings if f.column != self._labels[place]]
                if field in {EXTRA, IGNORED, *DROPPED}:
                    continue
            if code == Code.TOO_LONG and any(f.code == code and f.field == field for f in findings):
                continue
            findings.append(self._finding(place, code, cells[place]))

    def _judged(self, row: Row, said: _Said, findings: list[Finding]) -> ReadRow:
        name = said["name"]
        judgement = judge(uscc=said["uscc"], enterprise_type=said["enterprise_type"], name=name)
        claim = self._context.territory.claim(_place(said))
        findings += _notices(judgement.unit_kind, judgement.ownership, claim)
        extra = self._kept(row.cells)
        for place in self._personal:
            row.cells[place] = mask("citizen_id", row.cells[place])
        return ReadRow(
            row,
            said,
            extra,
            digest_of(said, extra),
            _fault(findings),
            name_key(name),
            judgement.unit_kind,
            judgement.ownership,
            judgement.reason,
            claim,
            findings,
        )

    def _kept(self, cells: list[str]) -> str:
        """Columns without a meaning of ours, under their own labels, as JSON."""
        if not self._extra:
            return ""
        values = tuple(parsing.tidy(cells[place]) for place in self._extra)
        return self._as_json(values)


def _json_of(labels: Sequence[str]) -> Callable[[tuple[str, ...]], str]:
    """Values of the extra columns as one JSON object; short lists of values come again."""

    @lru_cache(parsing.CACHE)
    def as_json(values: tuple[str, ...]) -> str:
        kept = {label: value for label, value in zip(labels, values, strict=True) if value}
        return json.dumps(kept, ensure_ascii=False) if kept else ""

    return as_json


def digest_of(said: _Said, extra: str) -> int:
    """64 bits that are equal when a source states the same; signed, as the database keeps them."""
    content = SEPARATOR.join((RECIPE, *_stated_texts(said), extra))
    digest = blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _identify(said: _Said, findings: list[Finding], source: str) -> None:
    """Put a number into the field that it belongs to; say what is missing."""
    codes = {finding.code for finding in findings if finding.field == "uscc"} if findings else ()
    if Code.USCC_IS_REGISTRATION_NUMBER in codes:
        said["registration_number"] = said["registration_number"] or said["uscc"]
        said["uscc"] = ""
    elif Code.USCC_IS_ORGANISATION_CODE in codes:
        said["organization_code"] = said["organization_code"] or said["uscc"]
        said["uscc"] = ""
    if said["uscc"]:
        said["organization_code"] = organisation_code_of(said["uscc"])
    elif not codes and source == Source.REGISTRY and not said["registration_number"]:
        findings.append(Finding("uscc", "统一社会信用代码", Code.USCC_MISSING))
    if not said["name"]:
        findings.append(Finding("name", "企业名称", Code.NAME_MISSING))


def _place(said: _Said) -> Place:
    return Place(
        region_of_uscc(said["uscc"]) or said["registration_number"][:6],
        said["township_code"],
        said["township"],
        said["park"],
        (said["business_address"], said["registered_address"]),
        said["registration_authority"],
        said["name"],
    )


def _notices(unit_kind: UnitKind, ownership: str, claim: Claim) -> list[Finding]:
    found = []
    if code := _UNIT_NOTICES.get(unit_kind):
        found.append(Finding("unit_kind", "", code))
    if ownership == "public":
        found.append(Finding("ownership", "", Code.PUBLIC))
    if claim.outside:
        found.append(Finding("reporting_area_id", "", Code.OUTSIDE_COUNTY))
    elif claim.area_id is None:
        found.append(Finding("reporting_area_id", "", Code.UNCLAIMED))
    elif claim.by_address and not claim.by_code:
        found.append(Finding("reporting_area_id", "", Code.CODE_ELSEWHERE))
    return found


def _fault(findings: list[Finding]) -> Fault:
    if not findings:
        return Fault.NONE
    faults = {CODES[finding.code].fault for finding in findings}
    return next(
        (fault for fault in (Fault.FATAL, Fault.CONFIRMABLE) if fault in faults), Fault.NONE
    )


def pack(cells: list[str]) -> str:
    """The raw cells as one text."""
    return SEPARATOR.join(cells)


def unpack(raw: str) -> list[str]:
    return raw.split(SEPARATOR)
