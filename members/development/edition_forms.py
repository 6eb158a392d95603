"""Forms of an edition of the rules: its document and numbers, and a line for each step."""

import re
from typing import Any, ClassVar

from django import forms
from django.forms.models import construct_instance

from core.forms import WordsField, form_field
from members.models import DevelopmentRules, StepRule

SPARE = 3
NUMBERS = (
    "least_age",
    "youth_age",
    "training_days",
    "training_hours",
    "least_extension",
    "most_extension",
)
BETWEEN = re.compile(r"[、,，;；\n]+")


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The first day may lie in the past: a document is often entered after it has begun to hold."""

    reason = WordsField(label="说明", max_length=200, required=False)

    class Meta:
        model = DevelopmentRules
        formfield_callback = form_field
        fields = ("name", "document", "valid_from", *NUMBERS)

    def _post_clean(self) -> None:
        """The service ends the edition before this one, then validates it."""
        self.instance = construct_instance(self, self.instance, self._meta.fields)


class StepLineForm(forms.ModelForm):  # type: ignore[type-arg]
    """One step; a line without a name is dropped."""

    papers = WordsField(label="材料", max_length=400, required=False, help_text="用顿号隔开")

    class Meta:
        model = StepRule
        formfield_callback = form_field
        fields = (
            "number",
            "code",
            "phase",
            "label",
            "doer",
            "by_committee",
            "is_optional",
            "since",
            "least_months",
            "most_months",
            "special_months",
            "every_months",
            "least_people",
            "most_people",
            "has_vote",
            "papers",
            "rule",
        )
        field_order: ClassVar = fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].required = False
        self.fields["phase"].initial = ""
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = str(field.label)
            if name in ("number", "code", "phase", "doer"):
                field.required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("label"):
            for name in ("number", "code", "phase", "doer"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "请填写。")
        return data

    def clean_papers(self) -> list[str]:
        return [one.strip() for one in BETWEEN.split(self.cleaned_data["papers"]) if one.strip()]

    def _post_clean(self) -> None:
        """The service validates the steps together."""

    @property
    def step(self) -> StepRule:
        return StepRule(**{name: self.cleaned_data[name] for name in self.Meta.fields})


StepFormSet = forms.formset_factory(StepLineForm, extra=SPARE, max_num=60)


def initial_of(step: StepRule) -> dict[str, Any]:
    """A step of the edition before as the first words of a line."""
    return {
        name: "、".join(step.papers) if name == "papers" else getattr(step, name)
        for name in StepLineForm.Meta.fields
    }
