"""Forms of sites and rectifications; choices never reach beyond the user's scope."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.http import HttpRequest

from core.dates import today
from core.forms import ActDay, FactDay, PlanDay, WordsField, form_field
from core.listing import ReasonForm
from organizations.choices import OrganizationField
from organizations.models import (
    Area,
    DemonstrationPoint,
    PartyOrganization,
    RatingCriterion,
    ServiceCentre,
    Site,
    SiteCheck,
)

SITE_FACTS = (
    "name",
    "stage",
    "address",
    "square_metres",
    "rooms",
    "holding",
    "shared_with",
)


class _Given(forms.Form):
    organization = forms.ModelChoiceField(queryset=PartyOrganization.objects.none())


def given_organization(request: HttpRequest) -> dict[str, Any]:
    """The organization that the address names, within the scope, as the start of a form."""
    form = _Given(request.GET)
    field: Any = form.fields["organization"]
    field.queryset = PartyOrganization.objects.visible_to(cast(Any, request.user))
    return dict(form.cleaned_data) if form.is_valid() else {}


class SiteForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new place; afterwards its facts change by `SiteFactsForm`."""

    class Meta:
        model = Site
        formfield_callback = form_field
        fields = (*SITE_FACTS[:1], "area", *SITE_FACTS[1:], "valid_from")
        labels: ClassVar = {"valid_from": "启用日期", "area": "所属辖区"}
        help_texts: ClassVar = {"area": "党组织和辖区至少选一个"}

    field_order = ("name", "organization", "area", *SITE_FACTS[1:], "valid_from")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="所属党组织", required=False)
        self.fields["area"].queryset = Area.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        organization = found.get("organization")
        self.instance.organization = organization
        if not organization and not found.get("area") and not self.errors:
            self.add_error("organization", "请选择阵地所属的党组织或辖区")
        return found


class SiteFactsForm(forms.ModelForm):  # type: ignore[type-arg]
    reason = WordsField(label="变更原因", max_length=200)

    class Meta:
        model = Site
        formfield_callback = form_field
        fields = (*SITE_FACTS, "valid_from")
        labels: ClassVar = {"valid_from": "启用日期"}


class EndForm(ReasonForm):
    """From which day on something is no longer so, and why."""

    on = ActDay(label="自何日起", initial=today)
    field_order = ("on", "reason")


class WithdrawForm(ReasonForm):
    on = ActDay(label="自何日起撤销", initial=today)
    document = WordsField(label="撤销文号", max_length=100, required=False)
    field_order = ("on", "document", "reason")


class CentreForm(forms.ModelForm):  # type: ignore[type-arg]
    reason = WordsField(label="说明", max_length=200, required=False)

    class Meta:
        model = ServiceCentre
        formfield_callback = form_field
        fields = (
            "name",
            "level",
            "opening_hours",
            "opens_after_hours",
            "opens_on_holidays",
            "manager",
            "full_time_staff",
            "part_time_staff",
            "services",
        )


class DemonstrationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new model point; the organization is chosen once."""

    field_order = ("organization", "title", "level", "awarded_by", "document", "valid_from")

    class Meta:
        model = DemonstrationPoint
        formfield_callback = form_field
        fields = ("title", "level", "awarded_by", "document", "valid_from", "valid_to")
        labels: ClassVar = {"valid_from": "命名日期", "valid_to": "有效期至"}

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="党组织")
        self.fields["valid_from"].initial = today
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if organization := found.get("organization"):
            self.instance.organization = organization
        return found


class DemonstrationFactsForm(forms.ModelForm):  # type: ignore[type-arg]
    reason = WordsField(label="变更原因", max_length=200)

    class Meta:
        model = DemonstrationPoint
        formfield_callback = form_field
        fields = ("title", "level", "awarded_by", "document", "valid_from", "valid_to")
        labels: ClassVar = {"valid_from": "命名日期", "valid_to": "有效期至"}


class CheckForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SiteCheck
        formfield_callback = form_field
        fields = ("checked_on", "checked_by", "evidence", "next_check_on")
        field_classes: ClassVar = {"checked_on": FactDay}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["checked_on"] = today()


class RectifyForm(forms.Form):
    """Missed criteria that are listed together: who puts them right by when."""

    criteria = forms.ModelMultipleChoiceField(
        label="未达标准",
        queryset=RatingCriterion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少勾选一项"},
    )
    problem = WordsField(label="问题", max_length=200, required=False)
    responsible = WordsField(label="责任人", max_length=60)
    due_on = PlanDay(label="整改期限")

    def __init__(self, missed: Iterable[RatingCriterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [criterion.pk for criterion in missed]
        field: Any = self.fields["criteria"]
        field.queryset = RatingCriterion.objects.filter(pk__in=keys)
        field.initial = keys


class DoneForm(forms.Form):
    on = FactDay(label="完成日期", initial=today)
    evidence = WordsField(
        label="整改情况和依据", max_length=300, widget=forms.Textarea({"rows": 3})
    )


class VerifyForm(forms.Form):
    on = FactDay(label="核验日期", initial=today)
