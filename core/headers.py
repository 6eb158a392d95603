"""Where the header of a foreign sheet is and which of our columns each of its cells means."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from core.columns import Column, Vocabulary
from core.text import fold

MAX_DEPTH = 3
SEARCHED_ROWS = 30
LEAST_RECOGNISED = 2

Row = Sequence[object]
Path = tuple[str, ...]

_NOISE = re.compile(r"[\s*:_]+")
_REMARK = re.compile(r"\(.*?\)|\[.*?\]")


@dataclass(frozen=True)
class Recognition:
    """What the labels of a header mean: positions count from 0 like cells of the row."""

    labels: tuple[str, ...]
    fields: Mapping[int, str]
    duplicates: Mapping[str, tuple[int, ...]]
    missing: tuple[Column, ...]

    @property
    def unknown(self) -> dict[int, str]:
        """Columns we have no word for; they are kept under their own label."""
        taken = {place for places in self.duplicates.values() for place in places}
        return {
            place: label
            for place, label in enumerate(self.labels)
            if label and place not in self.fields and place not in taken
        }


@dataclass(frozen=True)
class Header:
    """A header of `depth` rows that starts at `row` (from 0)."""

    row: int
    depth: int
    recognition: Recognition

    @property
    def score(self) -> int:
        return len(self.recognition.fields)


def label_key(label: str) -> str:
    """A label without width, blanks, line breaks, stars and colons."""
    return _NOISE.sub("", fold(label)).upper()


def signature(labels: Iterable[str]) -> str:
    """Names a header, so that a mapping corrected by hand is found again next year."""
    keys = "\n".join(label_key(label) for label in labels)
    return hashlib.sha256(keys.encode()).hexdigest()[:32]


def recognise(
    vocabulary: Vocabulary,
    labels: Sequence[str | Path],
    remembered: Mapping[str, str] | None = None,
) -> Recognition:
    """The meaning of each label; a path names the merged cells above the label as well.

    `remembered` (label key to field, "" for 不导入) is the user's word and wins.
    """
    known = _known_labels(vocabulary)
    paths = [(label,) if isinstance(label, str) else label for label in labels]
    chosen: dict[str, list[int]] = {}
    for place, path in enumerate(paths):
        own = (remembered or {}).get(label_key("".join(path)))
        field = own if own is not None else _meaning(path, known)
        if field:
            chosen.setdefault(field, []).append(place)
    return Recognition(
        labels=tuple("·".join(path) for path in paths),
        fields={places[0]: field for field, places in chosen.items()},
        duplicates={field: tuple(places) for field, places in chosen.items() if len(places) > 1},
        missing=tuple(
            column for column in vocabulary if column.required and column.field not in chosen
        ),
    )


@lru_cache(32)
def _known_labels(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Every header and synonym by its key; a header of one column wins over another's synonym."""
    known: dict[str, str] = {}
    for column in vocabulary:
        for synonym in column.synonyms:
            known.setdefault(label_key(synonym), column.field)
    return known | {label_key(column.header): column.field for column in vocabulary}


def _meaning(path: Path, known: Mapping[str, str]) -> str:
    """The field of the whole path, else of ever fewer cells from the bottom, remarks set aside."""
    for start in range(len(path)):
        key = label_key("".join(path[start:]))
        field = known.get(key) or known.get(_REMARK.sub("", key))
        if field:
            return field
    return ""


def find_headers(
    vocabulary: Vocabulary, rows: Sequence[Row], remembered: Mapping[str, str] | None = None
) -> list[Header]:
    """Headers in the first rows of a sheet, the best first; none overlaps a better one.

    Two headers of equal score are for the user to choose from.
    """
    found = [
        Header(
            start, deep, recognise(vocabulary, label_paths(rows[start : start + deep]), remembered)
        )
        for start in range(min(len(rows), SEARCHED_ROWS))
        for deep in range(1, min(MAX_DEPTH, len(rows) - start) + 1)
    ]
    found = [header for header in found if header.score >= LEAST_RECOGNISED]
    best: list[Header] = []
    for header in sorted(found, key=_rank):
        if all(_apart(header, other) for other in best):
            best.append(header)
    return best


def _rank(header: Header) -> tuple[int, ...]:
    """More meaning first; then no row of data taken for a header; then no label left above."""
    labelled = sum(map(bool, header.recognition.labels))
    return -header.score, header.row + header.depth, -labelled, header.depth


def _apart(one: Header, other: Header) -> bool:
    return one.row + one.depth <= other.row or other.row + other.depth <= one.row


def label_paths(rows: Sequence[Row]) -> list[Path]:
    """For each column its texts from the top row down; a merged cell counts for all it covers."""
    turned = zip_longest(*([_text(cell) for cell in row] for row in rows), fillvalue="")
    grid = [list(row) for row in zip(*turned, strict=True)]  # all rows of equal length
    for above, below in reversed(list(pairwise(grid))):
        for place, text in enumerate(below):
            if text and place and not above[place]:
                above[place] = above[place - 1]
    return [_path(column) for column in zip(*grid, strict=True)]


def _text(cell: object) -> str:
    return fold(cell) if isinstance(cell, str) else ""


def _path(texts: Iterable[str]) -> Path:
    path: list[str] = []
    for text in texts:
        if text and text not in path[-1:]:
            path.append(text)
    return tuple(path)
