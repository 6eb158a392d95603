"""What an act would change: looked at before and after it, in a savepoint that is rolled back.

Apps above register what they can measure in `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from datetime import date
from inspect import signature
from typing import Any

from django.db import transaction

from core.dates import today
from organizations import closing
from organizations.closing import Dependent, Homes
from organizations.models import OrganizationChange, PartyOrganization

Service = Callable[..., Any]


@dataclass(frozen=True)
class Focus:
    """The organizations of an act, its day, and who looks at it."""

    organizations: tuple[PartyOrganization, ...]
    on: date
    actor: Any


@dataclass(frozen=True)
class Line:
    """One figure before and after; `concern` marks what got worse."""

    label: str
    before: str
    after: str
    concern: bool = False


@dataclass(frozen=True)
class Measure:
    """`look` is called before and after the act, `tell` puts both side by side."""

    key: str
    label: str
    look: Callable[[Focus], Any]
    tell: Callable[[Any, Any], Iterable[Line]]


@dataclass(frozen=True)
class Group:
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Preview:
    """`homeless` blocks the act; `moves` are {label, count, home}; `groups` what figures change."""

    homeless: tuple[Dependent, ...]
    moves: tuple[dict[str, Any], ...]
    groups: tuple[Group, ...]

    @property
    def is_possible(self) -> bool:
        return not self.homeless


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    """Add a figure to every preview; called from AppConfig.ready."""
    if _measures.setdefault(measure.key, measure) != measure:
        raise ValueError(f"{measure.key} is registered already")


def preview(service: Service, **arguments: Any) -> Preview:
    """What the service would do with these arguments; nothing is written.

    Raises the ValidationError of the service, except for what merely lacks a new home.
    """
    copies = _copies(arguments)
    if "homes" in signature(service).parameters:
        copies["homes"] = copies.get("homes", closing.NO_HOMES).leniently()
    with transaction.atomic():
        change, groups = _observed(service, copies)
        transaction.set_rollback(True)
    moves = tuple(line for line in change.consequences if line["home"])
    return Preview(tuple(getattr(change, "homeless", ())), moves, groups)


def perform(service: Service, **arguments: Any) -> OrganizationChange:
    """Call the service and keep in its history what figures it changed."""
    with transaction.atomic():
        change, groups = _observed(service, arguments)
        figures = [
            {"group": group.label, **asdict(line)} for group in groups for line in group.lines
        ]
        change.consequences = [*change.consequences, *figures]
        change.save(update_fields=["consequences"])
    return change


def _observed(
    service: Service, arguments: Mapping[str, Any]
) -> tuple[OrganizationChange, tuple[Group, ...]]:
    focus = _focus(arguments)
    before = {key: measure.look(focus) for key, measure in _measures.items()}
    result = service(**arguments)
    change = result if isinstance(result, OrganizationChange) else _latest(result)
    groups = (
        Group(measure.label, tuple(measure.tell(before[key], measure.look(focus))))
        for key, measure in _measures.items()
    )
    return change, tuple(group for group in groups if group.lines)


def _latest(organization: PartyOrganization) -> OrganizationChange:
    change: OrganizationChange = OrganizationChange.objects.of(organization.pk).latest("id")
    return change


def _copies(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A rehearsal leaves the caller's objects as they are; who acts is no part of it."""
    actor = arguments.get("actor")
    copied: dict[str, Any] = deepcopy(dict(arguments), {id(actor): actor})
    return copied


def _focus(arguments: Mapping[str, Any]) -> Focus:
    organizations = dict.fromkeys(one for one in _organizations(arguments) if one.pk)
    on = arguments.get("on") or arguments["organization"].established_on or today()
    return Focus(tuple(organizations), on, arguments.get("actor"))


def _organizations(arguments: Mapping[str, Any]) -> Iterator[PartyOrganization]:
    for value in arguments.values():
        if isinstance(value, PartyOrganization):
            yield value
        elif isinstance(value, Homes):
            yield from value.all()
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from (one for one in value if isinstance(one, PartyOrganization))
