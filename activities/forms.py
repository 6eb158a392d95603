"""What the record page and the acts on an activity ask for."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import QueryDict

from activities.models import ActivityKind, DecisionKind, PartyGroup
from activities.roster import Seat, groups_on, kinds_in_use, people_of
from activities.services.minutes import Minutes, Presence, Resolved
from activities.services.reviewing import OTHER, RETURN_REASONS
from activities.values import DECISION, Values
from core.forms import FactDay, PlanDay, WordsField
from core.text import key_of
from members.models import Person
from organizations.choices import OrganizationField
from organizations.models import PartyOrganization

MOST_DECISIONS = 20


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class RecordForm(forms.Form):
    """The plain fields of a record; names, decisions and pictures are read beside them.

    `beside` holds what is wrong there, by presences, decisions and photos.
    """

    kinds = forms.ModelMultipleChoiceField(
        ActivityKind.objects.none(),
        label="类型",
        error_messages={"required": "请至少选择一个类型。"},
    )
    title = WordsField(label="议题", max_length=200, error_messages={"required": "请填写议题。"})
    held_on = FactDay(label="召开日期", widget=DayInput())
    held_from = forms.TimeField(label="开始", widget=TimeInput())
    held_to = forms.TimeField(label="结束", widget=TimeInput())
    place = WordsField(label="地点", max_length=120, required=False)
    chair = forms.ModelChoiceField(Person.objects.none(), label="主持人", required=False)
    recorder = forms.ModelChoiceField(Person.objects.none(), label="记录人", required=False)
    group = forms.ModelChoiceField(PartyGroup.objects.none(), label="党小组", required=False)
    content = WordsField(
        label="内容",
        max_length=20000,
        required=False,
        widget=forms.Textarea({"rows": 4, "placeholder": "也可以用输入法的语音键口述"}),
    )
    resolution = WordsField(
        label="决议", max_length=5000, required=False, widget=forms.Textarea({"rows": 2})
    )
    guests = WordsField(label="列席和上级到会人员", max_length=300, required=False)

    def __init__(
        self,
        values: Values,
        seats: Sequence[Seat],
        branch: PartyOrganization,
        *,
        is_sent: bool = True,
    ) -> None:
        sent = QueryDict(mutable=True)
        for name, given in values.items():
            sent.setlist(name, given)
        begun = {name: given[0] for name, given in values.items() if given}
        super().__init__(sent if is_sent else None, initial=begun)
        self.values, self.seats = values, seats
        self.beside: dict[str, list[str]] = {}
        people = people_of(seats)
        fields: Any = self.fields
        fields["kinds"].queryset = kinds_in_use()
        fields["chair"].queryset = fields["recorder"].queryset = people
        fields["group"].queryset = groups_on(branch, day_in(values))

    @property
    def minutes(self) -> Minutes:
        """Of a valid form."""
        return Minutes(
            **self.cleaned_data,
            presences=presences(self.values),
            decisions=self.decisions,
            photos=[UUID(text) for text in self.values.get("photos", []) if _is_uuid(text)],
        )

    def refuse(self, name: str | None, sentences: Sequence[str]) -> None:
        """At its field, or above the form and again beside the part that has no field."""
        if name in self.fields:
            self.add_error(name, list(sentences))
            return
        self.add_error(None, list(sentences))
        if name:
            self.beside.setdefault(name, []).extend(sentences)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.decisions: list[Resolved] = []
        for place in range(MOST_DECISIONS):
            sent = {name: self.values.get(f"decision-{place}-{name}", [""])[0] for name in DECISION}
            if not any(sent[name] for name in DECISION if name != "kind"):
                continue
            form = DecisionForm(sent, self.seats)
            if form.is_valid():
                self.decisions.append(Resolved(**form.cleaned_data))
            else:
                for found in form.errors.values():
                    said = [f"决定事项第{place + 1}行：{text}" for text in found]
                    self.refuse("decisions", said)
        return cleaned


class DecisionForm(forms.Form):
    """One line of the decisions."""

    text = WordsField(
        label="决定事项", max_length=300, error_messages={"required": "请填写决定的事项。"}
    )
    kind = forms.ChoiceField(choices=DecisionKind.choices)
    owner = forms.ModelChoiceField(Person.objects.none(), required=False)
    due_on = PlanDay(required=False)
    ayes = forms.IntegerField(min_value=0, max_value=100_000, required=False)
    noes = forms.IntegerField(min_value=0, max_value=100_000, required=False)
    abstentions = forms.IntegerField(min_value=0, max_value=100_000, required=False)

    def __init__(self, data: dict[str, str], seats: Sequence[Seat]) -> None:
        super().__init__({**data, "kind": data["kind"] or DecisionKind.TASK})
        people = people_of(seats)
        owner: Any = self.fields["owner"]
        owner.queryset = people


class BranchForm(forms.Form):
    """Whose meeting it was."""

    def __init__(self, user: Any, *args: Any) -> None:
        super().__init__(*args)
        self.fields["branch"] = OrganizationField(user, label="党组织")


NEEDS_WORDS = "选择“其他”时应写明退回的原因。"


class ReasonForm(forms.Form):
    """A return: a reason of the list, words of one's own, or both."""

    choice = forms.ChoiceField(
        label="原因", choices=[(one, one) for one in RETURN_REASONS], required=False
    )
    text = WordsField(label="说明", max_length=400, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("choice", "") in {"", OTHER} and given.get("text") == "":
            self.add_error("text", NEEDS_WORDS)
        return given

    @property
    def reason(self) -> str:
        given = self.cleaned_data
        return "：".join(word for word in (given["choice"], given["text"]) if word)


class NoQuestions(forms.Form):
    """Of a bulk action that asks nothing."""


class PlanForm(forms.Form):
    """A meeting that is to come."""

    groups: ClassVar = (("计划", ("organization", "kinds", "title", "on", "at", "place")),)
    kinds = forms.ModelMultipleChoiceField(
        ActivityKind.objects.none(), label="类型", widget=forms.CheckboxSelectMultiple
    )
    title = WordsField(label="议题", max_length=200)
    on = PlanDay(label="日期", widget=DayInput())
    at = forms.TimeField(label="时间", required=False, widget=TimeInput())
    place = WordsField(label="地点", max_length=120, required=False)

    def __init__(self, user: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization"] = OrganizationField(user, label="党组织")
        kinds: Any = self.fields["kinds"]
        kinds.queryset = kinds_in_use()


class HoldForm(forms.Form):
    """A planned meeting took place; its record follows."""

    on = FactDay(label="召开日期", widget=DayInput())
    at = forms.TimeField(label="开始时间", required=False, widget=TimeInput())


class TaskForm(forms.Form):
    on = FactDay(label="办结日期", widget=DayInput())
    outcome = WordsField(label="完成情况", max_length=300)


def presences(values: Values) -> dict[int, Presence]:
    """By the number of the person, whatever roster the page had."""
    found: dict[int, Presence] = {}
    for name in values:
        head, _, tail = name.partition("-")
        if head not in {"came", "why"} or not (pk := key_of(tail)):
            continue
        made = values.get(f"made-{tail}", [""])[0]
        found[pk] = Presence(
            came=f"came-{tail}" in values,
            reason=values.get(f"why-{tail}", [""])[0],
            made_up_on=_day_of(made),
        )
    return found


def day_in(values: Values) -> date | None:
    return _day_of(values.get("held_on", [""])[0])


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
