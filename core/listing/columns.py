"""Columns that lists share: how codes, names, numbers, days and states look on screen and sheet."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

import django_tables2 as tables

from core.columns import Format
from core.masking import mask
from core.templatetags.ui import badge, day, moment, number


class ListTable(tables.Table):  # type: ignore[misc]
    """The base of the tables of list pages; an unknown value stays blank."""

    class Meta:
        default = ""


class NameColumn(tables.Column):  # type: ignore[misc]
    """The column that names the row and usually links to it."""

    sheet_width = 30

    def __init__(self, *args: Any, **extra: Any) -> None:
        extra.setdefault("attrs", {"cell": {"class": "name"}})
        super().__init__(*args, **extra)


class CodeColumn(tables.Column):  # type: ignore[misc]
    """A code, never broken over lines."""

    sheet_format, sheet_width = Format.CODE, 22

    def __init__(self, *args: Any, **extra: Any) -> None:
        extra.setdefault("attrs", {"cell": {"class": "code"}})
        super().__init__(*args, **extra)


class PersonalColumn(CodeColumn):
    """Numbers of persons: masked by `kind`, and whole in an export that says what it is for.

    `beside` is what other columns of the list tell (`core.masking.Shown`). A list with such a
    column asks for the purpose before it is exported.
    """

    def __init__(
        self, *args: Any, kind: str, beside: AbstractSet[str] = frozenset(), **extra: Any
    ) -> None:
        self.kind, self.beside, self.whole = kind, beside, False
        super().__init__(*args, **extra)

    def render(self, value: str) -> str:
        return mask(self.kind, value, self.beside)

    def value(self, value: str) -> str:
        return value if self.whole else mask(self.kind, value, self.beside)


class NumberColumn(tables.Column):  # type: ignore[misc]
    """A whole number: right-aligned, grouped on screen, a number in the sheet."""

    sheet_format, sheet_width = Format.WHOLE, 10

    def __init__(self, *args: Any, **extra: Any) -> None:
        extra.setdefault("attrs", {"cell": {"class": "num"}})
        super().__init__(*args, **extra)

    def render(self, value: int) -> str:
        return number(value)

    def value(self, value: int) -> int:
        return value


class DayColumn(tables.Column):  # type: ignore[misc]
    sheet_format, sheet_width = Format.DAY, 12

    def __init__(self, *args: Any, **extra: Any) -> None:
        extra.setdefault("attrs", {"cell": {"class": "nowrap"}})
        super().__init__(*args, **extra)

    def render(self, value: Any) -> str:
        return day(value)

    def value(self, value: Any) -> Any:
        return value


class MomentColumn(DayColumn):
    sheet_format, sheet_width = Format.TEXT, 17

    def render(self, value: Any) -> str:
        return moment(value)

    def value(self, value: Any) -> Any:
        return moment(value)


class StateColumn(tables.Column):  # type: ignore[misc]
    """A choice field as a tag; `tones` gives the tone of each stored code."""

    attrs_default: ClassVar = {"cell": {"class": "nowrap"}}

    def __init__(self, *args: Any, tones: Mapping[str, str], **extra: Any) -> None:
        extra.setdefault("attrs", self.attrs_default)
        self.tones = tones
        super().__init__(*args, **extra)

    def render(self, value: Any, record: Any, bound_column: Any) -> str:
        """The label comes from the field's choices, the tone from the code behind it."""
        code = str(bound_column.accessor.resolve(record))
        return badge(value, self.tones.get(code, "none"))

    def value(self, value: Any) -> Any:
        return value


def sheet_face(column: tables.Column) -> tuple[Format, float]:
    """How a list's column looks in a sheet: format and width in characters."""
    return getattr(column, "sheet_format", Format.TEXT), getattr(column, "sheet_width", 14)
