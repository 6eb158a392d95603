"""The steps of developing a member and their limits: a dated set with the document it is from."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.validity import Dated, no_overlap
from members.development_querysets import RulesQuerySet


class Phase(models.TextChoices):
    """The five parts of the process; the parts of the national form."""

    APPLICATION = "application", "申请入党"
    ACTIVIST = "activist", "入党积极分子的确定和培养教育"
    CANDIDATE = "candidate", "发展对象的确定和考察"
    ADMISSION = "admission", "预备党员的接收"
    PROBATION = "probation", "预备党员的教育考察和转正"


class DevelopmentRules(Dated):
    """One edition of the rules; the next one begins on the day on which this one ends."""

    name = models.CharField("规定名称", max_length=100)
    document = models.CharField("依据文件", max_length=200, help_text="发文机关、文号和印发日期")
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("停止施行", null=True, blank=True)
    least_age = models.PositiveSmallIntegerField("申请入党最低年龄（周岁）", default=18)
    youth_age = models.PositiveSmallIntegerField("一般经团组织推优的年龄（周岁）", default=28)
    training_days = models.DecimalField("集中培训不少于（天）", max_digits=4, decimal_places=1)
    training_hours = models.PositiveSmallIntegerField("或不少于（学时）")
    least_extension = models.PositiveSmallIntegerField("延长预备期不少于（月）", default=6)
    most_extension = models.PositiveSmallIntegerField("延长预备期不超过（月）", default=12)

    objects = RulesQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "发展党员规定"
        ordering = ["-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap("members_rules_once", message="同一时段已有一套规定"),
            models.CheckConstraint(
                condition=Q(least_extension__lte=F("most_extension")),
                name="members_rules_extension",
                violation_error_message="延长预备期的下限不能高于上限",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:rules", args=[self.pk])


class StepRule(models.Model):
    """One step of an edition; months are counted from the step whose code is `since`."""

    rules = models.ForeignKey(
        DevelopmentRules, models.CASCADE, verbose_name="规定", related_name="steps"
    )
    number = models.PositiveSmallIntegerField("序号", validators=[MinValueValidator(1)])
    code = models.CharField(
        "标识",
        max_length=24,
        validators=[RegexValidator(r"^[a-z_]+$", "标识用小写英文字母和下划线")],
        help_text="各版本的同一步骤用同一标识",
    )
    phase = models.CharField("阶段", max_length=12, choices=Phase.choices)
    label = models.CharField("步骤", max_length=60)
    doer = models.CharField("办理人", max_length=60)
    by_committee = models.BooleanField("由上级党委办理", default=False)
    is_optional = models.BooleanField("可以没有", default=False)
    since = models.CharField("起算步骤", max_length=24, blank=True)
    least_months = models.PositiveSmallIntegerField("不早于（月）", null=True, blank=True)
    most_months = models.PositiveSmallIntegerField("不迟于（月）", null=True, blank=True)
    special_months = models.PositiveSmallIntegerField("特殊情况不迟于（月）", null=True, blank=True)
    every_months = models.PositiveSmallIntegerField(
        "每隔（月）一次", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    least_people = models.PositiveSmallIntegerField("正式党员不少于（名）", null=True, blank=True)
    most_people = models.PositiveSmallIntegerField(
        "正式党员不超过（名）", null=True, blank=True, validators=[MaxValueValidator(9)]
    )
    has_vote = models.BooleanField("票决", default=False)
    papers = ArrayField(
        models.CharField(max_length=60), verbose_name="材料", default=list, blank=True
    )
    rule = models.CharField("要求", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发展步骤规定"
        ordering = ["rules", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "rules",
                "number",
                name="members_rule_number_once",
                violation_error_message="序号重复",
            ),
            models.UniqueConstraint(
                "rules", "code", name="members_rule_code_once", violation_error_message="标识重复"
            ),
            models.CheckConstraint(
                condition=Q(least_months__isnull=True, most_months__isnull=True) | ~Q(since=""),
                name="members_rule_counted",
                violation_error_message="填写期限的，应填写起算步骤",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"
