"""The record page as its template draws it: chips, names, decisions, what others saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from activities.models import AbsenceReason, ActivityKind, DecisionKind
from activities.roster import Seat, kinds_in_use
from activities.values import DECISION, Values
from core.text import key_of
from members.models import Person

SEARCH_FROM = 40  # names
LEAST_DECISIONS = 2
LABELS = {
    "kinds": "类型",
    "title": "议题",
    "held_on": "召开日期",
    "held_from": "开始",
    "held_to": "结束",
    "place": "地点",
    "chair": "主持人",
    "recorder": "记录人",
    "guests": "列席和上级到会人员",
    "content": "内容",
    "resolution": "决议",
}


@dataclass(frozen=True)
class Chip:
    kind: ActivityKind
    is_on: bool


@dataclass(frozen=True)
class Name:
    """One name of the roster with what is said of it."""

    seat: Seat
    came: bool
    why: str
    made: str
    group: int | None


@dataclass(frozen=True)
class Line:
    """One line of the decisions."""

    place: int
    text: str
    kind: str
    owner: str
    due_on: str
    ayes: str
    noes: str
    abstentions: str

    @property
    def key(self) -> str:
        return str(self.place)


def chips(values: Values) -> list[Chip]:
    chosen = set(values.get("kinds", []))
    return [Chip(kind, str(kind.pk) in chosen) for kind in kinds_in_use()]


def names(
    seats: Sequence[Seat], values: Values, groups: Mapping[int, int], *, is_new: bool
) -> list[Name]:
    """On a new page everybody is ticked; of a party group its members, where they are known."""
    chosen = key_of(_one(values, "group"))
    asked = {pk for pk, group in groups.items() if group == chosen}
    return [
        Name(
            seat,
            came=(is_new and (not asked or pk in asked)) or f"came-{pk}" in values,
            why=_one(values, f"why-{pk}"),
            made=_one(values, f"made-{pk}"),
            group=groups.get(pk),
        )
        for seat in seats
        for pk in (seat.person.pk,)
    ]


def lines(values: Values) -> list[Line]:
    """What was typed, and at least a few empty lines."""
    found = [_line(place, values) for place in range(20)]
    last = max((line.place + 1 for line in found if line.text or line.owner), default=0)
    return found[: max(LEAST_DECISIONS, min(last + 1, 20))]


def differences(
    old: Values, mine: Values, theirs: Values, seats: Sequence[Seat]
) -> list[tuple[str, str, str, str]]:
    """Fields that I or somebody else changed: label, as opened, mine, theirs."""
    people = {str(seat.person.pk): seat.person for seat in seats}
    kinds = {str(kind.pk): kind.name for kind in kinds_in_use()}
    told = [_words(one, people, kinds) for one in (old, mine, theirs)]
    return [
        (label, *(one[label] for one in told))  # type: ignore[misc]
        for label in told[0]
        if len({one[label] for one in told}) > 1
    ]


def choices() -> dict[str, Any]:
    return {"reasons": AbsenceReason.choices, "decision_kinds": DecisionKind.choices}


def _words(values: Values, people: dict[str, Person], kinds: dict[str, str]) -> dict[str, str]:
    told = {}
    for name, label in LABELS.items():
        given = values.get(name, [])
        if name == "kinds":
            given = [kinds.get(key, "") for key in given]
        if name in {"chair", "recorder"}:
            given = [people[key].name if key in people else "" for key in given]
        told[label] = "、".join(given)
    came = [person.name for key, person in people.items() if f"came-{key}" in values]
    decided = [line.text for line in lines(values) if line.text]
    return {**told, "到会": "、".join(came), "决定事项": "；".join(decided)}


def _line(place: int, values: Values) -> Line:
    return Line(place, **{name: _one(values, f"decision-{place}-{name}") for name in DECISION})


def _one(values: Values, name: str) -> str:
    return next(iter(values.get(name, [])), "")
