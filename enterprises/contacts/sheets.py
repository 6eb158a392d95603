"""The yearly list of contact points as a sheet: one row for each leader and enterprise."""

from typing import Any

from import_export import fields

from core.columns import Column, Format, Vocabulary
from core.dates import today
from enterprises.contacts import services
from enterprises.models import ContactLevel, ContactPoint
from enterprises.sheets import NAME, USCC, FirmResource
from organizations.sheets import (
    REASON,
    ChoiceWidget,
    DayWidget,
    Sheet,
    TextWidget,
    WholeWidget,
    register,
)

KEY = "contacts"
CONTACTS = Vocabulary(
    Column("年度", "year", width=8, required=True, format=Format.WHOLE),
    Column("领导姓名", "leader", width=12, required=True, synonyms=("姓名", "领导")),
    Column("职务", "post", width=26, required=True),
    Column("领导层级", "level", width=14, required=True, synonyms=("层级",)),
    Column("领导排序", "official_order", width=10, format=Format.WHOLE, synonyms=("排序",)),
    USCC,
    NAME,
    Column("联系起始日期", "valid_from", width=14, format=Format.DAY, help="不填写的为 1 月 1 日"),
    Column("安排文号", "document", width=22, synonyms=("文号",)),
    Column("备注", "remark", width=20),
)
CHOICES = {"level": ContactLevel.choices}


class ContactResource(FirmResource):
    """Leader and enterprise of a year tell rows apart; what is paired already is corrected."""

    vocabulary = CONTACTS
    identity = ("year", "leader", "uscc")
    label = "leader"
    year = fields.Field("year", "year", WholeWidget())
    leader = fields.Field("leader", "leader", TextWidget())
    post = fields.Field("post", "post", TextWidget())
    level = fields.Field("level", "level", ChoiceWidget(ContactLevel.choices))
    official_order = fields.Field("official_order", "official_order", WholeWidget())
    valid_from = fields.Field("valid_from", "valid_from", DayWidget())
    document = fields.Field("document", "document", TextWidget())
    remark = fields.Field("remark", "remark", TextWidget())

    class Meta:
        model = ContactPoint
        fields = tuple(column.field for column in CONTACTS)
        import_id_fields = ("year", "leader", "uscc")
        skip_unchanged = True
        skip_html_diff = True
        clean_model_instances = False
        use_transactions = True

    def template_rows(self) -> Any:
        """The present year's list."""
        return self.get_queryset().filter(year=today().year)

    def do_instance_save(self, instance: ContactPoint, is_create: bool) -> None:
        facts = self._changed(instance, services.FACTS)
        facts["official_order"] = facts["official_order"] or 999
        if is_create:
            services.pair(
                actor=self.actor, enterprise=instance.enterprise, year=instance.year, **facts
            )
            return
        if facts["valid_from"] is None:
            del facts["valid_from"]
        services.change_contact(actor=self.actor, contact=instance, reason=REASON, **facts)


def register_sheet() -> None:
    register(
        Sheet(
            KEY,
            "领导干部联系点",
            "enterprises:contact_list",
            ContactResource,
            CHOICES,
            permission="enterprises.contacts",
        )
    )
