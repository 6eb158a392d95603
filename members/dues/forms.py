"""Forms of dues; the months of a sheet are read by `members.dues.board`."""

from typing import Any, ClassVar

from django import forms

from core.dates import today
from core.forms import ActDay, FactDay, WordsField, form_field
from members.models import DuesBase, DuesRecord, DuesRelief


class ReceivedForm(forms.Form):
    on = FactDay(label="交纳日期", initial=today)
    method = forms.ChoiceField(label="交纳方式", choices=DuesRecord.Method.choices)
    reason = WordsField(
        label="更正原因", max_length=200, required=False, help_text="改动已登记的金额时填写"
    )


class BaseForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = DuesBase
        formfield_callback = form_field
        fields = ("payer", "amount", "valid_from", "remark")
        field_classes: ClassVar = {"valid_from": ActDay}


class ReliefForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = DuesRelief
        formfield_callback = form_field
        fields = ("kind", "amount", "valid_from", "valid_to", "requested_on", "agreed_on", "reason")
        field_classes: ClassVar = {"requested_on": FactDay, "agreed_on": FactDay}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ApproveForm(forms.Form):
    document = WordsField(label="批准文号", max_length=100)
    on = FactDay(label="批准日期", initial=today)
