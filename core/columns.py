"""A column as one object: what templates, imports, lists, ledgers and the API say of a field."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """How values look on a screen and in a sheet."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CODE = "code"
    WHOLE = "whole"
    AMOUNT = "amount"
    DAY = "day"
    RATE = "rate"
    TICK = "tick"
    YES_NO = "yes_no"


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


_ALIGN = {
    Format.TEXT: Align.LEFT,
    Format.LONG_TEXT: Align.LEFT,
    Format.CODE: Align.CENTRE,
    Format.WHOLE: Align.RIGHT,
    Format.AMOUNT: Align.RIGHT,
    Format.DAY: Align.CENTRE,
    Format.RATE: Align.RIGHT,
    Format.TICK: Align.CENTRE,
    Format.YES_NO: Align.CENTRE,
}


class Authority(StrEnum):
    """Whose word counts when a register and an officer differ."""

    REGISTRY = "registry"
    OFFICER = "officer"


@dataclass(frozen=True)
class Column:
    """A field with its Chinese header; `sensitive` names the kind of `core.masking` that hides it.

    `parse` turns a raw cell into whatever its import expects; `width` is in characters of a sheet.
    """

    header: str
    field: str
    parse: Callable[[Any], Any] | None = None
    width: float = 12
    synonyms: tuple[str, ...] = ()
    required: bool = False
    sensitive: str = ""
    format: Format = Format.TEXT
    authority: Authority = Authority.REGISTRY
    help: str = ""

    @property
    def align(self) -> Align:
        return _ALIGN[self.format]


@dataclass(frozen=True)
class Group:
    """Columns and groups under one merged header cell."""

    header: str
    members: tuple["Column | Group", ...]


Members = Iterable[Column | Group]


@dataclass(frozen=True)
class HeaderCell:
    """A cell of a header of several rows; row and column count from 0."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def leaves(members: Members) -> list[Column]:
    """The columns under any depth of groups, in order."""
    found: list[Column] = []
    for member in members:
        found += [member] if isinstance(member, Column) else leaves(member.members)
    return found


def depth(members: Members) -> int:
    """How many header rows the members need."""
    return max(
        (1 if isinstance(member, Column) else 1 + depth(member.members) for member in members),
        default=0,
    )


def header_cells(members: Members) -> list[HeaderCell]:
    """The merged cells of the header; a column without group reaches down to the last row."""
    members = list(members)
    return list(_cells(members, 0, 0, depth(members)))


def _cells(members: Members, row: int, column: int, rows: int) -> Iterator[HeaderCell]:
    for member in members:
        if isinstance(member, Column):
            yield HeaderCell(member.header, row, column, rows, 1)
            column += 1
        else:
            width = len(leaves(member.members))
            yield HeaderCell(member.header, row, column, 1, width)
            yield from _cells(member.members, row + 1, column, rows - 1)
            column += width


class Vocabulary:
    """The columns of one subject; a field and a header each have one meaning in it."""

    def __init__(self, *columns: Column) -> None:
        self._by_field = {column.field: column for column in columns}
        if len(self._by_field) < len(columns):
            raise ValueError("a field has two columns")

    def __iter__(self) -> Iterator[Column]:
        return iter(self._by_field.values())

    def __len__(self) -> int:
        return len(self._by_field)

    def __getitem__(self, field: str) -> Column:
        return self._by_field[field]

    def __contains__(self, field: object) -> bool:
        return field in self._by_field

    def pick(self, *fields: str) -> tuple[Column, ...]:
        """The columns of these fields, in the order asked for."""
        return tuple(self._by_field[field] for field in fields)
