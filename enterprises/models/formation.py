"""Plans to give an enterprise an organization, from the day it ought to have one until it has."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.dates import today
from core.states import StateTable, Transition
from enterprises.models.coverage import CoverageLink, FormationMode
from enterprises.models.enterprise import Enterprise
from enterprises.querysets import FormationPlanQuerySet
from organizations.models import PartyOrganization


class FormationState(models.TextChoices):
    IDENTIFIED = "identified", "已识别"
    PLANNED = "planned", "已计划"
    PREPARING = "preparing", "筹建"
    APPROVED = "approved", "已批准"
    WORKING = "working", "运行"
    CLOSED = "closed", "撤并"


_STATE = FormationState
OPEN_STATES = (_STATE.IDENTIFIED, _STATE.PLANNED, _STATE.PREPARING, _STATE.APPROVED)
FORMATION = StateTable(
    FormationState,
    (
        Transition("formation.plan", "制定计划", frozenset({_STATE.IDENTIFIED}), _STATE.PLANNED),
        Transition("formation.prepare", "开始筹建", frozenset({_STATE.PLANNED}), _STATE.PREPARING),
        Transition("formation.approve", "批准成立", frozenset({_STATE.PREPARING}), _STATE.APPROVED),
        # 覆盖关系一经登记即为运行，无论计划走到哪一步
        Transition("formation.work", "转为运行", frozenset(OPEN_STATES), _STATE.WORKING),
        Transition(
            "formation.close",
            "撤并",
            frozenset({*OPEN_STATES, _STATE.WORKING}),
            _STATE.CLOSED,
        ),
    ),
)


class FormationReason(models.TextChoices):
    """Why the enterprise stands in the queue."""

    FULL_MEMBERS = "full_members", "正式党员达到单独建立人数"
    ABOVE_SCALE = "above_scale", "规模以上"
    NEIGHBOURS = "neighbours", "与相邻企业联合组建"
    OUTGROWN = "outgrown", "联合组建企业已达单独建立人数"
    OTHER = "other", "其他"


class FormationObstacle(models.TextChoices):
    """Why there is none yet, in the words of the official ledgers."""

    TOO_FEW = "too_few", "正式党员不足三人"
    OWNER = "owner", "企业出资人不支持"
    SUPERIOR = "superior", "上级党组织未及时指导"
    OTHER = "other", "其他原因"


class FormationPlan(models.Model):
    """One attempt; partners of a joint branch share `proposed_name` and area."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="企业", related_name="formation_plans"
    )
    state = models.CharField(
        "状态", max_length=10, choices=FormationState.choices, default=FormationState.IDENTIFIED
    )
    reason = models.CharField("列入原因", max_length=12, choices=FormationReason.choices)
    identified_on = models.DateField("识别日期", default=today)
    mode = models.CharField("拟采取形式", max_length=10, choices=FormationMode.choices, blank=True)
    proposed_name = models.CharField("拟建党组织名称", max_length=120, blank=True)
    unit = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="责任单位",
        related_name="formation_plans",
    )
    leader = models.CharField("责任领导", max_length=60, blank=True)
    person = models.CharField("责任人", max_length=60, blank=True)
    planned_on = models.DateField("拟建日期", null=True, blank=True)
    obstacle = models.CharField(
        "未建原因", max_length=10, choices=FormationObstacle.choices, blank=True
    )
    measures = models.CharField("拟采取措施", max_length=300, blank=True)
    document = models.CharField("批准文号", max_length=100, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    link = models.ForeignKey(
        CoverageLink,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="覆盖关系",
        related_name="+",
        help_text="建成后的覆盖关系",
    )
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = FormationPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组建计划"
        ordering = ["-identified_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "enterprise",
                name="enterprises_formation_open",
                condition=Q(state__in=OPEN_STATES),
                violation_error_message="该企业已有未完成的组建计划",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(_STATE.PLANNED, _STATE.PREPARING, _STATE.APPROVED))
                | Q(unit__isnull=False, planned_on__isnull=False),
                name="enterprises_formation_planned",
                violation_error_message="已计划的须有责任单位和拟建日期",
            ),
            models.CheckConstraint(
                condition=~Q(state=_STATE.APPROVED) | ~Q(document=""),
                name="enterprises_formation_approved",
                violation_error_message="批准成立须有批准文号",
            ),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=True) | Q(planned_on__gte=F("identified_on")),
                name="enterprises_formation_in_order",
                violation_error_message="拟建日期不能早于识别日期",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "planned_on",
                name="enterprises_formation_due",
                condition=Q(state__in=OPEN_STATES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}组建计划"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:formation_plan", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def is_overdue(self, day: date) -> bool:
        return self.is_open and self.planned_on is not None and self.planned_on < day


class FormationStep(models.Model):
    """A state that a plan entered: on which day, by whose word, and why."""

    plan = models.ForeignKey(
        FormationPlan, models.CASCADE, verbose_name="组建计划", related_name="steps"
    )
    state = models.CharField("状态", max_length=10, choices=FormationState.choices)
    on = models.DateField("日期")
    reason = models.CharField("说明", max_length=200, blank=True)
    document = models.CharField("文号", max_length=100, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="办理人",
        related_name="+",
    )
    at = models.DateTimeField("办理时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "组建进度"
        ordering = ["plan", "on", "id"]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on}"
