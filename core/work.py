"""What stands on a user's work page: blocks that apps add, each a few rows with links."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line; `state` with its tone (`core.templatetags.ui.badge`) if it has one."""

    text: str
    url: str
    at: datetime | None = None
    state: str = ""
    tone: str = "none"


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
