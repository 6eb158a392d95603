"""Forms of members and their acts; encrypted values are entered anew, never shown in a box."""

from typing import Any, ClassVar

from django import forms

from core.dates import today
from core.forms import FactDay, WordsField, form_field
from core.listing import ReasonForm
from enterprises.choices import EnterpriseField
from members import standing
from members.codes import EntryKind, ExitKind
from members.models import PartyMember, Person
from members.new_person import NewPersonForm
from members.services import members, persons
from organizations.choices import OrganizationField

Groups = tuple[tuple[str, tuple[str, ...]], ...]
SEALED = ("citizen_id", "phone", "home_address")
_PERSONAL = (
    "name",
    "citizen_id",
    "sex",
    "born_on",
    "ethnicity",
    "native_place",
    "is_taiwanese",
    "marital_status",
    "phone",
    "home_address",
)
_WORK = (
    "education",
    "school",
    "started_work_on",
    "position",
    "title",
    "job_class",
    "new_stratum",
    "is_migrant_worker",
    "is_in_hardship",
)
# How somebody enters who is a member already; acts of their own do the rest.
COMING = [
    (kind.value, kind.label)
    for kind in (EntryKind.TRANSFERRED, EntryKind.RECORDED, EntryKind.WHOLE)
]


class FactsForm(forms.Form):
    """What can be said of a person and a member, with the fields of their models."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days: Any = dict.fromkeys(
            ("born_on", "started_work_on", "accepted_on", "confirmed_on"), FactDay
        )
        for model, names in ((Person, persons.FACTS), (PartyMember, members.FACTS)):
            self.fields.update(
                forms.fields_for_model(
                    model, names, formfield_callback=form_field, field_classes=days
                )
            )
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                kept = [(code, label) for code, label in choices if code]
                field.choices = [("", "请选择" if field.required else "未填"), *kept]

    @property
    def person(self) -> dict[str, Any]:
        """What is to be set of the person; an empty box of an encrypted value keeps it."""
        return {
            name: self.cleaned_data[name]
            for name in persons.FACTS
            if name not in SEALED or self.cleaned_data[name]
        }

    @property
    def member(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in members.FACTS}


class RegisterForm(NewPersonForm, FactsForm):
    groups: Groups = (
        ("党员", ("name", "citizen_id", "category", "accepted_on", "confirmed_on")),
        ("组织关系", ("organization", "on", "entry_kind", "document", "relation_place",
                  "relation_unit", "archive_unit")),
        ("个人情况", _PERSONAL[2:]),
        ("学习和工作", (*_WORK, "remark")),
    )  # fmt: skip

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="所在党支部")
        self.fields["on"] = FactDay(
            label="转入日期",
            required=False,
            initial=today,
            help_text="组织关系不在本县非公企业党组织的留空，并填写组织关系所在单位",
        )
        self.fields["entry_kind"] = forms.ChoiceField(label="增加方式", choices=COMING)
        self.fields["document"] = WordsField(label="依据文号", max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "on" not in self.errors and not data.get("on") and not data.get("relation_unit"):
            self.add_error("relation_unit", "没有转入日期的，请填写组织关系所在单位。")
        return data

    @property
    def registration(self) -> members.Registration:
        data = self.cleaned_data
        return members.Registration(
            data["organization"],
            self.person,
            self.member,
            on=data["on"],
            entry_kind=data["entry_kind"],
            document=data["document"],
        )


class ChangeForm(FactsForm):
    groups: ClassVar[Groups] = (
        ("党员", ("category", "accepted_on", "confirmed_on", "relation_place", "relation_unit",
                "archive_unit", "remark")),
        ("个人情况", _PERSONAL),
        ("学习和工作", _WORK),
        ("", ("reason",)),
    )  # fmt: skip

    def __init__(self, member: PartyMember, *args: Any, **kwargs: Any) -> None:
        kept = {**persons.facts_of(member.person), **members.facts_of(member)}
        initial = {name: value for name, value in kept.items() if name not in SEALED}
        super().__init__(*args, initial=initial, **kwargs)
        for name in SEALED:
            if kept[name]:
                self.fields[name].help_text = "已登记；留空不改，填写则替换"
        self.fields["reason"] = WordsField(label="修改原因", max_length=200)


class MoveForm(forms.Form):
    on = FactDay(label="转入日期", initial=today)
    document = WordsField(label="依据文号", max_length=100, required=False)
    field_order: tuple[str, ...] = ("organization", "on", "document")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="转入党支部")
        self.order_fields(self.field_order)


class ReturnForm(MoveForm):
    kind = forms.ChoiceField(
        label="增加方式",
        choices=[
            (kind.value, kind.label)
            for kind in (EntryKind.TRANSFERRED, EntryKind.RESTORED, EntryKind.RECORDED)
        ],
    )
    field_order: tuple[str, ...] = ("organization", "kind", "on", "document")


class LeaveForm(ReasonForm):
    kind = forms.ChoiceField(label="减少方式", choices=[("", "请选择"), *ExitKind.choices])
    on = FactDay(label="减少日期", initial=today)
    document = WordsField(label="依据文号", max_length=100, required=False)
    field_order = ("kind", "on", "document", "reason")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if fault := standing.fault_of_exit(given.get("kind", ""), given.get("document", "")):
            self.add_error("kind", fault)
        return given


class ConfirmForm(forms.Form):
    on = FactDay(label="转正时间")
    document = WordsField(label="依据文号", max_length=100, required=False)


class ExtendForm(forms.Form):
    months = forms.TypedChoiceField(
        label="延长",
        coerce=int,
        choices=[
            (months, f"{months} 个月")
            for months in range(standing.LEAST_EXTENSION, standing.MOST_EXTENSION + 1)
        ],
    )
    document = WordsField(label="依据文号", max_length=100, required=False)


class WorkForm(forms.Form):
    on = FactDay(label="入职日期", initial=today, help_text="原从业企业到这一天为止")
    department = WordsField(label="所在部门", max_length=60, required=False)
    post = WordsField(label="职务", max_length=60, required=False)
    is_on_post = forms.BooleanField(label="在岗", required=False, initial=True)
    field_order = ("enterprise", "on", "department", "post", "is_on_post")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprise"] = EnterpriseField(
            user, label="从业企业", required=False, help_text="不在企业从业的留空"
        )
        self.order_fields(self.field_order)
