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
    `action` is the word on its link.
    """

    on: date
    subject: str
    what: str
    url: str
    shown_from: date | None = field(default=None, compare=False)
    action: str = field(default="去办理", compare=False)

    def is_shown(self, day: date, until: date) -> bool:
        return self.on <= until or (self.shown_from is not None and self.shown_from <= day)


# Gets the user and the last day asked for; yields what is within the user's scope and still open,
# the overdue included. The user is whatever the account app says: `core` knows only its name.
Provider = Callable[[Any, date], Iterable[Deadline]]


@dataclass(frozen=True)
class Source:
    """One kind of deadline: the key that reminder rules keep, its name and who tells them."""

    key: str
    label: str
    provider: Provider


_sources: dict[str, Source] = {}


def register(key: str, label: str, provider: Provider) -> None:
    """Add a kind of deadline; called from AppConfig.ready."""
    _sources.setdefault(key, Source(key, label, provider))


def sources() -> list[Source]:
    return list(_sources.values())


def due(user: Any, until: date) -> list[Deadline]:
    """What is open for the user and due up to that day or shown already, most urgent first."""
    day = today()
    return sorted(
        deadline
        for source in _sources.values()
        for deadline in source.provider(user, until)
        if deadline.is_shown(day, until)
    )


def of_kind(key: str, user: Any, until: date) -> list[Deadline]:
    """What of one kind is open for the user and due up to that day; none of an unknown kind."""
    source = _sources.get(key)
    found = source.provider(user, until) if source else ()
    return sorted(deadline for deadline in found if deadline.on <= until)
