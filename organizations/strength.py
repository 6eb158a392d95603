"""How many party members an organization has on a day; an app above counts them.

Until members themselves are recorded, the yearly records of covered enterprises are the count.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from organizations.tree import SEGMENT


@dataclass(frozen=True)
class Strength:
    """Members, the probationary included, and full members; None where nobody has counted."""

    members: int | None = None
    full: int | None = None

    def __add__(self, other: "Strength") -> "Strength":
        return Strength(_sum(self.members, other.members), _sum(self.full, other.full))


# Gets a day and organizations; returns the strength of those that it knows, without their parts.
Counter = Callable[[date, Collection[int]], Mapping[int, Strength]]
_counters: list[Counter] = []


def register(counter: Counter) -> None:
    """Say how members are counted; a later counter replaces the ones before."""
    _counters[:] = [counter]


def strengths(day: date, paths: Mapping[int, str]) -> dict[int, Strength]:
    """Each organization of the paths (organization → path) with all that stands below it there."""
    found: dict[int, Strength] = {}
    for counter in _counters:
        for organization, own in counter(day, paths.keys()).items():
            for above in _line(paths[organization]):
                if above in paths:
                    found[above] = found.get(above, Strength()) + own
    return found


def _line(path: str) -> list[int]:
    return [int(path[start : start + SEGMENT], 36) for start in range(0, len(path), SEGMENT)]


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
