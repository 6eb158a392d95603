"""Form fields that all forms share: words that can be seen, days that can be meant."""

from typing import Any, ClassVar

from django import forms
from django.db import models

from core import horizon
from core.fields import PersonNameField, PhoneField
from core.horizon import Reach
from core.text import visible

_WORDS = {models.CharField, models.TextField, PersonNameField, PhoneField}


class WordsField(forms.CharField):
    """Words as they were typed; marks that nobody sees neither fill it nor stay in it."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return (visible(text) or self.empty_value) if isinstance(text, str) else text


class PlanDay(forms.DateField):
    """A day on which something is planned, due or ends."""

    reach: ClassVar = Reach.PLAN

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            horizon.require(value, self.reach)


class ActDay(PlanDay):
    """A day from which on something shall be so."""

    reach = Reach.ACT


class FactDay(PlanDay):
    """A day on which something has happened."""

    reach = Reach.FACT


def form_field(field: Any, **options: Any) -> Any:
    """`formfield_callback` of model forms: their columns of words and days with the rules above.

    A start is an act and any other day a plan, unless `field_classes` says that it is a fact.
    """
    if isinstance(field, models.DateField):
        options.setdefault("form_class", ActDay if field.name == "valid_from" else PlanDay)
    elif type(field) in _WORDS:
        options.setdefault("form_class", WordsField)
    return field.formfield(**options)
