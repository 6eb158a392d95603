"""Terms of instructors as a sheet: a new row sends somebody, a known one is put right."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export import fields

from core.columns import Column, Format, Vocabulary
from core.dates import today
from enterprises.models import Enterprise
from members.models import Instructor, InstructorAssignment
from members.services import instructors
from organizations.models import PartyOrganization
from organizations.sheets import (
    REASON,
    CodeWidget,
    DayWidget,
    FoldedWidget,
    Sheet,
    SheetResource,
    TextWidget,
    WholeWidget,
    register,
)

KEY = "assignments"
TERMS = Vocabulary(
    Column("指导员姓名", "name", width=12, required=True, synonyms=("姓名", "指导员")),
    Column("工作单位及职务", "home_unit", width=24, help="同名时用来区分"),
    Column(
        "统一社会信用代码",
        "uscc",
        width=22,
        required=True,
        format=Format.CODE,
        synonyms=("信用代码", "企业代码"),
    ),
    Column("派驻企业", "enterprise", width=30, help="只供对照，以代码为准", synonyms=("企业名称",)),
    Column(
        "选派日期",
        "valid_from",
        width=12,
        required=True,
        format=Format.DAY,
        synonyms=("选派时间",),
    ),
    Column("到期日期", "valid_to", width=12, format=Format.DAY, help="留空为长期"),
    Column("派出党组织代码", "sender", width=18, format=Format.CODE, help="留空为指导员所在党组织"),
    Column("选派文号", "document", width=20),
    Column("走访间隔（月）", "visit_months", width=10, help="留空按全县规定"),
)
FACTS = ("valid_to", "document", "visit_months")


class MonthsWidget(WholeWidget):
    """A number of months, or nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return super().clean(value) or None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class TermResource(SheetResource):
    vocabulary = TERMS
    identity: ClassVar[tuple[str, ...]] = ("name", "uscc", "valid_from")
    name = fields.Field("instructor__person__name", "name", TextWidget(), readonly=True)
    home_unit = fields.Field("instructor__home_unit", "home_unit", TextWidget(), readonly=True)
    uscc = fields.Field("enterprise__uscc", "uscc", TextWidget(), readonly=True)
    enterprise = fields.Field("enterprise__name", "enterprise", TextWidget(), readonly=True)
    valid_from = fields.Field("valid_from", "valid_from", DayWidget(required=True))
    valid_to = fields.Field("valid_to", "valid_to", DayWidget())
    sender = fields.Field("sender", "sender")
    document = fields.Field("document", "document", TextWidget())
    visit_months = fields.Field("visit_months", "visit_months", MonthsWidget())

    class Meta:
        model = InstructorAssignment
        fields = tuple(column.field for column in TERMS)
        import_id_fields = ("name", "uscc", "valid_from")
        skip_unchanged = True
        skip_html_diff = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        organizations = PartyOrganization.objects.visible_to(actor)
        self.fields["sender"].widget = CodeWidget(organizations)
        self.firms = Enterprise.objects.visible_to(actor)
        self.people = Instructor.objects.visible_to(actor).serving(today())

    def get_queryset(self) -> Any:
        terms = InstructorAssignment.objects.visible_to(self.actor)
        return terms.select_related("enterprise", "sender", "instructor__person").order_by(
            "enterprise__pinyin", "pk"
        )

    def template_rows(self) -> Any:
        return self.get_queryset().as_of(today())

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        if not new:
            return
        code = FoldedWidget().clean(row["uscc"]).upper()
        firm = self.firms.filter(uscc=code).first() if code else None
        if firm is None:
            raise ValidationError({"uscc": f"没有代码为“{code}”的企业，或不在您的范围内"})
        instance.enterprise = firm
        instance.instructor = self._instructor(row)

    def _instructor(self, row: Any) -> Instructor:
        name = TextWidget().clean(row["name"])
        found = self.people.filter(person__name=name).select_related("person")
        if unit := TextWidget().clean(row.get("home_unit", "")):
            found = found.filter(home_unit=unit)
        rows = list(found[:2])
        if len(rows) == 1:
            one: Instructor = rows[0]
            return one
        if rows:
            raise ValidationError({"name": f"有多名指导员叫“{name}”，请填写工作单位及职务"})
        raise ValidationError({"name": f"没有登记指导员“{name}”，或不在您的范围内"})

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        facts = self._changed(instance, FACTS)
        if not is_create:
            known = self.get_queryset().get(pk=instance.pk)
            instructors.change_term(actor=self.actor, assignment=known, reason=REASON, **facts)
            return
        try:
            instructors.assign(
                actor=self.actor,
                instructor=instance.instructor,
                enterprises=[instance.enterprise],
                on=instance.valid_from,
                until=facts.pop("valid_to"),
                sender=instance.sender if instance.sender_id else None,
                reason=REASON,
                **facts,
            )
        except ValidationError as problem:
            raise ValidationError(_at_columns(problem)) from None


def _at_columns(problem: ValidationError) -> dict[str, Any]:
    """The fields of the form as columns of the sheet."""
    columns = {"instructor": "name", "enterprises": "uscc", "on": "valid_from", "until": "valid_to"}
    return {columns.get(name, name): errors for name, errors in problem.error_dict.items()}


def register_sheet() -> None:
    register(
        Sheet(
            KEY,
            "指导员选派",
            "members:assignment_list",
            TermResource,
            permission=instructors.CHANGE,
        )
    )
