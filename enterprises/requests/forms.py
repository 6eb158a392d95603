"""What is entered about requests: when they are heard, and at each act."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from core.dates import today
from core.forms import FactDay, PlanDay, WordsField, form_field
from core.listing import ReasonForm
from enterprises.choices import EnterpriseField
from enterprises.models import EnterpriseRequest, Satisfaction
from enterprises.requests.parameters import DUE_DAYS
from enterprises.requests.repeats import earlier_of, likely


class RequestForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an enterprise asks for, short enough to be typed on a phone at the door."""

    GROUPS: ClassVar = (
        ("诉求", ("enterprise", "title", "category", "content")),
        ("来源", ("source", "received_on", "raised_by", "earlier", "reason")),
    )

    class Meta:
        model = EnterpriseRequest
        formfield_callback = form_field
        fields = ("title", "category", "content", "source", "received_on", "raised_by")
        field_classes: ClassVar = {"received_on": FactDay}
        widgets: ClassVar = {"content": forms.Textarea({"rows": 4})}

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["earlier"] = _EarlierField(self.instance, self.instance.earlier)
            self.fields["reason"] = WordsField(label="修改原因", max_length=200)
        else:
            self.fields["enterprise"] = EnterpriseField(user, label="企业")

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """Only what this form asks."""
        return [
            (title, [name for name in names if name in self.fields]) for title, names in self.GROUPS
        ]

    def _post_clean(self) -> None:
        """The service builds and checks the row; here only the answers count."""


class _EarlierField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The enterprise's earlier requests; what looks like the same again is proposed."""

    def __init__(self, request: EnterpriseRequest, initial: EnterpriseRequest | None) -> None:
        super().__init__(
            earlier_of(request),
            label="重复的诉求",
            required=False,
            initial=initial,
            empty_label="不是重复",
            help_text="同一企业此前反映过的同一问题",
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.received_on} {obj.get_category_display()}：{obj.title}"


class ActForm(forms.Form):
    """One act; what it must say stands in its own form, the service checks the rest."""

    on = FactDay(label="日期", initial=today)
    note = WordsField(
        label="说明", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, request: EnterpriseRequest, data: Any = None) -> None:
        super().__init__(data)
        self.order_fields((*(name for name in self.fields if name != "note"), "note"))

    def says(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name not in ("on", "note")}


def proposed_deadline() -> date:
    day = today()
    return day + timedelta(days=DUE_DAYS.value(on=day))


class AcceptForm(ActForm):
    def __init__(self, request: EnterpriseRequest, data: Any = None) -> None:
        super().__init__(request, data)
        self.fields["earlier"] = _EarlierField(request, likely(request))


class AssignForm(ActForm):
    unit = WordsField(label="承办单位", max_length=100)
    person = WordsField(label="承办人", max_length=60, required=False)
    due_on = PlanDay(label="办理期限", initial=proposed_deadline)

    def __init__(self, request: EnterpriseRequest, data: Any = None) -> None:
        super().__init__(request, data)
        self.fields["unit"].initial, self.fields["person"].initial = request.unit, request.person


class AssignManyForm(ReasonForm):
    """The same unit and deadline for all chosen requests."""

    unit = WordsField(label="承办单位", max_length=100)
    person = WordsField(label="承办人", max_length=60, required=False)
    due_on = PlanDay(label="办理期限", initial=proposed_deadline)
    field_order = ("unit", "person", "due_on", "reason")


class AgainForm(AssignForm):
    """Handed on again: somebody else, or more time; the reason is asked for."""

    def __init__(self, request: EnterpriseRequest, data: Any = None) -> None:
        super().__init__(request, data)
        self.fields["note"].label, self.fields["note"].required = "原因", True


class HandleForm(ActForm):
    result = WordsField(label="办理结果", max_length=1000, widget=forms.Textarea({"rows": 4}))


class AnswerForm(ActForm):
    answer = WordsField(label="答复内容", max_length=1000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, request: EnterpriseRequest, data: Any = None) -> None:
        super().__init__(request, data)
        self.fields["answer"].initial = request.result


class DeclineForm(ActForm):
    answer = WordsField(label="不予受理的理由", max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, request: EnterpriseRequest, data: Any = None) -> None:
        super().__init__(request, data)
        del self.fields["note"]


class ConfirmForm(ActForm):
    satisfaction = forms.ChoiceField(
        label="企业评价", choices=Satisfaction.choices, widget=forms.RadioSelect
    )

    def __init__(self, request: EnterpriseRequest, data: Any = None) -> None:
        super().__init__(request, data)
        self.fields["note"].label = "企业意见"


ACT_FORMS: dict[str, type[ActForm]] = {
    "request.accept": AcceptForm,
    "request.decline": DeclineForm,
    "request.assign": AssignForm,
    "request.reassign": AgainForm,
    "request.return": AgainForm,
    "request.handle": HandleForm,
    "request.answer": AnswerForm,
    "request.confirm": ConfirmForm,
    "request.close": ActForm,
}
