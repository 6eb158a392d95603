"""What an import of the second year must find, worked out from the two lists alone."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import CODE, DAY, STAFF, Row
from core.identifiers import Verdict, check_uscc

SPOILT = {
    DAY: "2023-02-30",
    STAFF: "约十人",
}  # cells that keep a row out until an officer confirms it


@dataclass(frozen=True)
class Reference:
    """Rows by bucket; `unknown_codes` counts codes of any kind that the first year lacks."""

    new: int
    changed: int
    same: int
    not_seen: int
    error: int
    unknown_codes: int

    @classmethod
    def of(cls, before: Path, after: Path) -> "Reference":
        known = {row[CODE]: row for row in _rows(before)}
        new = changed = same = error = 0
        seen: set[str] = set()
        unknown: set[str] = set()
        for row in _rows(after):
            code = row[CODE]
            if code not in known:
                unknown.add(code)
            if check_uscc(code) is not Verdict.OK or code in seen or _is_spoilt(row):
                error += 1
                continue
            seen.add(code)
            if code not in known:
                new += 1
            elif row == known[code]:
                same += 1
            else:
                changed += 1
        gone = sum(code not in seen for code in known)
        return cls(new, changed, same, gone, error, len(unknown))

    def agrees(self, buckets: dict[str, int]) -> bool:
        """A new row whose name resembles another's waits as a possible match."""
        found = dict(buckets)
        found["new"] += found.pop("possible_match")
        return found == {
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "not_seen": self.not_seen,
            "error": self.error,
        }


def _is_spoilt(row: Row) -> bool:
    return any(row[place] == text for place, text in SPOILT.items())


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader
