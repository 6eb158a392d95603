"""What falls due when: apps register providers here, the page "my work" asks them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, order=True)
class Deadline:
    """`what` must be done about `subject` on or before `on`; `url` is the page where it is done."""

    on: date
    subject: str
    what: str
    url: str


# Gets the user and the last day asked for; yields what is within the user's scope and still open,
# the overdue included. The user is whatever the account app says: `core` knows only its name.
Provider = Callable[[Any, date], Iterable[Deadline]]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a source of deadlines; called from AppConfig.ready or as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def due(user: Any, until: date) -> list[Deadline]:
    """Everything open for the user that falls due up to that day, the most urgent first."""
    return sorted(
        deadline
        for provider in _providers
        for deadline in provider(user, until)
        if deadline.on <= until
    )
