"""What must find a new home before an organization closes, and how it moves there.

Each app registers what it hangs on an organization in `AppConfig.ready`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError

from core.dates import today
from organizations.models import OrganizationChange, PartyOrganization

CHILDREN = "children"
SHOWN = 3  # names in a refusal; the preview lists all


@dataclass(frozen=True)
class Dependent:
    """One thing that hangs on an organization on the day it closes, or later."""

    key: str
    pk: int
    label: str


@dataclass(frozen=True)
class Departure:
    """An organization gives away what it holds, from that day on."""

    source: PartyOrganization
    on: date
    actor: Any = None
    document: str = ""
    reason: str = ""


Rows = Mapping[int, PartyOrganization]


@dataclass(frozen=True)
class Hold:
    """One kind of thing that organizations hold.

    `held` lists (primary key, name) of what is there on the day or later; `end` lets rows go
    without a home, which happens in rehearsals and where `required` is False; `move` gives rows to
    new homes set by set, and is None where none but the organization itself can hold them. Rows
    without dates (`dated` False) move when the day has come.
    """

    key: str
    label: str
    held: Callable[[PartyOrganization, date], Collection[tuple[int, str]]]
    end: Callable[[Departure, Collection[int]], None]
    move: Callable[[Departure, Rows], None] | None = None
    required: bool = True
    dated: bool = True


@dataclass(frozen=True)
class Homes:
    """Who takes over what: single rows by (key, pk), else a whole kind, else everything."""

    everything: PartyOrganization | None = None
    kinds: Mapping[str, PartyOrganization] = field(default_factory=dict)
    single: Mapping[tuple[str, int], PartyOrganization] = field(default_factory=dict)
    may_be_missing: bool = False  # a rehearsal shows what is still homeless instead of refusing

    def of(self, dependent: Dependent) -> PartyOrganization | None:
        """The new home of a dependent, None if nobody named one."""
        chosen = self.single.get((dependent.key, dependent.pk))
        return chosen or self.kinds.get(dependent.key) or self.everything

    def or_else(self, everything: PartyOrganization) -> Self:
        """The same, and `everything` for what has no home of its own."""
        return replace(self, everything=self.everything or everything)

    def leniently(self) -> Self:
        return replace(self, may_be_missing=True)

    def all(self) -> list[PartyOrganization]:
        """Every organization that takes something over, once."""
        named = [*self.kinds.values(), *self.single.values()]
        found = [self.everything, *named] if self.everything else named
        return list({id(one) if one.pk is None else one.pk: one for one in found}.values())


NO_HOMES = Homes()
_holds: dict[str, Hold] = {}


def register(hold: Hold) -> None:
    """Say what closing an organization must settle; called from AppConfig.ready."""
    if _holds.setdefault(hold.key, hold) != hold:
        raise ValueError(f"{hold.key} is registered already")


def holds() -> list[Hold]:
    """Every kind of thing that an organization can hold."""
    return list(_holds.values())


def dependents(organization: PartyOrganization, on: date) -> list[Dependent]:
    """Everything that needs a new home before the organization closes on that day."""
    return [
        Dependent(hold.key, pk, label)
        for hold in _holds.values()
        if hold.required
        for pk, label in hold.held(organization, on)
    ]


@dataclass(frozen=True)
class Settled:
    """What went where, for the history; `pending` moves when its day has come."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    pending: list[dict[str, Any]] = field(default_factory=list)
    homeless: list[Dependent] = field(default_factory=list)


def settle(departure: Departure, homes: Homes, *, keep_rest: bool = False) -> Settled:
    """Give everything its new home; raises ValidationError, by kind, for what has none.

    With `keep_rest` the organization goes on and keeps what `homes` does not name.
    """
    settled = Settled()
    refused: dict[str, str] = {}
    for hold in _holds.values():
        rows = [Dependent(hold.key, pk, label) for pk, label in hold.held(*_place(departure))]
        placed = {one.pk: home for one in rows if hold.move and (home := homes.of(one)) is not None}
        lost = [] if keep_rest else [one for one in rows if one.pk not in placed]
        if fault := _fault(hold, departure, placed, [] if homes.may_be_missing else lost):
            refused[hold.key] = fault
        elif placed or lost:
            _give(hold, departure, placed, lost, settled)
    if refused:
        raise ValidationError(refused)
    return settled


def _place(departure: Departure) -> tuple[PartyOrganization, date]:
    return departure.source, departure.on


def _fault(hold: Hold, departure: Departure, placed: Rows, lost: Collection[Dependent]) -> str:
    """Why this kind cannot be settled so; empty if it can."""
    if lost and hold.required:
        return _refusal(hold, lost)
    homes = set(placed.values())
    if departure.source in homes:
        return f"{hold.label}的新去向不能是“{departure.source}”自己。"
    standing = PartyOrganization.objects.existing(departure.on).filter(pk__in=[h.pk for h in homes])
    if gone := homes.difference(standing):
        name = min(gone, key=str)
        return f"{hold.label}的新去向“{name}”在 {departure.on} 尚未成立或已撤销。"
    return ""


def _give(
    hold: Hold, departure: Departure, placed: Rows, lost: list[Dependent], settled: Settled
) -> None:
    if placed and not hold.dated and departure.on > today():
        homes = {str(pk): home.pk for pk, home in placed.items()}
        settled.pending.append({"key": hold.key, "source": departure.source.pk, "homes": homes})
    elif placed and hold.move:
        hold.move(departure, placed)
    if lost:
        hold.end(departure, [one.pk for one in lost])
        settled.homeless.extend(lost if hold.required else ())
    settled.lines.extend(_lines(hold, placed, len(lost)))


def arrive(change: OrganizationChange) -> None:
    """Move the undated rows of a planned act whose day has come."""
    for row in change.pending:
        bodies = PartyOrganization.objects.in_bulk({row["source"], *row["homes"].values()})
        departure = Departure(
            bodies[row["source"]], change.effective_on, change.actor, change.document
        )
        homes = {int(pk): bodies[home] for pk, home in row["homes"].items()}
        if move := _holds[row["key"]].move:
            move(departure, homes)
    change.pending = []
    change.save(update_fields=["pending"])


def _refusal(hold: Hold, lost: Collection[Dependent]) -> str:
    names = "、".join(one.label for one in list(lost)[:SHOWN])
    more = f"等 {len(lost)} 项" if len(lost) > SHOWN else ""
    return f"以下{hold.label}还没有新的去向：{names}{more}。"


def _lines(hold: Hold, placed: Mapping[int, PartyOrganization], ended: int) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    for home in placed.values():
        counts[home.name] = counts.get(home.name, 0) + 1
    lines: list[dict[str, Any]] = [
        {"label": hold.label, "count": count, "home": home} for home, count in counts.items()
    ]
    return [*lines, {"label": hold.label, "count": ended, "home": ""}] if ended else lines
