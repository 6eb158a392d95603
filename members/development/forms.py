"""Forms of development: an application, a step as its rule asks, acts on a case, the plan."""

from typing import Any, ClassVar

from django import forms

from core.choices import RowsField
from core.dates import today
from core.forms import FactDay, WordsField, form_field
from core.listing import ReasonForm
from members.choices import FullMembers
from members.codes import Sex
from members.development.cases import Application
from members.development.gates import OUTCOMES, TALKS
from members.models import (
    DevelopmentCase,
    DevelopmentPlan,
    DevelopmentStep,
    Outcome,
    PartyMember,
    Person,
    StepRule,
)
from members.new_person import NewPersonForm
from organizations.choices import OrganizationField

Groups = tuple[tuple[str, tuple[str, ...]], ...]
PUBLICIZED = frozenset({"activist", "candidate", "discussion"})
PERSON = ("name", "citizen_id", "sex", "born_on", "ethnicity", "education", "job_class", "position")
CASE = ("recommender", "recommended_on", "is_backbone", "cultivation", "remark")


class ApplicationForm(NewPersonForm):
    """Somebody applies: who, where, when; the identity number finds who is registered already."""

    applied_on = FactDay(label="递交入党申请书日期", initial=today)
    groups: Groups = (
        ("申请", ("organization", "applied_on")),
        ("申请人", PERSON),
        ("推荐和培养", CASE),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["organization"] = OrganizationField(
            user, label="培养党组织", help_text="申请人所在的党支部"
        )
        for model, names in ((Person, PERSON), (DevelopmentCase, CASE)):
            self.fields.update(
                forms.fields_for_model(
                    model, names, formfield_callback=form_field, field_classes=_FACT_DAYS
                )
            )
        self.fields["born_on"].required = True
        self.fields["sex"] = forms.ChoiceField(
            label="性别", choices=[("", "未填"), *Sex.choices], required=False
        )

    @property
    def person(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PERSON}

    @property
    def application(self) -> Application:
        data = self.cleaned_data
        case = {name: data[name] for name in CASE}
        return Application(data["organization"], data["applied_on"], facts=self.person, case=case)


_FACT_DAYS: Any = dict.fromkeys(("born_on", "recommended_on"), FactDay)


class CaseForm(forms.ModelForm):  # type: ignore[type-arg]
    reason = WordsField(label="修改原因", max_length=200)

    class Meta:
        model = DevelopmentCase
        formfield_callback = form_field
        field_classes = _FACT_DAYS
        fields = CASE

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CASE}


class MoveCaseForm(ReasonForm):
    field_order = ("organization", "reason")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="新的培养党组织")
        self.order_fields(self.field_order)


class StopForm(ReasonForm):
    on = FactDay(label="终止日期", initial=today)
    field_order = ("on", "reason")


class FullMembersField(RowsField):
    """Full members of the scope; cleans to their party records."""

    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(FullMembers(), user, **options)

    def clean(self, value: Any) -> list[PartyMember]:
        return [person.party_member for person in super().clean(value)]


class HelpersForm(ReasonForm):
    field_order = ("people", "reason")

    def __init__(self, user: Any, rule: StepRule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = FullMembersField(user, label=rule.label, required=False)
        self.order_fields(self.field_order)


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    """What one step asks for: its day, and the facts that its rule checks."""

    papers = forms.MultipleChoiceField(
        label="已归入的材料", widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = DevelopmentStep
        formfield_callback = form_field
        field_classes: ClassVar = dict.fromkeys(("done_on", "shown_from", "shown_to"), FactDay)
        fields = (
            "done_on",
            "outcome",
            "entitled",
            "voters",
            "ayes",
            "noes",
            "extension",
            "days",
            "hours",
            "by",
            "document",
            "shown_from",
            "shown_to",
            "papers",
            "excuse",
            "note",
        )

    def __init__(self, user: Any, rule: StepRule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        for name in set(self.fields) - set(_asked(rule)):
            del self.fields[name]
        self.fields["done_on"].initial = today
        if "outcome" in self.fields:
            self.fields["outcome"] = forms.ChoiceField(
                label="结果", choices=[(one.value, one.label) for one in OUTCOMES[rule.code]]
            )
        if rule.papers:
            kept = list(self.instance.papers or ())
            known = list(dict.fromkeys([*rule.papers, *kept]))
            papers: Any = self.fields["papers"]
            papers.choices = [(paper, paper) for paper in known]
        if rule.least_people is not None and not self.instance.pk:
            self.fields["people"] = FullMembersField(user, label=rule.label, required=False)
            self.order_fields(("done_on", "people"))

    def _post_clean(self) -> None:
        """The service validates the row, with what its rule knows and the form does not."""

    @property
    def facts(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("done_on", "people", "reason")
        }


class CorrectForm(StepForm):
    reason = WordsField(label="更正原因", max_length=200)


def _asked(rule: StepRule) -> list[str]:
    """The fields that a step shows."""
    names = ["done_on", "reason"]
    if rule.code in OUTCOMES:
        names.append("outcome")
    if rule.has_vote:
        names += ["entitled", "voters", "ayes", "noes"]
    if Outcome.EXTENDED in OUTCOMES.get(rule.code, ()):
        names.append("extension")
    if rule.code == "training":
        names += ["days", "hours"]
    if rule.code in TALKS or rule.by_committee:
        names.append("by")
    if rule.by_committee:
        names.append("document")
    if rule.code in PUBLICIZED:
        names += ["shown_from", "shown_to"]
    if rule.papers:
        names.append("papers")
    if rule.most_months is not None or rule.code == "training":
        names.append("excuse")
    return [*names, "note"]


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """The quota of one organization and year; the same again puts it right."""

    field_order = ("organization", "year", "quota", "document")

    class Meta:
        model = DevelopmentPlan
        formfield_callback = form_field
        fields = ("year", "quota", "document")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="党组织")
        self.fields["year"].initial = today().year
        self.order_fields(self.field_order)

    def _post_clean(self) -> None:
        """An existing plan of the year is replaced by the service, not refused here."""
