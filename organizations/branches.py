"""The part of the tree of a day that a reader has opened: levels, never the whole tree."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Case, ExpressionWrapper, Q, QuerySet, When

from core.dates import today
from core.text import fold
from core.validity import valid_on
from organizations import past, tree
from organizations.models import PartyOrganization, Placement
from organizations.tabs import Count, counts

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
        visible = PartyOrganization.objects.visible_to(user)
        self.seen = visible.filter(valid_on(day, "placements__"))
        self._places = (
            Placement.objects.as_of(day)
            .filter(organization__in=visible)
            .select_related("organization")
            .order_by("organization__official_order", "organization__code")
        )
        self._tops = Q(parent=None) | ~Q(parent__in=visible)  # whose superior the reader misses
        self._numbers: dict[str, dict[int, int]] = {}
        self._names: dict[int, dict[str, str]] = {}
        self._shown: dict[int, PartyOrganization] = {}

    def opened(self, organization: PartyOrganization | None) -> Level:
        """The tree opened down to the organization and the level below it; else the first top."""
        if organization is None:
            place = self._places.filter(self._tops).first()
            organization = place.organization if place else None
        line = self.line(organization) if organization else []
        tops: list[PartyOrganization] = []
        levels: dict[int, list[PartyOrganization]] = defaultdict(list)
        is_top = ExpressionWrapper(self._tops, models.BooleanField())
        for place in self._places.filter(self._tops | Q(parent__in=line)).annotate(is_top=is_top):
            home = tops if place.is_top else levels[place.parent_id]
            home.append(place.organization)
        return self._numbered(_grown(tops, levels, frozenset(line), 1, None))

    def below(self, parent: PartyOrganization, level: int, *, whole: bool = False) -> Level:
        """The organizations directly below one, for a branch that the reader opens."""
        children = [place.organization for place in self._places.filter(parent=parent)]
        shown = len(children) if whole else LEVEL
        nodes = [Node(one, level) for one in children[:shown]]
        return self._numbered(Level(nodes, parent.pk, len(children) - len(nodes)))

    def found(self, text: str) -> QuerySet[PartyOrganization]:
        """What a search finds in the tree of the day: names that begin so first, one too many."""
        is_first = Case(When(name__istartswith=fold(text), then=0), default=1)
        return self.seen.search(text).order_by(is_first, "official_order", "code")[: HITS + 1]

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

    def superior(self, organization: PartyOrganization) -> PartyOrganization | None:
        """Its superior on that day, whether or not the reader may open it."""
        line = self.line(organization)
        if organization.pk in self._shown and len(line) > 1 and line[-2] in self._shown:
            return self._shown[line[-2]]
        places = Placement.objects.as_of(self.day).filter(organization=organization)
        place = places.select_related("parent").first()
        return place.parent if place else None

    def dress(self, organizations: Iterable[PartyOrganization]) -> None:
        """Show organizations in memory as they were called on the day."""
        if self.day == today():
            return
        bare = [one for one in organizations if one.pk not in self._names]
        past.as_they_were(bare, self.day)
        for one in bare:
            self._names[one.pk] = {name: getattr(one, name) for name in past.DATED}
        for one in organizations:
            vars(one).update(self._names[one.pk])

    def size(self, organization: PartyOrganization) -> int:
        """How many organizations stand directly below it."""
        return self._sizes([organization.pk])[organization.pk]

    def number(self, count: Count, organization: PartyOrganization) -> int:
        return self._counted(count, [organization.pk])[organization.pk]

    def _sizes(self, keys: list[int]) -> dict[int, int]:
        def each(asked: list[int]) -> dict[int, int]:
            below = self._places.filter(parent__in=asked).order_by().values_list("parent")
            return dict(below.annotate(n=models.Count("pk")))

        return self._kept("", keys, each)

    def _counted(self, count: Count, keys: list[int]) -> dict[int, int]:
        return self._kept(count.key, keys, lambda asked: count.each(self.user, asked, self.day))

    def _kept(
        self, what: str, keys: list[int], each: Callable[[list[int]], Mapping[int, int]]
    ) -> dict[int, int]:
        """The numbers of these organizations; each is asked of the database once."""
        kept = self._numbers.setdefault(what, {})
        if asked := [key for key in keys if key not in kept]:
            found = each(asked)
            kept.update((key, found.get(key, 0)) for key in asked)
        return kept

    def _numbered(self, level: Level) -> Level:
        nodes = list(_flat(level))
        self._shown |= {node.organization.pk: node.organization for node in nodes}
        self.dress([node.organization for node in nodes])
        keys = [node.organization.pk for node in nodes]
        sizes = self._sizes(keys)
        numbers = [(count.label, self._counted(count, keys)) for count in counts()]
        for node in nodes:
            key = node.organization.pk
            node.size = sizes[key]
            node.counts = [(label, each[key]) for label, each in numbers if each[key]]
        return level


def _grown(
    organizations: list[PartyOrganization],
    levels: dict[int, list[PartyOrganization]],
    line: frozenset[int],
    level: int,
    parent: int | None,
) -> Level:
    """A level with the branches of the line opened; whoever leads there is never cut off."""
    shown = [one for place, one in enumerate(organizations) if place < LEVEL or one.pk in line]
    nodes = []
    for one in shown:
        node = Node(one, level)
        if one.pk in line and one.pk in levels:
            node.children = _grown(levels[one.pk], levels, line, level + 1, one.pk)
        nodes.append(node)
    return Level(nodes, parent, len(organizations) - len(shown))


def _flat(level: Level) -> Iterable[Node]:
    for node in level.nodes:
        yield node
        if node.children:
            yield from _flat(node.children)
