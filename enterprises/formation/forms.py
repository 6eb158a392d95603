"""What clerks enter about plans of formation."""

from typing import Any, ClassVar

from django import forms

from core.dates import today
from core.forms import ActDay, PlanDay, WordsField, form_field
from core.listing import ReasonForm
from enterprises.models import FormationPlan
from organizations.choices import OrganizationField


class PlanForm(forms.Form):
    """Who builds what until when; the service checks and writes."""

    FACTS: ClassVar = (
        "mode",
        "proposed_name",
        "planned_on",
        "leader",
        "person",
        "obstacle",
        "measures",
        "remark",
    )
    on = ActDay(label="办理日期")
    reason = WordsField(label="说明", max_length=200, required=False)
    groups = (
        ("组建计划", ("mode", "proposed_name", "unit", "planned_on", "leader", "person")),
        ("未建原因和措施", ("obstacle", "measures", "remark")),
        ("办理", ("on", "reason")),
    )

    def __init__(self, user: Any, plan: FormationPlan, data: Any = None) -> None:
        initial = {**forms.model_to_dict(plan, self.FACTS), "unit": plan.unit, "on": today()}
        super().__init__(data, initial=initial)
        self.fields |= forms.fields_for_model(
            FormationPlan, self.FACTS, formfield_callback=form_field
        )
        self.fields["unit"] = OrganizationField(user, label="责任单位")
        self.fields["planned_on"].required = True

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.FACTS, "unit")}


class BulkPlanForm(ReasonForm):
    """The same unit, person and day for all chosen enterprises."""

    planned_on = PlanDay(label="拟建日期")
    leader = WordsField(label="责任领导", max_length=60, required=False)
    person = WordsField(label="责任人", max_length=60, required=False)
    measures = WordsField(label="拟采取措施", max_length=300, required=False)
    field_order = ("unit", "planned_on", "leader", "person", "measures", "reason")

    def limit_to(self, user: Any) -> None:
        self.fields["unit"] = OrganizationField(
            user, label="责任单位", required=False, help_text="不填写的仍由各自的责任单位负责"
        )
        self.order_fields(self.field_order)


class ActForm(ReasonForm):
    """One step of a plan; approving asks for the number of the document."""

    on = ActDay(label="日期", initial=today)
    document = WordsField(label="批准文号", max_length=100, required=False)
    field_order = ("on", "document", "reason")


class PrepareForm(ActForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["document"]
        self.fields["reason"].required = False


class ApproveForm(ActForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].required = True
        self.fields["document"].error_messages["required"] = "批准成立须填写批准文号。"
        self.fields["reason"].required = False


class CloseForm(ActForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["document"]


ACT_FORMS: dict[str, type[ActForm]] = {
    "formation.prepare": PrepareForm,
    "formation.approve": ApproveForm,
    "formation.close": CloseForm,
}
