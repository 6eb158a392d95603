"""Filters that lists share, and what a reader must see of them: main, further, active, guilty."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.forms.boundfield import BoundField
from django_filters.widgets import DateRangeWidget, RangeWidget

from core.listing.state import ListState


class ListFilters(django_filters.FilterSet):  # type: ignore[misc]
    """The base of the filters of list pages."""


class NumberRange(RangeWidget):  # type: ignore[misc]
    """Two boxes for a whole number; either may stay empty."""

    template_name = "components/_range.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for widget, word in zip(self.widgets, ("不少于", "不多于"), strict=True):
            widget.attrs |= {"aria-label": word, "placeholder": word, "inputmode": "numeric"}


class DayRange(DateRangeWidget):  # type: ignore[misc]
    template_name = "components/_range.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for widget, word in zip(self.widgets, ("起始日期", "截止日期"), strict=True):
            widget.attrs |= {"aria-label": word, "placeholder": word}


class NumberRangeFilter(django_filters.RangeFilter):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=NumberRange, **kwargs)


class DayRangeFilter(django_filters.DateFromToRangeFilter):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=DayRange, **kwargs)


class YesNoFilter(django_filters.TypedChoiceFilter):  # type: ignore[misc]
    """是 or 否 on a condition; choosing neither does not filter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = (("", "不限"), ("true", "是"), ("false", "否"))
        super().__init__(*args, choices=choices, coerce="true".__eq__, **kwargs)


@dataclass(frozen=True)
class Chip:
    """An active condition in words, with the address of the list without it."""

    label: str
    value: str
    drop: tuple[str, ...]
    url: str


def parameter_names(name: str, field: forms.Field) -> tuple[str, ...]:
    """The parameters that one filter reads: a range has two."""
    suffixes = getattr(field.widget, "suffixes", None)
    return tuple(f"{name}_{suffix}" for suffix in suffixes) if suffixes else (name,)


def chips(state: ListState, form: forms.BaseForm | None) -> list[Chip]:
    """All active conditions, the search text first."""
    found = [_chip(state, "搜索", f"“{state.text}”", ("q",))] if state.text else []
    if form is None or not form.is_valid():
        return found
    for name, value in form.cleaned_data.items():
        shown = _shown(form[name], value)
        if shown:
            drop = parameter_names(name, form.fields[name])
            found.append(_chip(state, str(form[name].label), shown, drop))
    return found


def _chip(state: ListState, label: str, value: str, drop: tuple[str, ...]) -> Chip:
    return Chip(label, value, drop, state.link(drop=(*drop, "view")))


def _shown(bound: BoundField, value: Any) -> str:
    """A cleaned value as the form's own words; nothing for an empty one."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, slice):
        start, stop = (_day_or_number(edge) for edge in (value.start, value.stop))
        return f"{start or '不限'} 至 {stop or '不限'}"
    if isinstance(value, bool):
        return "是" if value else "否"
    field = bound.field
    if isinstance(field, forms.ModelMultipleChoiceField):
        return "、".join(str(entry) for entry in value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        labels = _labels(field.widget.choices)
        values = value if isinstance(value, list | tuple) else [value]
        return "、".join(labels.get(str(entry), str(entry)) for entry in values)
    return _day_or_number(value)


def _labels(choices: Iterable[Any]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):  # a named group of choices
            labels |= _labels(label)
        else:
            labels[str(value)] = str(label)
    return labels


def _day_or_number(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "hour"):  # a range of days arrives as moments
        return str(value.date())
    return str(value)
