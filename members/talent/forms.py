"""Forms of trainings, the talent pool and organizers of parks."""

from typing import Any, ClassVar

from django import forms

from core.dates import today
from core.forms import ActDay, FactDay, PlanDay, WordsField, form_field
from core.listing import ReasonForm
from members.models import (
    ParkOrganizer,
    TalentEntry,
    TalentPlacement,
    Training,
    TrainingAttendance,
)
from members.models.training import SOME_HOURS
from members.talent.choices import PeopleField, PersonField
from organizations.choices import OrganizationField
from organizations.models import Area, AreaKind


class _Facts(forms.ModelForm):  # type: ignore[type-arg]
    """The service checks the whole row."""

    def _post_clean(self) -> None:
        pass

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class TrainingFactsForm(_Facts):
    class Meta:
        model = Training
        formfield_callback = form_field
        fields = (
            "name",
            "level",
            "audience",
            "starts_on",
            "ends_on",
            "hours",
            "place",
            "topics",
            "document",
        )
        field_classes: ClassVar = {"starts_on": FactDay, "ends_on": FactDay}


class TrainingForm(TrainingFactsForm):
    field_order = ("name", "organization")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="举办党组织")
        self.order_fields(self.field_order)


class AttendForm(forms.Form):
    """Named people, all members of the branch that held the class, all secretaries."""

    members = forms.BooleanField(label="举办党组织的全部党员", required=False)
    everybody = forms.BooleanField(label="范围内全部在任书记", required=False)
    hours = forms.DecimalField(
        label="学时",
        required=False,
        max_digits=5,
        decimal_places=1,
        min_value=SOME_HOURS.limit_value,
        help_text="与培训班学时不同的才填写。",
        error_messages={"min_value": SOME_HOURS.message},
    )
    field_order = ("people", "members", "everybody", "hours")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = PeopleField(user, label="参加人员", required=False)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen = data.get("people") or data.get("members") or data.get("everybody")
        if not self.errors and not chosen:
            self.add_error("people", "请选择参加人员，或勾选全部党员、全部在任书记。")
        return data


class AttendanceForm(_Facts):
    class Meta:
        model = TrainingAttendance
        formfield_callback = form_field
        fields = ("hours", "certificate")


TALENT = (
    "background",
    "skills",
    "entered_on",
    "certificate",
    "certificate_number",
    "certified_on",
    "certified_until",
)


class TalentFactsForm(_Facts):
    class Meta:
        model = TalentEntry
        formfield_callback = form_field
        fields = TALENT
        field_classes: ClassVar = {
            "entered_on": FactDay,
            "certified_on": FactDay,
            "certified_until": PlanDay,
        }


class TalentForm(TalentFactsForm):
    field_order = ("person", *TALENT)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(user, label="人员")
        self.fields["entered_on"].initial = today
        self.order_fields(self.field_order)


class PlaceForm(forms.Form):
    role = forms.ChoiceField(label="岗位", choices=TalentPlacement.Role.choices)
    on = ActDay(label="到岗日期", initial=today)
    document = WordsField(label="文号", max_length=100, required=False)
    field_order = ("organization", "role", "on", "document")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="安排到")
        self.order_fields(self.field_order)


class EndForm(ReasonForm):
    on = ActDay(label="日期", initial=today)
    field_order = ("on", "reason")


class OrganizerForm(forms.Form):
    area = forms.ModelChoiceField(label="园区", queryset=Area.objects.none())
    on = ActDay(label="任职日期", initial=today)
    engagement = forms.ChoiceField(label="专职兼职", choices=ParkOrganizer.Engagement.choices)
    document = WordsField(label="任职文号", max_length=100, required=False)
    field_order = ("area", "person", "on", "engagement", "document")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parks: Any = self.fields["area"]
        parks.queryset = Area.objects.visible_to(user).filter(kind=AreaKind.PARK, closed_on=None)
        self.fields["person"] = PersonField(user, label="人员")
        self.order_fields(self.field_order)
