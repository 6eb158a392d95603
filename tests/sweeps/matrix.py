"""Every address of the product, what right opens it, and whose row the sweep puts into it.

An address without a line in `tests/sweeps/rows` fails the sweep: who adds a page says who may see
it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.sweeps.row import Row
from tests.sweeps.rows import (
    accounts,
    activities,
    api,
    bodies,
    branch,
    core,
    development,
    dues,
    duties,
    enterprises,
    flow,
    instructors,
    members,
    organizations,
    reports,
    sites,
)
from tests.sweeps.stage import Stage

APPS = (
    accounts,
    activities,
    api,
    bodies,
    branch,
    core,
    development,
    dues,
    duties,
    enterprises,
    flow,
    instructors,
    members,
    organizations,
    reports,
    sites,
)
MATRIX: dict[str, Row] = {name: row for app in APPS for name, row in app.ROWS.items()}


def routes() -> list[str]:
    """The names of all addresses, from the resolver."""
    return sorted(_names(get_resolver().url_patterns))


def _names(patterns: Any, above: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = pattern.namespace
            yield from _names(pattern.url_patterns, f"{above}{space}:" if space else above)
        elif isinstance(pattern, URLPattern):
            yield f"{above}{pattern.name}"


@dataclass(frozen=True)
class Call:
    """What the sweep asks for: an address with its query, and the fields of a post."""

    url: str
    data: dict[str, str]


def present(name: str, stage: Stage) -> Call:
    """The address about a row of the eastern township."""
    row = MATRIX[name]
    if name == "api:no_such_route":
        return Call("/api/v1/nothing", {})
    kwargs = row.kwargs(stage) if row.kwargs else {}
    return _call(name, kwargs, stage.world.east.code)


def absent(name: str, stage: Stage) -> Call:
    """The same address about a row that never was."""
    row = MATRIX[name]
    kwargs = row.kwargs(stage) if row.kwargs else {}
    if "pk" in kwargs:
        is_job = isinstance(kwargs["pk"], UUID)
        kwargs["pk"] = UUID(int=1) if is_job else 987_654_321
    return _call(name, kwargs, "999999999")


def _call(name: str, kwargs: dict[str, Any], east: str) -> Call:
    row = MATRIX[name]
    query = f"?{row.query.format(east=east)}" if row.query else ""
    data = {field: value.format(east=east) for field, value in row.data.items()}
    return Call(reverse(name, kwargs=kwargs) + query, data)
