"""Forms of terms and elections; every refusal of a service finds its field here."""

from typing import Any

from django import forms

from core.dates import today
from core.forms import FactDay, PlanDay, WordsField
from core.listing import ReasonForm
from organizations.models import ElectionForm, LeadershipTerm
from organizations.terms import COUNTS

YEARS = ((3, "3年"), (5, "5年"))


def _document(label: str, *, required: bool = False) -> forms.CharField:
    return WordsField(label=label, max_length=100, required=required)


class CountsForm(forms.Form):
    """The numbers of an election meeting; all may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COUNTS:
            label = str(LeadershipTerm._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            self.fields[name] = forms.IntegerField(
                label=label, min_value=0, max_value=100_000, required=False
            )
        self.order_fields(self.field_order)

    @property
    def counts(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] for name in COUNTS}


class TermForm(CountsForm):
    """A term as it is entered for the first time."""

    elected_on = FactDay(label="当选日期")
    number = forms.IntegerField(label="届次", min_value=1, max_value=99, required=False)
    years = forms.TypedChoiceField(label="任期", choices=YEARS, coerce=int)
    form = forms.ChoiceField(label="产生方式", choices=ElectionForm.choices)
    document = _document("选举结果批准文号")
    timing_document = WordsField(
        label="提前或延期批准文号",
        max_length=100,
        required=False,
        help_text="早于或晚于应换届时间选举时必填",
    )

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in COUNTS}


class CorrectForm(TermForm):
    reason = WordsField(label="更正原因", max_length=200)


class ExtendForm(ReasonForm):
    until = PlanDay(label="延期至")
    document = _document("上级批准文号", required=True)
    field_order = ("until", "document", "reason")


class StepForm(forms.Form):
    """The day of a step, with the number of the paper if it has one."""

    done_on = FactDay(label="日期", initial=today)
    document = _document("文号")
    note = WordsField(label="说明", max_length=200, required=False)


class ReplyForm(StepForm):
    document = _document("批复文号", required=True)


class HoldForm(CountsForm):
    """What the election meeting brought."""

    done_on = FactDay(label="选举日期", initial=today)
    form = forms.ChoiceField(label="选举方式", choices=ElectionForm.choices)
    document = _document("选举结果报告文号")
    timing_document = WordsField(
        label="提前或延期批准文号",
        max_length=100,
        required=False,
        help_text="早于或晚于应换届时间选举时必填",
    )
    note = WordsField(label="说明", max_length=200, required=False)
    field_order = ("done_on", "form", *COUNTS, "document", "timing_document", "note")

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in COUNTS}
