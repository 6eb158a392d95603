"""Which state may follow which, by what act, and with what permission: one table per subject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Transition:
    """An act that leads from one of `sources` to `target`; its name is also the audit verb."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    permission: str = ""


class TransitionRefusedError(Exception):
    """The act is not possible in this state; the message is a Chinese sentence."""


class StateTable:
    """The transitions of one subject; a row that names an unknown state is refused at import."""

    def __init__(self, states: type[TextChoices], transitions: Iterable[Transition]) -> None:
        self.states = states
        self._by_name = {transition.name: transition for transition in transitions}
        known = set(states.values)
        for transition in self:
            unknown = {*transition.sources, transition.target} - known
            if unknown:
                raise ValueError(f"{transition.name}: unknown states {sorted(unknown)}")

    def __iter__(self) -> Iterator[Transition]:
        return iter(self._by_name.values())

    def __getitem__(self, name: str) -> Transition:
        return self._by_name[name]

    def leaving(self, state: str) -> list[Transition]:
        """The acts possible in a state, in the order of the table."""
        return [transition for transition in self if state in transition.sources]

    def target(self, name: str, state: str) -> str:
        """The state after the act; raises TransitionRefusedError if it is not possible now."""
        transition = self[name]
        if state not in transition.sources:
            label = self.states(state).label
            raise TransitionRefusedError(f"当前状态为“{label}”，不能{transition.label}")
        return transition.target
