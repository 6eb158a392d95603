"""The part of the tree of a day that a reader has opened: levels, never the whole tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, QuerySet, When

from core.dates import today
from core.text import fold
from organizations import past, tree
from organizations.models import PartyOrganization, Placement
from organizations.tabs import counts

LEVEL = 200  # of one superior's organizations before the reader asks for the rest
HITS = 20


@dataclass
class Node:
    """One line on screen; `children` is None where the level below is not opened."""

    organization: PartyOrganization
    level: int
    size: int = 0
    counts: list[tuple[str, int]] = field(default_factory=list)
    children: "Level | None" = None


@dataclass
class Level:
    """The organizations directly below `parent`; `hidden` of them are not among the nodes."""

    nodes: list[Node]
    parent: int | None = None
    hidden: int = 0


class Branches:
    """The tree of one day over what the user may see today."""

    def __init__(self, user: Any, day: date) -> None:
        self.user, self.day = user, day
        self.seen = PartyOrganization.objects.visible_to(user).existing(day)
        self._places = (
            Placement.objects.as_of(day)
            .filter(organization__in=self.seen)
            .select_related("organization")
            .order_by("organization__official_order", "organization__code")
        )

    def tops(self) -> list[PartyOrganization]:
        """Those whose superior the reader does not see."""
        return [place.organization for place in self._places.exclude(parent__in=self.seen)]

    def opened(self, organization: PartyOrganization | None) -> Level:
        """The tree opened down to the organization and the level below it; else the first top."""
        tops = self.tops()
        start = organization or (tops[0] if tops else None)
        line = self.line(start) if start else []
        levels = self._levels(line)
        return self._numbered(_grown(tops, levels, frozenset(line), 1, None, whole=False))

    def below(self, parent: PartyOrganization, level: int, *, whole: bool = False) -> Level:
        """The organizations directly below one, for a branch that the reader opens."""
        children = self._levels([parent.pk]).get(parent.pk, [])
        return self._numbered(_grown(children, {}, frozenset(), level, parent.pk, whole=whole))

    def found(self, text: str) -> QuerySet[PartyOrganization]:
        """What a search finds in the tree of the day: names that begin so first, one too many."""
        is_first = Case(When(name__istartswith=fold(text), then=0), default=1)
        placed = self.seen.filter(pk__in=self._places.order_by().values("organization"))
        return placed.search(text).order_by(is_first, "official_order", "code")[: HITS + 1]

    def superiors(self, organizations: Iterable[PartyOrganization]) -> dict[int, list[str]]:
        """The names above each, from the topmost that the reader sees."""
        lines = {one.pk: self.line(one)[:-1] for one in organizations}
        keys = {key for line in lines.values() for key in line}
        names = dict(self.seen.filter(pk__in=keys).values_list("pk", "name"))
        return {pk: [names[key] for key in line if key in names] for pk, line in lines.items()}

    @cached_property
    def _past(self) -> dict[int, str]:
        return tree.path_as_of(self.day)

    def line(self, organization: PartyOrganization) -> list[int]:
        """The keys from the topmost organization down to this one, on that day."""
        path = organization.path
        if self.day != today():
            path = self._past.get(organization.pk, "")
        steps = range(0, len(path), tree.SEGMENT)
        return [int(path[step : step + tree.SEGMENT], 36) for step in steps]

    def within(self, organization: PartyOrganization) -> QuerySet[PartyOrganization]:
        """What stood below it on that day, itself included."""
        if self.day == today():
            return self.seen.filter(path__startswith=organization.path)
        top = self._past.get(organization.pk)
        keys = [pk for pk, path in self._past.items() if top and path.startswith(top)]
        return self.seen.filter(pk__in=keys)

    def dress(self, organizations: list[PartyOrganization]) -> None:
        """Show organizations in memory as they were called on the day."""
        if self.day != today():
            past.as_they_were(organizations, self.day)

    def sizes(self, parents: Iterable[int]) -> dict[int, int]:
        """How many organizations stand directly below each."""
        below = self._places.filter(parent__in=list(parents)).order_by()
        return dict(below.values_list("parent").annotate(n=Count("pk")))

    def _levels(self, parents: list[int]) -> dict[int, list[PartyOrganization]]:
        levels: dict[int, list[PartyOrganization]] = {}
        for place in self._places.filter(parent__in=parents) if parents else ():
            levels.setdefault(place.parent_id, []).append(place.organization)
        return levels

    def _numbered(self, level: Level) -> Level:
        nodes = list(_flat(level))
        self.dress([node.organization for node in nodes])
        keys = [node.organization.pk for node in nodes]
        sizes = self.sizes(keys) if keys else {}
        for node in nodes:
            node.size = sizes.get(node.organization.pk, 0)
        for count in counts() if keys else ():
            numbers = count.each(self.user, keys, self.day)
            for node in nodes:
                if number := numbers.get(node.organization.pk):
                    node.counts.append((count.label, number))
        return level


def _grown(
    organizations: list[PartyOrganization],
    levels: dict[int, list[PartyOrganization]],
    line: frozenset[int],
    level: int,
    parent: int | None,
    *,
    whole: bool,
) -> Level:
    """A level with the branches of the line opened; whoever leads there is never cut off."""
    shown = [
        one for place, one in enumerate(organizations) if whole or place < LEVEL or one.pk in line
    ]
    nodes = []
    for one in shown:
        node = Node(one, level)
        if one.pk in line and one.pk in levels:
            node.children = _grown(levels[one.pk], levels, line, level + 1, one.pk, whole=False)
        nodes.append(node)
    return Level(nodes, parent, len(organizations) - len(shown))


def _flat(level: Level) -> Iterable[Node]:
    for node in level.nodes:
        yield node
        if node.children:
            yield from _flat(node.children)
