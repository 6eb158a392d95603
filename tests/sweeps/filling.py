"""Fills in any form as its reader could: initial values, the first choice, today, a few words."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.test.utils import ContextList

from core.choices import RowField, RowsField
from core.dates import today

WORDS = "清扫试填"
FILTERS = {"filter_form"}


def forms_on(answer: Any) -> list[forms.BaseForm]:
    """The forms of a page that may be posted to it, those of its formsets too."""
    found: dict[int, forms.BaseForm] = {}
    drawn: Any = answer.context
    contexts: list[Any] = drawn if isinstance(drawn, ContextList) else [drawn] if drawn else []
    for context in contexts:
        for name, value in context.flatten().items():
            parts = [value.management_form, *value] if isinstance(value, BaseFormSet) else [value]
            for form in parts if name not in FILTERS else []:
                if isinstance(form, forms.BaseForm):
                    found.setdefault(id(form), form)
    return list(found.values())


def needs_file(form: forms.BaseForm) -> bool:
    return any(isinstance(field, forms.FileField) for field in form.fields.values())


def filled(found: list[forms.BaseForm], said: dict[str, str]) -> dict[str, Any]:
    """What a browser would send of all forms of a page; `said` wins over guesses."""
    sent: dict[str, Any] = {}
    for form in found:
        for bound in form:
            value = _value(bound)
            if value not in (None, "", []):
                sent.setdefault(bound.html_name, value)
    return {**sent, **said}


def _value(bound: BoundField) -> Any:
    value = bound.value()
    if callable(value):
        value = value()
    if value in (None, "", []):
        return _guess(bound.field)
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, list | tuple):
        return [str(getattr(one, "pk", one)) for one in value]
    return str(getattr(value, "pk", value))


def _guess(field: forms.Field) -> Any:
    if isinstance(field, forms.ModelChoiceField | RowField):
        first = offered(field).first() if field.required else None
        return sent_for(field, first) if first else ""
    if not field.required:
        return ""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return next((str(key) for key, _ in choices if key not in ("", None)), "")
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.DateField):
        return today().isoformat()
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return str(field.min_value or 1)
    return WORDS


def offered(field: forms.Field) -> Any:
    """The rows among which a field lets its reader choose."""
    if isinstance(field, RowField):
        return field.register.rows(field.user)
    assert isinstance(field, forms.ModelChoiceField)
    return field.queryset


def sent_for(field: forms.Field, row: Any) -> Any:
    """What a browser sends when the row is chosen."""
    words = field.register.words(row) if isinstance(field, RowField) else str(row.pk)
    several = isinstance(field, RowsField | forms.ModelMultipleChoiceField)
    return [words] if several else words
