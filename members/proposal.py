"""Who might be sent where: a proposal that balances load, distance and trade."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# What a firm more on the list, a step of distance and a strange trade count against each other:
# a neighbour is proposed until he has four firms more than somebody from another township.
LOAD, DISTANCE, TRADE = 1, 2, 1


@dataclass(frozen=True)
class Need:
    """An enterprise without instructor; `barred` may not come because they work there."""

    key: int
    area: int | None
    sector: str
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """An instructor with the number of enterprises he has; without an area he goes anywhere."""

    key: int
    area: int | None
    sector: str
    load: int


def propose(
    needs: Sequence[Need], candidates: Iterable[Candidate], *, limit: int
) -> dict[int, int]:
    """Instructor by enterprise. Earlier needs choose first, nobody comes to more than `limit`.

    A need stays out when nobody has room left.
    """
    people = sorted(candidates, key=lambda one: one.key)
    loads = {one.key: one.load for one in people}
    found: dict[int, int] = {}
    for need in needs:
        free = [one for one in people if loads[one.key] < limit and one.key not in need.barred]
        if free:
            chosen = min(free, key=lambda one: (_cost(need, one, loads[one.key]), one.key))
            loads[chosen.key] += 1
            found[need.key] = chosen.key
    return found


def _cost(need: Need, one: Candidate, load: int) -> int:
    return LOAD * load + DISTANCE * _distance(need, one) + TRADE * _strangeness(need, one)


def _distance(need: Need, one: Candidate) -> int:
    """0 in the same area, 1 for somebody without a place of his own, 2 from another area."""
    if one.area is None or need.area is None:
        return 1
    return 0 if one.area == need.area else 2


def _strangeness(need: Need, one: Candidate) -> int:
    return 0 if need.sector and need.sector == one.sector else 1
