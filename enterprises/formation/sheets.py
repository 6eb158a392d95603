"""Plans of formation as a sheet: one row for each unfinished plan, by the enterprise's code."""

from typing import Any

from django.db import transaction
from import_export import fields

from core.columns import Column, Format, Vocabulary
from core.dates import today
from enterprises.formation import services
from enterprises.models import (
    FormationMode,
    FormationObstacle,
    FormationPlan,
    FormationReason,
)
from enterprises.sheets import NAME, USCC, FirmResource
from organizations.models import PartyOrganization
from organizations.sheets import (
    REASON,
    ChoiceWidget,
    CodeWidget,
    DayWidget,
    Sheet,
    TextWidget,
    register,
)

KEY = "formation"
PLANS = Vocabulary(
    USCC,
    NAME,
    Column("拟采取形式", "mode", width=12, synonyms=("组建形式",)),
    Column("拟建党组织名称", "proposed_name", width=30),
    Column("责任单位代码", "unit", width=18, required=True, format=Format.CODE),
    Column("责任领导", "leader", width=12),
    Column("责任人", "person", width=12),
    Column("拟建日期", "planned_on", width=12, required=True, format=Format.DAY),
    Column("未建原因", "obstacle", width=18),
    Column("拟采取措施", "measures", width=30, synonyms=("措施",)),
    Column("备注", "remark", width=20),
)
CHOICES = {"mode": FormationMode.choices, "obstacle": FormationObstacle.choices}


class FormationResource(FirmResource):
    """A row of an enterprise without an unfinished plan opens one."""

    vocabulary = PLANS
    identity = ("uscc",)
    mode = fields.Field("mode", "mode", ChoiceWidget(FormationMode.choices))
    proposed_name = fields.Field("proposed_name", "proposed_name", TextWidget())
    unit = fields.Field("unit", "unit")
    leader = fields.Field("leader", "leader", TextWidget())
    person = fields.Field("person", "person", TextWidget())
    planned_on = fields.Field("planned_on", "planned_on", DayWidget())
    obstacle = fields.Field("obstacle", "obstacle", ChoiceWidget(FormationObstacle.choices))
    measures = fields.Field("measures", "measures", TextWidget())
    remark = fields.Field("remark", "remark", TextWidget())

    class Meta:
        model = FormationPlan
        fields = tuple(column.field for column in PLANS)
        import_id_fields = ("uscc",)
        skip_unchanged = True
        skip_html_diff = True
        clean_model_instances = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.fields["unit"].widget = CodeWidget(
            PartyOrganization.objects.visible_to(actor), required=True
        )

    def get_queryset(self) -> Any:
        plans = FormationPlan.objects.visible_to(self.actor).unfinished()
        return plans.select_related("enterprise", "unit").order_by("enterprise__pinyin", "pk")

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        super().after_init_instance(instance, new, row, **kwargs)
        if new:
            instance.reason = FormationReason.OTHER

    @transaction.atomic
    def do_instance_save(self, instance: FormationPlan, is_create: bool) -> None:
        plans = [instance]
        if is_create:
            plans = services.open_plans(
                actor=self.actor,
                reasons={instance.enterprise: FormationReason.OTHER},
                on=today(),
                remark=REASON,
            )
        services.plan_formation(
            actor=self.actor,
            plans=plans,
            on=today(),
            reason=REASON,
            **self._changed(instance, services.PLANNED_FACTS),
        )


def register_sheet() -> None:
    register(
        Sheet(
            KEY,
            "组建计划",
            "enterprises:formation_list",
            FormationResource,
            CHOICES,
            permission="enterprises.formation",
        )
    )
