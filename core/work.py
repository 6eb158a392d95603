"""What stands on a user's work page: rows in its groups and blocks of rows, added by apps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line; `state` with its tone (`core.templatetags.ui.badge`) if it has one."""

    text: str
    url: str
    at: datetime | None = None
    state: str = ""
    tone: str = "none"
    action: str = "打开"


@dataclass(frozen=True)
class Block:
    """`more` is the page of the whole list; `empty` the sentence when there are no rows."""

    title: str
    rows: tuple[Row, ...]
    more: str = ""
    empty: str = ""


# Gets the user; returns nothing when the block is not for this user.
Provider = Callable[[Any], Block | None]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a block; called from AppConfig.ready, in the order in which blocks appear."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def blocks(user: Any) -> list[Block]:
    found = (provider(user) for provider in _providers)
    return [block for block in found if block is not None]


class Group(Enum):
    """Where a row stands: what came back, what waits for the user's decision, what he began."""

    RETURNED = "returned"
    WAITING = "waiting"
    STARTED = "started"


# Gets the user; yields his rows, the most urgent first. Each provider bounds its own rows.
RowProvider = Callable[[Any], Iterable[Row]]
_rows: dict[Group, list[RowProvider]] = {group: [] for group in Group}


def register_rows(group: Group, provider: RowProvider) -> None:
    """Add rows to a group; called from AppConfig.ready."""
    if provider not in _rows[group]:
        _rows[group].append(provider)


def rows(group: Group, user: Any) -> list[Row]:
    return [row for provider in _rows[group] for row in provider(user)]
