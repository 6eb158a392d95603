"""Reads an uploaded workbook or CSV through a limited child process into rows of text.

    book = read_workbook(path, folder, name="名单.xls")      # raises FileError
    for row in book.sheets[0].rows(): row.number, row.cells, row.notes

Everything the child found stays in `folder`, so Workbook.load(folder) needs no second parse.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Any

from core.spreadsheets.child import BOOK, ERROR, REQUEST
from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits
from core.spreadsheets.marks import Merge
from core.spreadsheets.rowfile import Row, read_rows

ROOT = Path(__file__).resolve().parents[2]
POLL_SECONDS = 0.5
OnProgress = Callable[[int], None]


@dataclass(frozen=True)
class Sheet:
    """One sheet as it was read: counts of the scan, and the rows that hold any text."""

    index: int
    name: str
    hidden: bool
    path: Path
    physical_rows: int  # rows with at least one cell, counted before parsing
    row_count: int  # of these, rows with any text
    width: int
    last_row: int
    date1904: bool
    hidden_row_count: int
    hidden_rows: tuple[int, ...]  # the first few numbers
    hidden_columns: tuple[int, ...]  # from 1
    merges: tuple[Merge, ...]  # of the first hundred rows
    merge_count: int
    error_count: int
    problem: FileError | None

    def rows(self) -> Iterator[Row]:
        """Every row with text, in order; raises the sheet's own problem when it has one."""
        if self.problem:
            raise self.problem
        return read_rows(self.path)

    def head(self, count: int) -> list[Row]:
        return list(islice(self.rows(), count)) if not self.problem else []


@dataclass(frozen=True)
class Workbook:
    """A parsed file: its kind and its sheets in order; a CSV has one sheet without a name."""

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    names: Mapping[str, str] = field(default_factory=dict)  # our own defined names

    @classmethod
    def load(cls, folder: Path) -> "Workbook":
        """What an earlier read_workbook left in the folder."""
        manifest = json.loads((folder / BOOK).read_text(encoding="utf-8"))
        sheets = tuple(_sheet(folder, facts) for facts in manifest["sheets"])
        encoding = manifest["sheets"][0].get("encoding", "")
        return cls(manifest["kind"], sheets, encoding, manifest["names"])

    def sheet(self, name: str) -> Sheet:
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise FileError("E-FILE-16", sheet=name)


def _sheet(folder: Path, facts: dict[str, Any]) -> Sheet:
    problem = facts["problem"]
    return Sheet(
        index=facts["index"],
        name=facts["name"],
        hidden=facts["hidden"],
        path=folder / facts["rows_file"],
        physical_rows=facts["physical_rows"],
        row_count=facts["rows"],
        width=facts["width"],
        last_row=facts["last_row"],
        date1904=facts["date1904"],
        hidden_row_count=facts["hidden_row_count"],
        hidden_rows=tuple(facts["hidden_rows"]),
        hidden_columns=tuple(facts["hidden_columns"]),
        merges=tuple((r1, c1, r2, c2) for r1, c1, r2, c2 in facts["head_merges"]),
        merge_count=facts["merge_count"],
        error_count=facts["error_count"],
        problem=FileError(problem[0], **problem[1]) if problem else None,
    )


def read_workbook(
    path: Path,
    folder: Path,
    *,
    name: str = "",
    limits: Limits | None = None,
    on_progress: OnProgress | None = None,
) -> Workbook:
    """Parse the file into `folder` (created; its former answer is dropped).

    on_progress hears the rows done about twice a second, also when there is nothing new; what
    it raises (a cancelled or lost job) kills the child and passes on.
    """
    limits = limits or Limits()
    folder.mkdir(parents=True, exist_ok=True)
    for stale in (*folder.glob("sheet-*.rows"), folder / BOOK, folder / ERROR):
        stale.unlink(missing_ok=True)
    request = {"path": str(path.resolve()), "name": name or path.name, "limits": asdict(limits)}
    (folder / REQUEST).write_text(json.dumps(request, ensure_ascii=False), encoding="utf-8")
    ended = _run(folder, limits, on_progress or (lambda rows: None))
    if (folder / BOOK).exists() and ended == 0:
        book = Workbook.load(folder)
        if not any(sheet.row_count or sheet.problem for sheet in book.sheets):
            raise FileError("E-FILE-17")
        return book
    if (folder / ERROR).exists():
        code, facts = json.loads((folder / ERROR).read_text(encoding="utf-8"))
        raise FileError(code, **facts)
    if ended == -signal.SIGXCPU:
        raise FileError("E-FILE-15")
    raise FileError("E-FILE-07", what="解析程序无法读完该文件")


def _run(folder: Path, limits: Limits, on_progress: OnProgress) -> int:
    """The exit status of the child; negative for the signal that ended it."""
    child = subprocess.Popen(
        [sys.executable, "-m", "core.spreadsheets.child", str(folder.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder.resolve())},
        start_new_session=True,
    )
    try:
        _listen(child, time.monotonic() + limits.wall_seconds, on_progress)
        return child.wait(timeout=POLL_SECONDS * 20)
    except subprocess.TimeoutExpired as late:
        raise FileError("E-FILE-15") from late
    finally:
        _end(child)


def _listen(child: subprocess.Popen[bytes], deadline: float, on_progress: OnProgress) -> None:
    """Follow the child's progress until it closes its output."""
    assert child.stdout is not None
    rows, told = 0, 0.0
    with DefaultSelector() as selector:
        selector.register(child.stdout, EVENT_READ)
        while True:
            if time.monotonic() > deadline:
                raise FileError("E-FILE-15")
            if selector.select(POLL_SECONDS):
                heard = os.read(child.stdout.fileno(), 65536)
                if not heard:
                    return
                rows = int(heard.split()[-1] if heard.endswith(b"\n") else rows)
            now = time.monotonic()
            if now - told >= POLL_SECONDS:
                told = now
                on_progress(rows)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing of the child's process group outlives the call."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdout:
        child.stdout.close()
