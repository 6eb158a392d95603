"""Which neighbours could form a joint branch together: pure grouping, the same on every run.

地域相邻、行业相近、规模适当、便于管理 (支部工作条例): firms of one place, first those of one
division of industry, then of one section, then of any; no group above the limit or below the
minimum.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from enterprises.industries import Industry


@dataclass(frozen=True)
class Firm:
    """An uncovered enterprise with too few full members; `place` is its reporting area."""

    key: int
    place: int
    industry: Industry
    full_members: int


@dataclass(frozen=True)
class Group:
    """Firms that reach the minimum together; `likeness` says what industry they share."""

    firms: tuple[Firm, ...]
    likeness: str

    @property
    def full_members(self) -> int:
        return sum(firm.full_members for firm in self.firms)

    @property
    def place(self) -> int:
        return self.firms[0].place


Bucket = tuple[Hashable, str]  # what the firms have in common, and how like they are
DIVISION, SECTION, PLACE = "division", "section", "place"


def _by_division(firm: Firm) -> Bucket | None:
    return ((firm.place, firm.industry.division), DIVISION) if firm.industry.division else None


def _by_section(firm: Firm) -> Bucket | None:
    return ((firm.place, firm.industry.section), SECTION) if firm.industry.section else None


def _by_place(firm: Firm) -> Bucket | None:
    return (firm.place, PLACE)


_STAGES: tuple[Callable[[Firm], Bucket | None], ...] = (_by_division, _by_section, _by_place)


def group(firms: Iterable[Firm], *, minimum: int, limit: int) -> list[Group]:
    """Groups of two to `limit` firms with at least `minimum` full members; others stay alone."""
    found: list[Group] = []
    rest = sorted(firms, key=_order)
    for stage in _STAGES:
        buckets: defaultdict[Bucket, list[Firm]] = defaultdict(list)
        left: list[Firm] = []
        for firm in rest:
            bucket = stage(firm)
            left.append(firm) if bucket is None else buckets[bucket].append(firm)
        for (_, likeness), members in buckets.items():
            packed, alone = _pack(members, minimum, limit)
            found += [Group(tuple(pack), likeness) for pack in packed]
            left += alone
        rest = sorted(left, key=_order)
    return _with_room(found, rest, limit)


def _order(firm: Firm) -> tuple[int, int, int]:
    """Those with more members first, so that each group gets one of them."""
    return firm.place, -firm.full_members, firm.key


def _pack(firms: Sequence[Firm], minimum: int, limit: int) -> tuple[list[list[Firm]], list[Firm]]:
    """Groups of even size if all of them reach the minimum, else as many as do; and the rest."""
    if limit < 2:
        return [], list(firms)
    number = -(-len(firms) // limit)
    even = [list(firms[start::number]) for start in range(number)]
    if all(_is_group(pack, minimum) for pack in even):
        return even, []
    chunks = [list(firms[start : start + limit]) for start in range(0, len(firms), limit)]
    packed = [chunk for chunk in chunks if _is_group(chunk, minimum)]
    return packed, [firm for chunk in chunks if not _is_group(chunk, minimum) for firm in chunk]


def _is_group(firms: Sequence[Firm], minimum: int) -> bool:
    return len(firms) > 1 and sum(firm.full_members for firm in firms) >= minimum


def _with_room(found: list[Group], alone: Iterable[Firm], limit: int) -> list[Group]:
    """Firms that are left over join the smallest group of their place that has room."""
    for firm in alone:
        open_groups = [
            index
            for index, one in enumerate(found)
            if one.place == firm.place and len(one.firms) < limit
        ]
        if open_groups:
            index = min(open_groups, key=lambda index: (len(found[index].firms), index))
            one = found[index]
            likeness = one.likeness if _is_like(firm, one) else PLACE
            found[index] = Group((*one.firms, firm), likeness)
    return sorted(found, key=lambda one: (one.place, one.firms[0].key))


def _is_like(firm: Firm, one: Group) -> bool:
    part = {DIVISION: 1, SECTION: 0}.get(one.likeness)
    return part is not None and firm.industry[part] == one.firms[0].industry[part]
