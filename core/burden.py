"""What is asked of people in a month by rule: apps add what they demand, one page adds it up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Demand:
    """Asked of each holder of a role, `times` a month on average; `fields` of one record."""

    role: str
    what: str
    times: Fraction
    fields: int
    source: str


# Gets the reader and the month's first and last day.
Provider = Callable[[Any, date, date], Iterable[Demand]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add what an app demands; called from AppConfig.ready."""
    if provider not in _providers:
        _providers.append(provider)


def demands(user: Any, first: date, last: date) -> list[Demand]:
    return [demand for provider in _providers for demand in provider(user, first, last)]
