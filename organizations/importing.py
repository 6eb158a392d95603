"""From an uploaded sheet to a preview, and from there to its register."""

import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from import_export.results import RowResult

from core import drafts
from core.columns import Column, Format, Vocabulary
from core.crypto import seal, unseal
from core.spreadsheets.errors import FileError
from core.spreadsheets.reader import read_workbook
from core.spreadsheets.tables import find_table
from core.spreadsheets.writer import Page
from core.upload import display_name, upload_limits
from organizations.sheets import Sheet, SheetResource

AT_ONCE = 500  # rows; more are tried and written by a job
SHOWN = 200  # good rows in a preview; those that need attention are all shown
_WORDS = {
    RowResult.IMPORT_TYPE_NEW: ("新增", "ok"),
    RowResult.IMPORT_TYPE_UPDATE: ("修改", "running"),
    RowResult.IMPORT_TYPE_SKIP: ("无变化", "none"),
    RowResult.IMPORT_TYPE_INVALID: ("有误", "broken"),
    RowResult.IMPORT_TYPE_ERROR: ("有误", "broken"),
}


@dataclass(frozen=True)
class Line:
    """What would become of one row of the file; `number` as its reader sees it there."""

    number: str
    code: str
    name: str
    state: str
    tone: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    lines: tuple[Line, ...]

    def count(self, *states: str) -> int:
        return sum(line.state in states for line in self.lines)

    @property
    def new(self) -> int:
        return self.count("新增")

    @property
    def changed(self) -> int:
        return self.count("修改")

    @property
    def wrong(self) -> int:
        return self.count("有误")

    @property
    def to_write(self) -> int:
        return self.new + self.changed

    @property
    def said(self) -> str:
        return f"新增 {self.new:,}，修改 {self.changed:,}，有误 {self.wrong:,}"

    @property
    def shown(self) -> list[Line]:
        """All that is wrong, and as many of the others as a page bears."""
        good = [line for line in self.lines if line.state != "有误"][:SHOWN]
        kept = {line.number for line in good}
        return [line for line in self.lines if line.state == "有误" or line.number in kept]


def read(upload: Any, vocabulary: Vocabulary, limit: int) -> list[dict[str, str]]:
    """The rows of the file as field → text, with the row's number; raises FileError."""
    with tempfile.TemporaryDirectory(prefix="sheet-") as name:
        folder = Path(name)
        path = folder / "upload"
        with path.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        book = read_workbook(
            path, folder / "parsed", name=display_name(upload.name or ""), limits=upload_limits()
        )
        for sheet in book.sheets:
            if sheet.problem is None and (table := find_table(sheet, vocabulary)):
                return _rows(table, limit)
    raise FileError("E-FILE-13")


def _rows(table: Any, limit: int) -> list[dict[str, str]]:
    missing = table.recognition.missing
    if missing:
        where = "：缺少“" + "”“".join(column.header for column in missing) + "”"
        raise FileError("E-FILE-13", where=where)
    found: list[dict[str, str]] = []
    for row in table.rows():
        if len(found) == limit:
            raise FileError("E-FILE-11", limit=limit)
        cells = {field: row.cells[place] for place, field in table.recognition.fields.items()}
        found.append({**cells, "row": str(row.number)})
    return found


def run(sheet: Sheet, actor: Any, rows: list[dict[str, str]], *, write: bool) -> Outcome:
    """Try all rows, in order; with `write` the good ones stay, the others never do."""
    resource = sheet.resource(actor)
    result = resource.import_data(resource.dataset(rows), dry_run=not write)
    if result.base_errors:  # then nothing was written
        raise result.base_errors[0].error
    return Outcome(
        tuple(_line(resource, row, outcome) for row, outcome in zip(rows, result.rows, strict=True))
    )


def _line(resource: SheetResource, row: dict[str, str], outcome: RowResult) -> Line:
    state, tone = _WORDS[outcome.import_type]
    code = resource.code_of(row)
    remarks = tuple(_problems(resource, outcome))
    if not remarks and state == "修改":
        changes = outcome.changes
        remarks = tuple(f"{header}：{old or '空'} → {new or '空'}" for header, old, new in changes)
    if state in {"新增", "修改"}:
        remarks += tuple(f"请核对：{doubt}" for doubt in outcome.doubts)
    return Line(row["row"], code, row.get(resource.label, ""), state, tone, remarks)


def _problems(resource: SheetResource, outcome: RowResult) -> Iterable[str]:
    if outcome.errors:
        yield "这一行无法处理，请核对后重新上传"
    if outcome.validation_error is None:
        return
    problem = outcome.validation_error
    whole_row = {"": problem.messages}
    by_field = problem.message_dict if hasattr(problem, "error_dict") else whole_row
    for name, messages in by_field.items():
        header = _header(resource, name)
        yield from (f"{header}：{text}" if header else text for text in messages)


def _header(resource: SheetResource, name: str) -> str:
    """The column of a field, else its own name; nothing for what concerns the whole row."""
    for column in resource.vocabulary:
        if name in (column.field, resource.fields[column.field].attribute):
            return column.header
    try:
        field = resource._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    return str(getattr(field, "verbose_name", ""))


def error_page(sheet: Sheet, rows: list[dict[str, str]], outcome: Outcome) -> Page:
    """The rows that are wrong in the columns of the template, with what is wrong."""
    columns = [
        column for column in sheet.resource.vocabulary if any(column.field in row for row in rows)
    ]
    lines = (
        _Wrong([*(row.get(column.field, "") for column in columns), "；".join(line.remarks)])
        for row, line in zip(rows, outcome.lines, strict=True)
        if line.state == "有误"
    )
    as_text = [replace(column, format=Format.TEXT) for column in columns]
    return Page(
        name="有误的行",
        title=f"{sheet.title}有误的行",
        members=[*as_text, Column("有误说明", "remarks", width=40)],
        lines=lines,
    )


@dataclass(frozen=True)
class _Wrong:
    values: list[str]
    is_total: bool = False


# Between preview and confirmation the rows wait as the user's draft, sealed: they may name people.


@dataclass(frozen=True)
class Kept:
    """The rows of a file, and what would become of them once that is known."""

    rows: list[dict[str, str]]
    outcome: Outcome | None = None


def _form_key(key: str) -> str:
    return f"import-{key}"


def _context(key: str, user: Any) -> str:
    return f"{_form_key(key)}.{user.pk}"


def keep(key: str, user: Any, rows: list[dict[str, str]], outcome: Outcome | None = None) -> None:
    lines = [asdict(line) for line in outcome.lines] if outcome else None
    text = json.dumps({"rows": rows, "lines": lines}, ensure_ascii=False)
    drafts.discard(user, _form_key(key))
    drafts.save(
        user, _form_key(key), payload={"sealed": seal(text, _context(key, user))}, version=0
    )


def kept(key: str, user: Any) -> Kept | None:
    draft = drafts.load(user, _form_key(key))
    if draft is None:
        return None
    found = json.loads(unseal(draft.payload["sealed"], _context(key, user)))
    if found["lines"] is None:
        return Kept(found["rows"])
    lines = tuple(Line(**{**line, "remarks": tuple(line["remarks"])}) for line in found["lines"])
    return Kept(found["rows"], Outcome(lines))


def forget(key: str, user: Any) -> None:
    drafts.discard(user, _form_key(key))
