"""What the pages of duties ask for."""

from typing import Any, ClassVar

from django import forms

from activities.forms import DayInput
from activities.models import ActivityKind, Duty
from activities.roster import kinds_in_use
from core.forms import ActDay, WordsField

FROM = "只考核完整周期，宜从周期的第一天起（如1月1日）。"


class DutyForm(forms.Form):
    """A demand from a day on."""

    groups: ClassVar[Any] = (("要求", ("every", "times", "applies", "on", "source")),)
    every = forms.TypedChoiceField(label="周期", choices=Duty.Every.choices, coerce=int)
    times = forms.IntegerField(label="至少次数", min_value=1, max_value=31, initial=1)
    applies = forms.ChoiceField(label="适用范围", choices=Duty.AppliesTo.choices)
    on = ActDay(label="自何日起", widget=DayInput(), help_text=FROM)
    source = WordsField(
        label="依据", max_length=200, error_messages={"required": "请写明文件名称和条款。"}
    )


class NewDutyForm(DutyForm):
    """Of a kind that has none."""

    groups: ClassVar[Any] = (("要求", ("kind", "every", "times", "applies", "on", "source")),)
    kind = forms.ModelChoiceField(
        ActivityKind.objects.none(),
        label="活动类型",
        required=False,
        empty_label="书记集中培训",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.queryset = kinds_in_use()


class DutyEndForm(forms.Form):
    on = ActDay(label="自何日起不再要求", widget=DayInput(), help_text=FROM)
    reason = WordsField(label="依据或原因", max_length=200)
