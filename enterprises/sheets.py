"""Sheets whose rows name an enterprise by its code; it is never created or changed by them."""

from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields

from core.columns import Column, Format
from enterprises.models import Enterprise
from organizations.sheets import FoldedWidget, SheetResource, TextWidget

USCC = Column(
    "统一社会信用代码",
    "uscc",
    width=22,
    required=True,
    format=Format.CODE,
    synonyms=("信用代码", "企业代码"),
)
NAME = Column("企业名称", "name", width=30, help="只供对照，以代码为准")


class FirmResource(SheetResource):
    """A new row is of the enterprise with that code, if the user may see it."""

    uscc = fields.Field("enterprise__uscc", "uscc", TextWidget(), readonly=True)
    name = fields.Field("enterprise__name", "name", TextWidget(), readonly=True)

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.firms = Enterprise.objects.visible_to(actor)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("enterprise")

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        if not new:
            return
        code = FoldedWidget().clean(row["uscc"]).upper()
        firm = self.firms.filter(uscc=code).first() if code else None
        if firm is None:
            raise ValidationError({"uscc": f"没有代码为“{code}”的企业，或不在您的范围内"})
        instance.enterprise = firm
