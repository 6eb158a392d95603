"""One line of the matrix: what right opens an address, whose row is put into it, who finds it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.sweeps.stage import Stage

OWN, SIBLING, SUPERIOR, OUTSIDER = "own", "sibling", "superior", "outsider"
SECRETARY, GUIDE = "secretary", "guide"
SYSTEM, SECURITY, AUDIT = "system", "security", "audit"
ABOVE = frozenset({OWN, SUPERIOR})
EVERYBODY = frozenset({OWN, SIBLING, SUPERIOR, OUTSIDER, SECRETARY, GUIDE, SYSTEM, SECURITY, AUDIT})


@dataclass(frozen=True)
class Row:
    """`permission` "" means signed in; `seen_by` who finds the row, others get a 404.

    `answers` are the statuses of success. `speaks` tells why a page may name other units. `fill`
    is what the sweep puts into the page's form where a guess does not do.
    """

    permission: str = ""
    kwargs: Callable[[Stage], dict[str, Any]] | None = None
    seen_by: frozenset[str] = EVERYBODY
    method: str = "GET"
    query: str = ""
    data: dict[str, str] = field(default_factory=dict)
    fill: dict[str, str] | Callable[[Stage], dict[str, str]] = field(default_factory=dict)
    answers: tuple[int, ...] = (200, 302)
    public: bool = False
    speaks: str = ""

    def filling(self, stage: Stage) -> dict[str, str]:
        return self.fill(stage) if callable(self.fill) else self.fill


def of(name: str, **others: Any) -> Callable[[Stage], dict[str, Any]]:
    """The primary key of one of the eastern township's things."""

    def kwargs(stage: Stage) -> dict[str, Any]:
        thing = getattr(stage.things, name, None) or getattr(stage.world, name)
        return {"pk": thing.pk, **others}

    return kwargs


def key(value: str, name: str = "key") -> Callable[[Stage], dict[str, Any]]:
    return lambda stage: {name: value}


def page(permission: str = "", **more: Any) -> Row:
    return Row(permission, **more)


def post(permission: str = "", **more: Any) -> Row:
    return Row(permission, method="POST", **more)


def thing(name: str, permission: str = "", **more: Any) -> Row:
    """A page about a row of the eastern township."""
    return Row(permission, of(name), **{"seen_by": ABOVE, **more})


MINE = frozenset({OWN})
ADMINISTRATORS = "administrators name people and committees, that is their work"
