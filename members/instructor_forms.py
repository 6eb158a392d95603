"""What is entered about instructors: the register, their terms, their work, their assessment."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms

from core.dates import today
from core.forms import ActDay, FactDay, PlanDay, WordsField, form_field
from core.listing import ReasonForm
from enterprises.choices import EnterprisesField
from enterprises.models import RequestCategory
from members.choices import FullMemberField, InstructorField
from members.guidance import guidance_on
from members.models import (
    FirmPayment,
    Instructor,
    InstructorAssessment,
    InstructorAssignment,
    InstructorVisit,
    VisitKind,
    VisitWork,
)
from organizations.choices import OrganizationField
from organizations.models import Area
from organizations.rules import years_later

Groups = tuple[tuple[str, tuple[str, ...]], ...]
OFFERED = 24  # instructors among whom one is picked at a click
TERM_FACTS = ("document", "allowance", "visit_months")


def term_end() -> Any:
    """When a term that begins today ends by the county's rule."""
    day = today()
    return years_later(day, guidance_on(day).term_years)


class InstructorForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the register says of an instructor; corrections give a reason."""

    reason = WordsField(label="修改原因", max_length=200)

    class Meta:
        model = Instructor
        fields = ("home_unit", "engagement", "level", "area", "sector")
        formfield_callback = form_field

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.queryset = Area.objects.reporting().visible_to(user)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewInstructorForm(InstructorForm):
    """Somebody of the roster, or a full member whose relation is held elsewhere."""

    groups: ClassVar[Groups] = (
        ("人员（花名册上的正式党员）", ("person",)),
        (
            "人员（组织关系在机关等其他单位的，填写以下各项）",
            ("name", "home", "accepted_on", "confirmed_on", "relation_unit", "phone"),
        ),
        ("指导员", ("home_unit", "engagement", "level", "area", "sector")),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        del self.fields["reason"]
        self.fields |= {
            "person": FullMemberField(user, label="正式党员", required=False),
            "name": WordsField(label="姓名", max_length=60, required=False),
            "home": OrganizationField(
                user, label="派出党组织", required=False, help_text="管理这名指导员的党组织"
            ),
            "accepted_on": FactDay(label="入党时间", required=False),
            "confirmed_on": FactDay(label="转正时间", required=False),
            "relation_unit": WordsField(label="组织关系所在单位", max_length=120, required=False),
            "phone": WordsField(label="联系电话", max_length=40, required=False),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("person") or "person" in self.errors:
            return data
        if not data.get("name"):
            self.add_error("person", "请选择花名册上的正式党员，或在下面填写姓名等项。")
            return data
        for name in ("home", "accepted_on", "confirmed_on"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "不在花名册上的人员，这一项必须填写。")
        return data


class LeaveForm(ReasonForm):
    on = ActDay(label="退出日期", initial=today, help_text="自该日起不再选派，在派的企业同时免去")
    field_order = ("on", "reason")


class TermForm(forms.Form):
    """The terms under which somebody is sent."""

    on = ActDay(label="选派日期", initial=today)
    until = PlanDay(
        label="到期日期", required=False, initial=term_end, help_text="自该日起不再派驻；留空为长期"
    )
    document = WordsField(label="选派文号", max_length=100, required=False)

    @property
    def terms(self) -> dict[str, Any]:
        names = ("on", "until", "sender", *TERM_FACTS)
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class SendForm(TermForm):
    """Where one instructor is sent."""

    groups: ClassVar[Groups] = (
        ("派驻企业", ("enterprises",)),
        ("任期", ("on", "until", "sender", "document", "allowance", "visit_months")),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprises"] = EnterprisesField(user, label="企业")
        self.fields["sender"] = OrganizationField(
            user, label="派出党组织", required=False, help_text="留空为指导员所在党组织"
        )
        facts = ("allowance", "visit_months")
        self.fields.update(
            forms.fields_for_model(InstructorAssignment, facts, formfield_callback=form_field)
        )


class BulkSendForm(TermForm):
    """Who is sent to all chosen enterprises: a press on a name, or another name typed."""

    instructor = forms.ChoiceField(
        label="指导员", widget=forms.RadioSelect, required=False, choices=()
    )
    field_order = ("instructor", "other", "on", "until", "document")

    def limit_to(self, user: Any) -> None:
        """Those with the fewest firms first, each with the number against the limit."""
        day = today()
        limit = guidance_on(day).load_limit
        rows = Instructor.objects.visible_to(user).serving(day).with_load(day)
        people = rows.select_related("person", "area").order_by("load", "person__search_key", "pk")
        self.offered = {str(one.pk): one for one in people[:OFFERED]}
        field: Any = self.fields["instructor"]
        field.choices = [
            (key, f"{one}（{one.load}/{limit} 家，{one.area or one.home_unit}）")
            for key, one in self.offered.items()
        ]
        self.fields["other"] = InstructorField(user, label="其他指导员", required=False)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["instructor"] = data.get("other") or self.offered.get(data.get("instructor", ""))
        if data["instructor"] is None and not self.errors:
            self.add_error("instructor", "请选择指导员。")
        return data


class RenewForm(forms.Form):
    until = PlanDay(label="续派至", required=False, initial=term_end, help_text="留空为长期")
    document = WordsField(label="选派文号", max_length=100, required=False)


class EndForm(ReasonForm):
    on = ActDay(label="免去日期", initial=today)
    field_order = ("on", "reason")


class VisitForm(forms.ModelForm):  # type: ignore[type-arg]
    """The result of a visit, short enough for a phone; what the firm asks becomes a request."""

    work = forms.MultipleChoiceField(
        label="工作内容",
        choices=VisitWork.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(
        label="方式", choices=VisitKind.choices, widget=forms.RadioSelect, initial=VisitKind.VISIT
    )
    request_title = WordsField(label="企业反映的问题", max_length=100, required=False)
    request_category = forms.ChoiceField(
        label="问题类别", choices=RequestCategory.choices, required=False, initial="other"
    )
    field_order = (
        "visited_on",
        "kind",
        "work",
        "findings",
        "met",
        "request_title",
        "request_category",
        "next_on",
    )

    class Meta:
        model = InstructorVisit
        fields = ("visited_on", "kind", "work", "findings", "met", "next_on")
        formfield_callback = form_field
        field_classes: ClassVar = {"visited_on": FactDay}
        widgets: ClassVar = {"findings": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("visited_on", today())

    def _post_clean(self) -> None:
        """The service checks the row once it knows the assignment."""

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AssessForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = InstructorAssessment
        fields = ("year", "grade", "assessed_on", "opinion", "document")
        formfield_callback = form_field
        field_classes: ClassVar = {"assessed_on": FactDay}
        widgets: ClassVar = {"opinion": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        self.initial["assessed_on"] = day
        self.initial["year"] = (day - timedelta(days=90)).year  # in January that of the year before

    def _post_clean(self) -> None:
        """The service checks the row once it knows the instructor."""


class PaymentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = FirmPayment
        fields = ("kind", "amount", "paid_on", "found_on", "source")
        formfield_callback = form_field
        field_classes: ClassVar = {"paid_on": FactDay, "found_on": FactDay}

    def _post_clean(self) -> None:
        """The service checks the row once it knows the assignment."""


class SettleForm(forms.Form):
    returned_on = FactDay(label="退还日期", initial=today)
    outcome = WordsField(label="处理结果", max_length=200)
