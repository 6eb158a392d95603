"""Terms as a sheet: how a county enters when each of its bodies was elected."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export import fields

from core.columns import Column, Format, Vocabulary
from organizations import terms
from organizations.elections import RUN
from organizations.models import ElectionForm, LeadershipTerm, PartyOrganization
from organizations.sheets import (
    REASON,
    ChoiceWidget,
    CodeWidget,
    DayWidget,
    Sheet,
    SheetResource,
    TextWidget,
    WholeWidget,
    register,
)

TERMS = Vocabulary(
    Column(
        "党组织代码",
        "organization",
        width=18,
        required=True,
        format=Format.CODE,
        synonyms=("组织代码", "代码"),
    ),
    Column("届次", "number", width=8, required=True, format=Format.WHOLE),
    Column(
        "当选日期",
        "valid_from",
        width=12,
        required=True,
        format=Format.DAY,
        synonyms=("换届日期", "本届换届时间"),
    ),
    Column("任期（年）", "years", width=10, format=Format.WHOLE, synonyms=("任期",)),
    Column("产生方式", "form", width=20),
    Column("选举结果批准文号", "document", width=20),
    Column("提前或延期批准文号", "timing_document", width=20),
    Column("延期至", "extended_to", width=12, format=Format.DAY),
    Column("延期批准文号", "extension_document", width=20),
)
FACTS = ("number", "form", "document", "timing_document")


class TermResource(SheetResource):
    """Rows of one organization stand in the order of its terms; only the latest is put right."""

    vocabulary = TERMS
    identity: ClassVar[tuple[str, ...]] = ("organization", "number")
    label = "organization"
    organization = fields.Field("organization", "organization")
    number = fields.Field("number", "number", WholeWidget())
    valid_from = fields.Field("valid_from", "valid_from", DayWidget())
    years = fields.Field("years", "years", WholeWidget())
    form = fields.Field("form", "form", ChoiceWidget(ElectionForm.choices, ElectionForm.MEETING))
    document = fields.Field("document", "document", TextWidget())
    timing_document = fields.Field("timing_document", "timing_document", TextWidget())
    extended_to = fields.Field("extended_to", "extended_to", DayWidget())
    extension_document = fields.Field("extension_document", "extension_document", TextWidget())

    class Meta:
        model = LeadershipTerm
        fields = tuple(column.field for column in TERMS)
        import_id_fields = ("organization", "number")
        skip_unchanged = True
        skip_html_diff = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.fields["organization"].widget = CodeWidget(
            PartyOrganization.objects.visible_to(actor), required=True
        )

    def get_queryset(self) -> Any:
        rows = LeadershipTerm.objects.visible_to(self.actor)
        return rows.select_related("organization").order_by("organization", "valid_from")

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        if instance.valid_from is None:
            raise ValidationError({"valid_from": "不能为空"})
        facts = self._changed(instance, FACTS) | {"elected_on": instance.valid_from}
        if is_create:
            term = terms.start_term(
                actor=self.actor,
                organization=instance.organization,
                years=instance.years or None,
                **facts,
            )
        else:
            term = self.get_queryset().get(pk=instance.pk)
            facts["years"] = instance.years or term.years
            term = terms.correct_term(actor=self.actor, term=term, reason=REASON, **facts)
        if instance.extended_to and instance.extended_to != term.extended_to:
            terms.extend_term(
                actor=self.actor,
                term=term,
                until=instance.extended_to,
                document=instance.extension_document,
                reason=REASON,
            )


def register_sheets() -> None:
    register(
        Sheet(
            "terms",
            "班子任期",
            "organizations:term_list",
            TermResource,
            {"form": ElectionForm.choices},
            RUN,
        )
    )
