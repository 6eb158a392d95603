"""Forms of organizations and areas; choices never reach beyond the user's scope."""

from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError

from core.dates import today
from core.forms import ActDay, WordsField, form_field
from core.listing import ReasonForm
from organizations.choices import OrganizationField
from organizations.models import Area, PartyOrganization
from organizations.scoping import Viewer

CONTACT = ("contact_name", "phone", "address", "fax", "postcode", "community")


class OrganizationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Facts of an organization that are not its place."""

    reason = WordsField(label="变更原因", max_length=200)

    class Meta:
        model = PartyOrganization
        formfield_callback = form_field
        fields = ("name", "short_name", "nature", "secretary_name", "official_order", *CONTACT)


class AreaForm(forms.ModelForm):  # type: ignore[type-arg]
    """Facts of an area but the committee that answers for it."""

    keywords = SimpleArrayField(
        WordsField(max_length=40),
        label="地址关键词",
        required=False,
        help_text="住所里出现任何一个即归入本辖区，用逗号隔开",
    )
    reason = WordsField(label="变更原因", max_length=200)

    class Meta:
        model = Area
        formfield_callback = form_field
        fields = ("name", "kind", "park_level", "official_order", "keywords", "closed_on")
        field_classes: ClassVar = {"closed_on": ActDay}


class NewAreaForm(forms.ModelForm):  # type: ignore[type-arg]
    keywords = SimpleArrayField(
        WordsField(max_length=40),
        label="地址关键词",
        required=False,
        help_text="住所里出现任何一个即归入本辖区，用逗号隔开",
    )
    since = ActDay(label="自何日起负责", initial=today)

    class Meta:
        model = Area
        formfield_callback = form_field
        fields = (
            "code",
            "name",
            "kind",
            "park_level",
            "parent",
            "committee",
            "official_order",
            "keywords",
        )

    def __init__(self, user: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"] = OrganizationField(user, label="责任党组织")
        areas = Area.objects.visible_to(user)
        self.fields["parent"].queryset = areas  # type: ignore[attr-defined]
        self.fields["parent"].required = True

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not code.isascii() or not code.isalnum():
            raise ValidationError("编码只用数字和字母")
        return code


class HandOverForm(ReasonForm):
    on = ActDay(label="自何日起", initial=today)
    field_order = ("committee", "on", "reason")

    def __init__(self, user: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"] = OrganizationField(user, label="新的责任党组织")
        self.order_fields(self.field_order)


class DayForm(forms.Form):
    """The day whose tree is wanted."""

    on = forms.DateField(label="时点", required=False)
