"""What falls due when: apps register providers here, the page "my work" asks them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.dates import today


@dataclass(frozen=True, order=True)
class Deadline:
    """`what` must be done about `subject` on or before `on`; `url` is the page where it is done.

    What takes long to prepare may stand on the work page earlier than the rest: `shown_from`.
    """

    on: date
    subject: str
    what: str
    url: str
    shown_from: date | None = field(default=None, compare=False)

    def is_shown(self, day: date, until: date) -> bool:
        return self.on <= until or (self.shown_from is not None and self.shown_from <= day)


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
    """What is open for the user and due up to that day or shown already, most urgent first."""
    day = today()
    return sorted(
        deadline
        for provider in _providers
        for deadline in provider(user, until)
        if deadline.is_shown(day, until)
    )
