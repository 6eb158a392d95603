"""What the democratic appraisal of a year found of each member."""

from typing import ClassVar

from django.db import models

from activities.models.activity import Activity
from activities.querysets import OfActivityQuerySet
from members.models import Person


class AppraisalGrade(models.TextChoices):
    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "合格"
    BASIC = "basic", "基本合格"
    FAILED = "failed", "不合格"


class AppraisalResult(models.Model):
    """One member in one year, as decided at that meeting; `year` is the meeting's."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name="民主评议会议", related_name="appraisals"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="党员", related_name="appraisals"
    )
    year = models.PositiveSmallIntegerField("年度")
    grade = models.CharField("评议等次", max_length=9, choices=AppraisalGrade.choices)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "民主评议结果"
        ordering = ["activity", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person",
                "year",
                name="activities_appraised_once",
                violation_error_message="这名党员本年度已有评议结果。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.year}年 {self.get_grade_display()}"
