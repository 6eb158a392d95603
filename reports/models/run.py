"""Figures frozen on a day: what was known then, kept whatever is corrected later."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from organizations.models import Area


class CoverageRun(models.Model):
    """All populations and units as of one day; a published run can no longer change."""

    class Cause(models.TextChoices):
        NIGHTLY = "nightly", "每夜核算"
        IMPORT = "import", "导入后核算"
        MANUAL = "manual", "人工核算"

    as_of = models.DateField("时点")
    cause = models.CharField("起因", max_length=8, choices=Cause.choices)
    rules = models.JSONField("口径参数", default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField("核算时间", auto_now_add=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="发布人",
        related_name="+",
    )

    class Meta:
        verbose_name = verbose_name_plural = "覆盖率核算"
        ordering = ["-as_of", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "as_of",
                condition=Q(published_at__isnull=True),
                name="reports_run_once",
                violation_error_message="该时点已有一次未发布的核算",
            )
        ]

    def __str__(self) -> str:
        return f"{self.as_of} 覆盖率核算"


class CoverageFigure(models.Model):
    """The counts of one unit in one population of a run."""

    run = models.ForeignKey(
        CoverageRun, models.CASCADE, verbose_name="核算", related_name="figures"
    )
    population = models.CharField("口径", max_length=20)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="辖区", related_name="+")
    path = models.CharField("责任党组织路径", max_length=255, db_collation="C")
    counts = models.JSONField("计数", default=dict)
    unclaimed = models.PositiveIntegerField("未认领企业", default=0)
    nameless = models.PositiveIntegerField("未登记企业的联合党支部", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "核算结果"
        ordering = ["run", "population", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint("run", "population", "area", name="reports_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.area} {self.population}"
