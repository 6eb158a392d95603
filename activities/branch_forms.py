"""Forms of what a branch keeps beside its meetings: posts of members, suggestions."""

from typing import Any, ClassVar

from django import forms

from activities.forms import DayInput
from activities.models import MemberPost, MemberPostKind, Suggestion, SuggestionAnswer
from activities.roster import people_of, roster_on
from core.dates import today
from core.forms import ActDay, FactDay, PlanDay, WordsField
from enterprises.choices import EnterpriseField
from members.models import Person
from organizations.models import PartyOrganization

WORDS = 60


class PeopleChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class TakePostForm(forms.Form):
    """One post for one or several members of the branch."""

    groups: ClassVar = (("党员岗", ("kind", "name", "on", "people")),)
    kind = forms.ChoiceField(label="类别", choices=MemberPostKind.choices)
    name = WordsField(
        label="岗位名称", max_length=WORDS, help_text="几名党员共同负责的，登记同一个名称。"
    )
    on = ActDay(label="上岗日期", widget=DayInput(), initial=today)
    people = PeopleChoice(
        Person.objects.none(),
        label="党员",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一名党员。"},
    )

    def __init__(self, branch: PartyOrganization, *args: Any) -> None:
        super().__init__(*args)
        seats = [
            seat for seat in roster_on(branch, today()) if seat.is_full or seat.is_probationary
        ]
        people: Any = self.fields["people"]
        people.queryset = people_of(seats).order_by("search_key", "pk")


class ChangePostForm(forms.Form):
    groups: ClassVar = (("党员岗", ("name", "valid_from", "valid_to")),)
    name = WordsField(label="岗位名称", max_length=WORDS)
    valid_from = ActDay(label="上岗日期", widget=DayInput())
    valid_to = PlanDay(
        label="离岗日期",
        widget=DayInput(),
        required=False,
        help_text="自该日起不在岗；在岗的不填。",
    )

    def __init__(self, post: MemberPost, data: Any = None) -> None:
        initial = {name: getattr(post, name) for name in ("name", "valid_from", "valid_to")}
        super().__init__(data, initial=initial)


class SuggestForm(forms.Form):
    groups: ClassVar = (("合理化建议", ("text", "proposer", "made_on", "enterprise")),)
    text = WordsField(label="建议内容", max_length=500, widget=forms.Textarea({"rows": 4}))
    proposer = WordsField(label="提出人", max_length=WORDS)
    made_on = FactDay(label="提出日期", widget=DayInput(), initial=today)

    def __init__(self, user: Any, data: Any = None, suggestion: Suggestion | None = None) -> None:
        names = ("text", "proposer", "made_on", "enterprise")
        initial = {name: getattr(suggestion, name) for name in names} if suggestion else {}
        super().__init__(data, initial=initial)
        self.fields["enterprise"] = EnterpriseField(
            user,
            label="所在企业",
            required=False,
            help_text="党组织只覆盖一家企业的可以不填。",
        )


class AnswerForm(forms.Form):
    groups: ClassVar = (("企业答复", ("answer", "answered_on", "outcome")),)
    answer = forms.ChoiceField(label="采纳情况", choices=SuggestionAnswer.choices)
    answered_on = FactDay(label="答复日期", widget=DayInput(), initial=today)
    outcome = WordsField(label="落实情况", max_length=300, required=False)

    def __init__(self, suggestion: Suggestion, data: Any = None) -> None:
        known = {
            "answer": suggestion.answer,
            "answered_on": suggestion.answered_on,
            "outcome": suggestion.outcome,
        }
        super().__init__(data, initial={name: one for name, one in known.items() if one})
