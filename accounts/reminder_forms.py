"""Forms of reminder rules and of days that differ from their weekday."""

from typing import Any

from django import forms

from accounts import roles
from accounts.models import ReminderRule
from core import deadlines, object_dates
from core.forms import PlanDay, WordsField, form_field


class ReminderRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    event = forms.ChoiceField(
        label="事项", help_text="到期事项只提醒还没有办的；其他是登记的日期，到日子就提醒"
    )
    audience = forms.MultipleChoiceField(
        label="提醒对象", choices=roles.BUSINESS, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ReminderRule
        formfield_callback = form_field
        fields = (
            "name",
            "event",
            "offset",
            "audience",
            "is_digest",
            "skips_free_days",
            "escalation_role",
            "escalation_days",
            "is_active",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events: Any = self.fields["event"]
        due = [(source.key, source.label) for source in deadlines.sources()]
        events.choices = [("到期事项", due), *object_dates.choices()]


class CalendarDayForm(forms.Form):
    day = PlanDay(label="日期")
    is_free = forms.TypedChoiceField(
        label="安排",
        choices=[("1", "休息"), ("0", "上班")],
        coerce=lambda text: text == "1",
    )
    name = WordsField(label="名称", max_length=40)
