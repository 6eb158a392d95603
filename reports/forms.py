"""What the board and the ledgers may be asked for: a day, a population, a unit."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When

from core.dates import today
from core.forms import WordsField
from organizations.models import Area, AreaKind
from organizations.models.area import REPORTING_KINDS
from reports.conditions import POPULATIONS
from reports.indicators import INDICATORS
from reports.ledgers import LEDGERS
from reports.units import Unit, units_on

EARLIEST = date(2000, 1, 1)


def units_in_scope(user: Any) -> QuerySet[Area]:
    """Areas that a user may see figures of: counties, then townships, streets and parks."""
    county_first = Case(When(kind=AreaKind.COUNTY, then=Value(0)), default=Value(1))
    return (
        Area.objects.visible_to(user)
        .filter(kind__in=[AreaKind.COUNTY, *REPORTING_KINDS])
        .order_by(county_first, "official_order", "code")
    )


class DayField(forms.DateField):
    """A day in the past or today; empty means today."""

    widget = forms.DateInput({"type": "date"})
    default_error_messages = {"invalid": "请填写有效的日期，如 2026-03-31"}

    def clean(self, value: Any) -> date:
        day = super().clean(value) or today()
        if not EARLIEST <= day <= today():
            raise forms.ValidationError("日期应在 2000 年以后，且不晚于今天")
        return day


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An area by its code, within the user's scope."""

    default_error_messages = {
        "required": "请选择单位",
        "invalid_choice": "没有这个单位，或不在您的范围内",
    }

    def __init__(self, **extra: Any) -> None:
        super().__init__(Area.objects.none(), to_field_name="code", **extra)


class ScopedForm(forms.Form):
    """A form whose unit field offers what the user may see."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, UnitField)
        field.queryset = units_in_scope(user)


class UnitDayForm(ScopedForm):
    """A unit of the scope, on a day."""

    area = UnitField(label="单位", required=False, empty_label="本级")
    as_of = DayField(label="时点", required=False)

    def units(self, user: Any) -> list[Unit]:
        """Those of the scope on the day that is asked for."""
        day: date | None = self.cleaned_data["as_of"] if self.is_valid() else None
        return units_on(day, units_in_scope(user)) if day else []

    def whole(self, units: list[Unit]) -> Unit | None:
        """The unit asked for, else the highest that the user may see."""
        area = self.cleaned_data.get("area")
        if area is not None:
            return next((unit for unit in units if unit.area == area), None)
        return min(units, key=lambda unit: len(unit.path), default=None)


class BoardForm(ScopedForm):
    area = UnitField(label="单位", required=False, empty_label="本级")
    as_of = DayField(label="时点", required=False)
    population = forms.ChoiceField(
        label="口径",
        required=False,
        choices=[("", "默认口径"), *((one.key, one.label) for one in POPULATIONS)],
    )
    show = forms.ChoiceField(
        label="图中指标",
        required=False,
        choices=[(one.key, one.label) for one in INDICATORS],
    )


class LedgerForm(ScopedForm):
    ledger = forms.ChoiceField(
        label="台账", choices=[(ledger.key, ledger.title) for ledger in LEDGERS]
    )
    area = UnitField(label="单位", empty_label=None)
    as_of = DayField(label="截至日期", required=False)


class ReissueForm(forms.Form):
    reason = WordsField(
        label="更正说明",
        max_length=200,
        required=False,
        help_text="上一版已经发布时必须写明",
    )
