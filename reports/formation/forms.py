"""What clerks enter about coverage and plans of formation."""

import json
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.crypto import salted_hmac

from core.forms import ActDay, PlanDay, WordsField
from enterprises.models import FormationMode
from organizations.choices import OrganizationField
from reports.forms import ScopedForm, UnitField


class PreviewedForm(forms.Form):
    """Shown with its consequences first; confirmed by the same answers with the seal."""

    confirm = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def seal(self) -> str:
        """Stands for exactly these answers."""
        answers = {
            name: str(value) for name, value in self.cleaned_data.items() if name != "confirm"
        }
        return salted_hmac("previewed", json.dumps(answers, sort_keys=True)).hexdigest()

    @property
    def is_confirmed(self) -> bool:
        confirmed: str = self.cleaned_data["confirm"]
        return confirmed == self.seal

    def offer(self) -> None:
        """Let the next post of these answers be the confirmation."""
        self.data = {**self.data.dict(), "confirm": self.seal}  # type: ignore[attr-defined]

    def refuse(self, problem: ValidationError) -> None:
        """What a service refuses, at the field it speaks of."""
        errors = getattr(problem, "error_dict", {NON_FIELD_ERRORS: problem})
        for name, error in errors.items():
            self.add_error(name if name in self.fields else None, error)


class CoverForm(PreviewedForm):
    """Who covers the enterprise; while a link is changed, an empty organization stays as it is."""

    mode = forms.ChoiceField(label="组建形式", choices=FormationMode.choices)
    on = ActDay(label="起始日期", help_text="自该日起由这个党组织覆盖")
    document = WordsField(label="文号", max_length=100, required=False)
    reason = WordsField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2}))
    field_order = ("organization", "mode", "on", "document", "reason")

    def __init__(self, user: Any, *args: Any, is_change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(
            user,
            label="新的党组织" if is_change else "党组织",
            required=not is_change,
            help_text="只变更组建形式的不用填写" if is_change else "输入名称、代码或拼音首字母",
        )
        if is_change:
            self.fields["on"].help_text = "自该日起按新的登记，此前不变"
        self.order_fields(self.field_order)


class EndForm(PreviewedForm):
    on = ActDay(label="终止日期", help_text="自该日起不再覆盖")
    document = WordsField(label="文号", max_length=100, required=False)
    reason = WordsField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2}))


class FinderForm(ScopedForm):
    area = UnitField(label="单位", required=False, empty_label="全部辖区")


class TakeForm(forms.Form):
    """What taking up a proposal asks: who builds until when, and what it shall be called."""

    proposed_name = WordsField(label="拟建党组织名称", max_length=120)
    planned_on = PlanDay(label="拟建日期")
    leader = WordsField(label="责任领导", max_length=60, required=False)
    person = WordsField(label="责任人", max_length=60, required=False)
    measures = WordsField(label="拟采取措施", max_length=300, required=False)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = OrganizationField(user, label="责任单位")
        self.order_fields(("proposed_name", "unit", "planned_on"))
