"""Sites and model points as sheets."""

from decimal import Decimal, InvalidOperation
from typing import Any

from import_export import fields

from core.columns import Column, Format, Vocabulary
from organizations import sheets
from organizations.models import Area, DemonstrationPoint, PartyOrganization, Site, SiteStage
from organizations.services import sites as services
from organizations.sheets import (
    REASON,
    ChoiceWidget,
    CodeWidget,
    DayWidget,
    FoldedWidget,
    Sheet,
    SheetResource,
    TextWidget,
    WholeWidget,
)
from organizations.site_facts import CHANGE

_ORGANIZATION = Column(
    "党组织代码", "organization", width=18, format=Format.CODE, synonyms=("组织代码",)
)
SITES = Vocabulary(
    _ORGANIZATION,
    Column(
        "辖区编码",
        "area",
        width=14,
        format=Format.CODE,
        help="党组织代码和辖区编码至少填一个",
    ),
    Column("阵地名称", "name", width=30, required=True, synonyms=("名称",)),
    Column("建设情况", "stage", width=10),
    Column("地址", "address", width=30),
    Column("面积(平方米)", "square_metres", width=12, format=Format.AMOUNT, synonyms=("面积",)),
    Column("功能室(间)", "rooms", width=10, format=Format.WHOLE),
    Column("使用方式", "holding", width=12),
    Column("共享单位", "shared_with", width=20),
    Column("启用日期", "valid_from", width=12, required=True, format=Format.DAY),
)
DEMONSTRATIONS = Vocabulary(
    Column(
        "党组织代码",
        "organization",
        width=18,
        required=True,
        format=Format.CODE,
        synonyms=("组织代码",),
    ),
    Column("示范点名称", "title", width=30, required=True, synonyms=("名称",)),
    Column("级别", "level", width=12, required=True),
    Column("命名单位", "awarded_by", width=24, required=True),
    Column("命名文号", "document", width=22),
    Column("命名日期", "valid_from", width=12, required=True, format=Format.DAY),
    Column("有效期至", "valid_to", width=12, format=Format.DAY),
)
SITE_CHOICES = {"stage": SiteStage.choices, "holding": Site.Holding.choices}
DEMONSTRATION_CHOICES = {"level": DemonstrationPoint.Level.choices}


class OptionalWholeWidget(WholeWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return super().clean(value) if FoldedWidget.clean(self, value) else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class MetresWidget(FoldedWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = Decimal(text).quantize(Decimal("0.1"))
        except InvalidOperation:
            raise ValueError(f"“{text}”应为数字") from None
        if not 0 < found < 10**8:
            raise ValueError("面积应大于零")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else f"{value:f}"


class SiteResource(SheetResource):
    vocabulary = SITES
    identity = ("organization", "area", "name")
    organization = fields.Field("organization", "organization")
    area = fields.Field("area", "area")
    name = fields.Field("name", "name", TextWidget())
    stage = fields.Field("stage", "stage", ChoiceWidget(SITE_CHOICES["stage"], SiteStage.IN_USE))
    address = fields.Field("address", "address", TextWidget())
    square_metres = fields.Field("square_metres", "square_metres", MetresWidget())
    rooms = fields.Field("rooms", "rooms", OptionalWholeWidget())
    holding = fields.Field(
        "holding", "holding", ChoiceWidget(SITE_CHOICES["holding"], Site.Holding.OWN)
    )
    shared_with = fields.Field("shared_with", "shared_with", TextWidget())
    valid_from = fields.Field("valid_from", "valid_from", DayWidget(required=True))

    class Meta:
        model = Site
        fields = tuple(column.field for column in SITES)
        import_id_fields = ("organization", "area", "name")
        skip_unchanged = True
        skip_html_diff = True
        clean_model_instances = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.fields["organization"].widget = CodeWidget(PartyOrganization.objects.visible_to(actor))
        self.fields["area"].widget = CodeWidget(Area.objects.visible_to(actor))

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(valid_to=None).select_related("organization", "area")

    def do_instance_save(self, instance: Site, is_create: bool) -> None:
        if is_create:
            services.open_site(actor=self.actor, site=instance, reason=REASON)
            return
        names = [one.field for one in SITES if one.field not in self.identity]
        services.change_site(
            actor=self.actor,
            site=self.get_queryset().get(pk=instance.pk),
            reason=REASON,
            **self._changed(instance, names),
        )


class DemonstrationResource(SheetResource):
    vocabulary = DEMONSTRATIONS
    identity = ("organization", "level", "title")
    label = "title"
    organization = fields.Field("organization", "organization")
    title = fields.Field("title", "title", TextWidget())
    level = fields.Field("level", "level", ChoiceWidget(DEMONSTRATION_CHOICES["level"]))
    awarded_by = fields.Field("awarded_by", "awarded_by", TextWidget())
    document = fields.Field("document", "document", TextWidget())
    valid_from = fields.Field("valid_from", "valid_from", DayWidget(required=True))
    valid_to = fields.Field("valid_to", "valid_to", DayWidget())

    class Meta:
        model = DemonstrationPoint
        fields = tuple(column.field for column in DEMONSTRATIONS)
        import_id_fields = ("organization", "level", "title")
        skip_unchanged = True
        skip_html_diff = True
        clean_model_instances = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.fields["organization"].widget = CodeWidget(
            PartyOrganization.objects.visible_to(actor), required=True
        )

    def get_queryset(self) -> Any:
        """Of several terms of the same name the one that still stands or was not withdrawn."""
        rows = super().get_queryset().filter(is_withdrawn=False)
        latest = rows.order_by("organization_id", "level", "title", "-valid_from")
        chosen = latest.distinct("organization_id", "level", "title").values("pk")
        return rows.filter(pk__in=chosen).select_related("organization")

    def do_instance_save(self, instance: DemonstrationPoint, is_create: bool) -> None:
        if is_create:
            services.award_demonstration(actor=self.actor, point=instance, reason=REASON)
            return
        names = [one.field for one in DEMONSTRATIONS if one.field not in self.identity]
        services.change_demonstration(
            actor=self.actor,
            point=self.get_queryset().get(pk=instance.pk),
            reason=REASON,
            **self._changed(instance, names),
        )


def register() -> None:
    """Called from AppConfig.ready."""
    sheets.register(
        Sheet("sites", "阵地", "organizations:site_list", SiteResource, SITE_CHOICES, CHANGE)
    )
    sheets.register(
        Sheet(
            "demonstrations",
            "示范点",
            "organizations:demonstration_list",
            DemonstrationResource,
            DEMONSTRATION_CHOICES,
            CHANGE,
        )
    )
