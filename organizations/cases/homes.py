"""Where everything goes that an organization holds: for all, for a kind, or row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from organizations.choices import OrganizationField
from organizations.closing import Dependent, Homes, holds
from organizations.models import PartyOrganization

ROWS = 200  # of one kind that are asked for one by one


@dataclass(frozen=True)
class Group:
    """One kind of things with the box for all of them and the boxes for each."""

    label: str
    count: int
    whole: BoundField
    rows: list[tuple[str, BoundField]]

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)

    @property
    def is_open(self) -> bool:
        """Whether a row was answered or refused, so that the reader should see it."""
        return any(field.errors or field.value() for _, field in self.rows)


class HomesForm(forms.Form):
    """With `parts` (organizations that a split sets up) one of them is chosen, else any one."""

    def __init__(
        self,
        user: Any,
        dependents: Iterable[Dependent],
        *args: Any,
        parts: Sequence[PartyOrganization] | None = None,
        keep: bool = False,
    ) -> None:
        super().__init__(*args)
        self.user, self.parts, self.keep = user, parts, keep
        self.labels = {hold.key: hold.label for hold in holds()}
        self.dependents: dict[str, list[Dependent]] = {}
        for one in dependents:
            self.dependents.setdefault(one.key, []).append(one)
        if self.dependents:
            self.fields["all"] = self._field("全部转入")
        for key, rows in self.dependents.items():
            self.fields[f"kind-{key}"] = self._field(f"{self.labels[key]}转入")
            for one in rows[:ROWS]:
                self.fields[f"row-{key}-{one.pk}"] = self._field(f"{one.label}转入")

    def _field(self, label: str) -> forms.Field:
        if self.parts is None:
            return OrganizationField(self.user, label=label, required=False)
        stay = "留在本组织" if self.keep else "—"
        names = [(str(n), part.name) for n, part in enumerate(self.parts)]
        return forms.ChoiceField(label=label, choices=[("", stay), *names], required=False)

    @property
    def groups(self) -> list[Group]:
        return [
            Group(
                self.labels[key],
                len(rows),
                self[f"kind-{key}"],
                [(one.label, self[f"row-{key}-{one.pk}"]) for one in rows[:ROWS]],
            )
            for key, rows in self.dependents.items()
        ]

    @property
    def all_field(self) -> BoundField:
        return self["all"]

    def homes(self) -> Homes:
        """What was chosen, for the services."""
        kinds = {key: home for key in self.dependents if (home := self._chosen(f"kind-{key}"))}
        single = {
            (key, one.pk): home
            for key, rows in self.dependents.items()
            for one in rows[:ROWS]
            if (home := self._chosen(f"row-{key}-{one.pk}"))
        }
        return Homes(self._chosen("all"), kinds, single)

    def _chosen(self, name: str) -> PartyOrganization | None:
        said = self.cleaned_data.get(name)
        if not said or self.parts is None:
            return said or None
        return self.parts[int(said)]

    def refuse(self, key: str, problem: list[ValidationError]) -> bool:
        """Put what a service says of a kind beside that kind; False if it is none of ours."""
        if key not in self.dependents:
            return False
        self.add_error(f"kind-{key}", problem)
        return True
