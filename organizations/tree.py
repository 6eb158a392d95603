"""Paths in the tree of organizations: computed from dated placements, stored for today.

A path is one fixed-width segment per level, so that a subtree is exactly a prefix.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import today
from core.pinyin import search_key
from organizations.models.organization import PartyOrganization
from organizations.models.placement import Placement

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEGMENT = 6  # characters; 36**6 organizations


class Cycle(ValueError):
    """An organization would stand below itself."""


def segment(organization_id: int) -> str:
    digits = ""
    while organization_id:
        organization_id, digit = divmod(organization_id, 36)
        digits = DIGITS[digit] + digits
    return digits.rjust(SEGMENT, "0")


def depth(path: str) -> int:
    """Levels above: 0 for the topmost organization."""
    return len(path) // SEGMENT - 1


def parents_as_of(day: date) -> dict[int, int | None]:
    """The superior of each organization that had a place in the tree on that day."""
    rows = Placement.objects.as_of(day).order_by()
    return dict(rows.values_list("organization_id", "parent_id"))


def path_as_of(day: date) -> dict[int, str]:
    """The path of each organization that had a place in the tree on that day."""
    return paths(parents_as_of(day))


def paths(parents: Mapping[int, int | None]) -> dict[int, str]:
    """Paths out of (organization → superior); raises Cycle."""
    found: dict[int, str] = {}
    for start in parents:
        line: list[int] = []
        here: int | None = start
        while here is not None and here not in found:
            if here in line:
                raise Cycle(here)
            line.append(here)
            here = parents.get(here)
        above = found[here] if here is not None else ""
        for organization in reversed(line):
            above = found[organization] = above + segment(organization)
    return found


@dataclass(frozen=True)
class Line:
    """One organization of a printed tree; `level` counts from the topmost one shown."""

    organization: PartyOrganization
    level: int

    @property
    def indent(self) -> str:
        return "\u3000" * self.level  # as wide as a Chinese character


def in_order(organizations: Iterable[PartyOrganization]) -> list[Line]:
    """Each organization after its superior, neighbours in the official order."""
    by_path = {one.path: one for one in organizations}

    def line(path: str) -> list[PartyOrganization]:
        ends = range(SEGMENT, len(path) + 1, SEGMENT)
        return [by_path[path[:end]] for end in ends if path[:end] in by_path]

    lines = {path: line(path) for path in by_path}
    order = sorted(lines.values(), key=lambda one: [(o.official_order, o.code) for o in one])
    return [Line(above[-1], len(above) - 1) for above in order]


def plant(
    pairs: Sequence[tuple[PartyOrganization, PartyOrganization | None]],
    *,
    document: str = "",
    reason: str = "",
) -> None:
    """Save new organizations (each with its superior, superiors first) and place them.

    Each is placed from the day it was established.
    """
    for number, (organization, _) in enumerate(pairs):
        organization.path = f"~{number}"
        organization.search_key = search_key(organization.name)
    PartyOrganization.objects.bulk_create([one for one, _ in pairs], batch_size=1000)
    for organization, parent in pairs:
        organization.path = (parent.path if parent else "") + segment(organization.pk)
    PartyOrganization.objects.bulk_update([one for one, _ in pairs], ["path"], batch_size=1000)
    Placement.objects.bulk_create(
        Placement(
            organization=organization,
            parent=parent,
            valid_from=organization.established_on or today(),
            document=document,
            reason=reason,
        )
        for organization, parent in pairs
    )


def refresh_paths(day: date | None = None) -> int:
    """Store the paths of today (or `day`); returns how many organizations moved."""
    wanted = path_as_of(day or today())
    moved = []
    for organization in PartyOrganization.objects.only("pk", "path"):
        path = wanted.get(organization.pk, organization.path)
        if path != organization.path:
            organization.path = path
            moved.append(organization)
    PartyOrganization.objects.bulk_update(moved, ["path"], batch_size=1000)
    return len(moved)
