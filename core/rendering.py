"""How Django draws form fields here: Bootstrap classes, one template, a fieldset for choices."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class UIBoundField(BoundField):
    """A field that knows its CSS class and how it wants to be laid out."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        drawn = widget or self.field.widget
        css = widget_class(drawn)
        if self.errors:
            css += " is-invalid"
        built["class"] = f"{drawn.attrs.get('class', '')} {css}".strip()
        if isinstance(drawn, forms.DateInput) and drawn.input_type == "text":
            built.setdefault("autocomplete", "off")
        return built

    @property
    def layout(self) -> str:
        """`group` for several boxes under one legend, `check` for one box, else `line`."""
        if isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "group"
        return "check" if isinstance(self.field.widget, forms.CheckboxInput) else "line"


def widget_class(widget: forms.Widget) -> str:
    """The Bootstrap class of a widget; radio sets are asked before the select they derive from."""
    if isinstance(widget, CHECKS):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select form-select-sm"
    return "form-control form-control-sm"


class UIRenderer(TemplatesSetting):
    field_template_name = "ui/field.html"
    bound_field_class = UIBoundField
