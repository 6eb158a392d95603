"""The table of a list: which columns it shows and how its sort reaches the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django_tables2.data import TableData
from django_tables2.rows import BoundRow

from core.listing.paging import Order
from core.listing.state import ListState


class PageData(TableData):  # type: ignore[misc]
    """Rows that the database has already put in order; it only learns the order asked for."""

    def __init__(self, model: Any) -> None:
        super().__init__([])
        self._model = model
        self.names: list[str] = []

    @property
    def model(self) -> Any:
        return self._model

    def __len__(self) -> int:
        return len(self.data)

    def order_by(self, aliases: Sequence[str]) -> None:
        self.names = []
        for alias in aliases:
            accessors = self.table.columns[alias.lstrip("-")].column.order_by or (
                self.table.columns[alias.lstrip("-")].accessor,
            )
            for accessor in accessors:
                name = str(accessor).replace(".", "__")
                self.names.append(_opposite(name) if alias.startswith("-") else name)


def _opposite(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


@dataclass(frozen=True)
class Header:
    """A column's head: its words, and where a press on it leads."""

    name: str
    label: str
    css: str
    url: str
    sorted: str  # the word for aria-sort, empty where the list is not sorted by this column


@dataclass(frozen=True)
class Row:
    key: Any
    label: str
    css: str
    cells: list[tuple[str, str, Any]]  # class, label, content


def build_table(
    table_class: type[tables.Table], model: Any, shown: Sequence[str], sort: str
) -> tables.Table:
    """A table without rows yet; unknown sorts fall away inside it."""
    hidden = [name for name in table_class.base_columns if name not in shown]
    return table_class(
        data=PageData(model), order_by=(sort,), order_by_field="sort", exclude=hidden, default=""
    )


def order_of(table: tables.Table, indexed: Sequence[str]) -> Order:
    """The database's order: what the table asks for, then the primary key, in one direction."""
    ordering = table.data.model._meta.ordering
    names = list(table.data.names) or [name for name in ordering if isinstance(name, str)]
    keyset = len(table.order_by) == 1 and table.order_by[0].lstrip("-") in indexed
    last = "-pk" if names and names[0].startswith("-") else "pk"
    return Order((*names, last), keyset=keyset)


def headers(table: tables.Table, state: ListState) -> list[Header]:
    found = []
    for column in table.columns:
        alias = column.order_by_alias
        url = state.link(sort=str(alias.next)) if column.orderable else ""
        direction = "descending" if alias.is_descending else "ascending"
        found.append(
            Header(
                name=column.name,
                label=str(column.header),
                css=_css(column, "th"),
                url=url,
                sorted=direction if column.is_ordered else "",
            )
        )
    return found


def rows(table: tables.Table, records: Sequence[Any]) -> list[Row]:
    """The records as drawn cells; classes of columns are asked once, not per cell."""
    columns = [(column, _css(column, "td"), str(column.header)) for column in table.columns]
    drawn = []
    for record in records:
        bound = BoundRow(record, table)
        cells = []
        for column, css, label in columns:
            content = bound.get_cell(column.name)
            cells.append((css if content != "" else f"{css} blank".strip(), label, content))
        drawn.append(Row(record.pk, str(record), _row_css(table, record), cells))
    return drawn


def _css(column: Any, part: str) -> str:
    attrs = column.column.attrs
    return str((attrs.get(part) or attrs.get("cell") or {}).get("class", ""))


def _row_css(table: tables.Table, record: Any) -> str:
    css = table.row_attrs.get("class", "")
    return str(css(record=record) if callable(css) else css)


def values(table: tables.Table, records: Iterator[Any]) -> Iterator[list[Any]]:
    """The records as plain values for a sheet, masked wherever the screen masks them."""
    names = [column.name for column in table.columns if not column.column.exclude_from_export]
    for record in records:
        bound = BoundRow(record, table)
        yield [bound.get_cell_value(name) for name in names]
