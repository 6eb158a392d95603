"""What the pages of party groups ask for."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from activities.forms import DayInput
from activities.models import PartyGroup
from activities.roster import Seat, people_of
from core.forms import ActDay, WordsField
from members.models import Person
from organizations.choices import OrganizationField


class GroupForm(forms.Form):
    """A party group of a branch."""

    groups: ClassVar = (("党小组", ("organization", "name", "on")),)
    name = WordsField(label="党小组名称", max_length=40)
    on = ActDay(label="成立日期", widget=DayInput())

    def __init__(self, user: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"] = OrganizationField(user, label="党支部")


class GroupEndForm(forms.Form):
    on = ActDay(label="撤销日期", widget=DayInput())


class GroupMembersForm(forms.Form):
    """The whole list of a group from a day on; who is left out leaves it that day."""

    groups: ClassVar = (("成员", ("on", "people", "leader")),)
    on = ActDay(label="自何日起", widget=DayInput())
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label="成员",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="已编入其他党小组的，自该日起转入本组。",
    )
    leader = forms.ModelChoiceField(Person.objects.none(), label="组长", required=False)

    def __init__(
        self, seats: Sequence[Seat], elsewhere: dict[int, PartyGroup], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["people"].queryset = fields["leader"].queryset = people_of(seats)
        labels = {seat.person.pk: _label(seat, elsewhere.get(seat.person.pk)) for seat in seats}
        fields["people"].label_from_instance = lambda person: labels[person.pk]


def _label(seat: Seat, group: PartyGroup | None) -> str:
    notes = [seat.label, f"现在{group}" if group else ""]
    told = "，".join(note for note in notes if note)
    return f"{seat.person.name}（{told}）" if told else seat.person.name
