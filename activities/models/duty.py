"""Duties of organization life as dated rows: what, how often, of whom, by which document."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from activities.duties import Applies, Rule, Span
from activities.models.kind import ActivityKind
from core.periods import PeriodKind
from core.validity import Dated, DatedQuerySet, no_overlap


class Duty(Dated):
    """Meetings of a kind, or without a kind a training of the secretary."""

    class Every(models.IntegerChoices):
        MONTH = PeriodKind.MONTH.value, "每月"
        QUARTER = PeriodKind.QUARTER.value, "每季度"
        HALF = PeriodKind.HALF.value, "每半年"
        YEAR = PeriodKind.YEAR.value, "每年"

    class AppliesTo(models.TextChoices):
        BRANCH = Applies.BRANCH.value, "全部党支部"
        COMMITTEE = Applies.COMMITTEE.value, "设支部委员会的党支部"
        GROUPS = Applies.GROUPS.value, "设党小组的党支部"
        CONVENER = Applies.CONVENER.value, "县级责任党组织"

    kind = models.ForeignKey(
        ActivityKind,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="活动类型",
        related_name="duties",
        help_text="不填的为书记参加集中培训。",
    )
    every = models.PositiveSmallIntegerField("周期", choices=Every.choices)
    times = models.PositiveSmallIntegerField(
        "至少次数", default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    applies = models.CharField(
        "适用范围", max_length=9, choices=AppliesTo.choices, default=AppliesTo.BRANCH
    )
    source = models.CharField("依据", max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "组织生活应办事项"
        ordering = ["kind__official_order", "valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap(
                "activities_duty_once",
                "kind",
                message="同一时段这类活动已有应办要求。",
                condition=Q(kind__isnull=False),
            ),
            no_overlap(
                "activities_training_duty_once",
                message="同一时段已有书记培训的要求。",
                condition=Q(kind__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(times__gte=1),
                name="activities_duty_some",
                violation_error_message="至少次数应大于零。",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="activities_duty_source",
                violation_error_message="应办要求应写明依据。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.kind.name if self.kind else "书记集中培训"

    @property
    def rule(self) -> Rule:
        return Rule(
            key=self.kind.key if self.kind else "secretary_training",
            name=self.name,
            every=PeriodKind(self.every),
            times=self.times,
            applies=Applies(self.applies),
            source=self.source,
            span=Span(self.valid_from, self.valid_to),
            kind=self.kind_id,
        )
