"""What hangs in the page of an organization: tabs, marks beside its name, counts, further logs.

Apps above fill the registries in `AppConfig.ready`; this module knows none of them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count as Counted
from django.db.models import QuerySet, Value

from organizations.models import PartyOrganization


@dataclass(frozen=True)
class Visit:
    """Who looks at which organization as of which day; `query` is the rest of the address."""

    user: Any
    organization: PartyOrganization
    day: date
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Brief:
    """A short table of the printed card; `total` counts what `rows` may only begin to list."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    total: int


@dataclass(frozen=True)
class Tab:
    """`provide` gives the context of `template`; `brief` what the card prints of it."""

    key: str
    label: str
    template: str
    provide: Callable[[Visit], dict[str, Any]]
    permission: str = "organizations.view"
    order: int = 50
    brief: Callable[[Visit], Brief] | None = None


@dataclass(frozen=True)
class Mark:
    """A state tag beside the name; `tone` as for the tag `badge`."""

    label: str
    tone: str = "none"


@dataclass(frozen=True)
class Count:
    """How much of something hangs on organizations within the user's scope on a day.

    `each` counts by organization and leaves zeros out; `total` is the query of one number (see
    `number_of`) over several of them, nothing twice. `tab` is where the number leads.
    """

    key: str
    label: str
    each: Callable[[Any, Collection[int], date], Mapping[int, int]]
    total: Callable[[Any, QuerySet[PartyOrganization], date], QuerySet[Any]]
    tab: str = ""


@dataclass(frozen=True)
class Log:
    """Objects of an organization whose log is shown with its history, to who may see them."""

    key: str
    label: str
    permission: str
    targets: Callable[[PartyOrganization], QuerySet[Any]]


_tabs: dict[str, Tab] = {}
_marks: dict[str, Callable[[Visit], Iterable[Mark]]] = {}
_counts: dict[str, Count] = {}
_logs: dict[str, Log] = {}


def register_tab(tab: Tab) -> None:
    _tabs[tab.key] = tab


def register_marks(key: str, marks: Callable[[Visit], Iterable[Mark]]) -> None:
    """Say what stands beside the name of an organization, e.g. the days left of its term."""
    _marks[key] = marks


def register_count(count: Count) -> None:
    _counts[count.key] = count


def register_log(log: Log) -> None:
    _logs[log.key] = log


def logs_for(user: Any) -> list[Log]:
    return [log for log in _logs.values() if user.has_perm(log.permission)]


def tabs_for(user: Any) -> list[Tab]:
    """The tabs that the user may open, in their order."""
    allowed = (tab for tab in _tabs.values() if user.has_perm(tab.permission))
    return sorted(allowed, key=lambda tab: (tab.order, tab.key))


def marks_of(visit: Visit) -> list[Mark]:
    return [mark for marks in _marks.values() for mark in marks(visit)]


def briefs_of(visit: Visit) -> list[Brief]:
    """What the printed card says beside the facts; a tab without rows is left out."""
    briefs = (tab.brief(visit) for tab in tabs_for(visit.user) if tab.brief)
    return [brief for brief in briefs if brief.rows]


def number_of(rows: QuerySet[Any], what: str = "pk") -> QuerySet[Any]:
    """A query of one number, how many different `what` the rows have, to stand in another query."""
    alone = rows.order_by().annotate(together=Value(1)).values("together")
    found: QuerySet[Any] = alone.annotate(number=Counted(what, distinct=True)).values("number")
    return found


def counts() -> list[Count]:
    return list(_counts.values())
