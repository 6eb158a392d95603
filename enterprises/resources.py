"""Registers of enterprises as sheets: which building, market, grid and chain each belongs to."""

from typing import Any

from import_export import fields

from core.columns import Column, Format, Vocabulary
from enterprises import classifying
from enterprises.models import Enterprise, EnterpriseClassification
from organizations import sheets
from organizations.models import Area
from organizations.sheets import (
    REASON,
    CodeWidget,
    DayWidget,
    Sheet,
    SheetResource,
    TextWidget,
)

CLASSIFICATIONS = Vocabulary(
    Column(
        "统一社会信用代码",
        "uscc",
        width=22,
        required=True,
        format=Format.CODE,
        synonyms=("信用代码", "社会信用代码"),
    ),
    Column("企业名称", "name", width=34, help="仅供核对，以信用代码为准"),
    Column(
        "归类编码",
        "area",
        width=16,
        required=True,
        format=Format.CODE,
        synonyms=("楼宇编码", "市场编码", "网格编码", "产业链编码"),
        help="楼宇、专业市场、网格或产业链在辖区名册中的编码",
    ),
    Column("起始日期", "valid_from", width=12, required=True, format=Format.DAY),
    Column("原因", "reason", width=30),
)


class EnterpriseWidget(CodeWidget):
    """An enterprise within scope, by its credit code."""

    field = "uscc"


class ClassificationResource(SheetResource):
    vocabulary = CLASSIFICATIONS
    identity = ("uscc", "area", "valid_from")
    uscc = fields.Field("enterprise", "uscc")
    name = fields.Field("enterprise__name", "name", TextWidget(), readonly=True)
    area = fields.Field("area", "area")
    valid_from = fields.Field("valid_from", "valid_from", DayWidget(required=True))
    reason = fields.Field("reason", "reason", TextWidget())

    class Meta:
        model = EnterpriseClassification
        fields = tuple(column.field for column in CLASSIFICATIONS)
        import_id_fields = ("uscc", "area", "valid_from")
        skip_unchanged = True
        skip_html_diff = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.fields["uscc"].widget = EnterpriseWidget(
            Enterprise.objects.visible_to(actor), required=True
        )
        self.fields["area"].widget = CodeWidget(
            Area.objects.classifying().visible_to(actor), required=True
        )

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("enterprise", "area")

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """An entry is what it says; another one begins on another day."""
        super().skip_row(instance, original, row, import_validation_errors)
        return original.pk is not None and not import_validation_errors

    def do_instance_save(self, instance: EnterpriseClassification, is_create: bool) -> None:
        classifying.classify(
            actor=self.actor,
            enterprises=[instance.enterprise],
            area=instance.area,
            on=instance.valid_from,
            reason=instance.reason or REASON,
        )


def register() -> None:
    """Called from AppConfig.ready."""
    sheets.register(
        Sheet(
            "classifications",
            "企业归类",
            "reports:enterprise_list",
            ClassificationResource,
            permission="enterprises.change",
        )
    )
