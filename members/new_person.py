"""Forms that enter somebody new ask once whether a namesake is meant."""

from typing import Any

from django import forms

from members.models import Person
from members.services import persons

TOLD = ("name", "citizen_id", "born_on")


class NewPersonForm(forms.Form):
    """`is_other` is asked for when nothing tells a namesake from the person entered."""

    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["is_other"] = forms.BooleanField(label="确认是另一人", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if {*TOLD, "organization"}.isdisjoint(self.errors):
            self._ask_about_doubles(data)
        return data

    def _ask_about_doubles(self, data: dict[str, Any]) -> None:
        told = {name: data[name] for name in TOLD}
        person = Person(**told, home_organization=data["organization"])
        persons.complete(person)
        if (other := persons.double_of(person, self.user)) is None:
            return
        self.groups = tuple((title, _with_question(names)) for title, names in self.groups)
        if not data["is_other"]:
            self.add_error("name", f"{persons.doubt_of(other)}勾选“确认是另一人”。")


def _with_question(names: tuple[str, ...]) -> tuple[str, ...]:
    """The question stands behind the name."""
    return ("name", "is_other", *names[1:]) if names[0] == "name" else names
