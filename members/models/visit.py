"""What instructors did at their enterprises, how they were assessed, and pay they may not take."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from enterprises.models import EnterpriseRequest
from members.models.instructor import Instructor, InstructorAssignment
from members.querysets import OfAssignmentQuerySet, OfInstructorQuerySet


class VisitKind(models.TextChoices):
    """Only a visit counts against the visits expected; the others are work records."""

    VISIT = "visit", "上门走访"
    TALK = "talk", "谈心谈话"
    REMOTE = "remote", "电话或线上联系"


class VisitWork(models.TextChoices):
    """What a visit is for, after the duties of an instructor."""

    POLICY = "policy", "宣传政策"
    FORMATION = "formation", "指导组建党组织"
    MEMBERS = "members", "查找和联系党员"
    DEVELOPMENT = "development", "培养积极分子"
    LIFE = "life", "指导组织生活"
    MASS = "mass", "指导群团组织"
    REQUESTS = "requests", "了解企业诉求"


class InstructorVisit(models.Model):
    """One record of work at an enterprise, within the term of the assignment."""

    assignment = models.ForeignKey(
        InstructorAssignment, models.PROTECT, verbose_name="选派", related_name="visits"
    )
    visited_on = models.DateField("走访日期")
    kind = models.CharField(
        "方式", max_length=6, choices=VisitKind.choices, default=VisitKind.VISIT
    )
    work = ArrayField(
        models.CharField(max_length=11, choices=VisitWork.choices),
        verbose_name="工作内容",
        default=list,
        blank=True,
    )
    met = models.CharField("接待人", max_length=60, blank=True)
    findings = models.TextField("走访情况", max_length=2000)
    request = models.ForeignKey(
        EnterpriseRequest,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="反映的诉求",
        related_name="instructor_visits",
    )
    next_on = models.DateField("约定下次走访", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="登记人",
        related_name="+",
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指导员走访记录"
        ordering = ["-visited_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "assignment",
                "visited_on",
                "kind",
                name="members_visit_once",
                violation_error_message="这一天已有同样方式的记录",
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("visited_on")),
                name="members_visit_next",
                violation_error_message="约定下次走访应晚于本次日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.get_kind_display()}"


class InstructorAssessment(models.Model):
    """The grade of one year; the words of the assessment rules."""

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", "优秀"
        COMPETENT = "competent", "称职"
        BASIC = "basic", "基本称职"
        FAILED = "failed", "不称职"

    instructor = models.ForeignKey(
        Instructor, models.PROTECT, verbose_name="指导员", related_name="assessments"
    )
    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(2000)])
    grade = models.CharField("等次", max_length=9, choices=Grade.choices)
    assessed_on = models.DateField("评定日期")
    opinion = models.CharField("考核意见", max_length=500, blank=True)
    document = models.CharField("文号", max_length=100, blank=True)

    objects = OfInstructorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指导员年度考核"
        ordering = ["instructor", "-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "instructor",
                "year",
                name="members_assessment_once",
                violation_error_message="该指导员本年度已有考核结果",
            ),
            models.CheckConstraint(
                condition=Q(assessed_on__year__gte=F("year")),
                name="members_assessment_in_order",
                violation_error_message="评定日期不能早于考核年度",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度{self.get_grade_display()}"


class FirmPayment(models.Model):
    """Pay or expenses that an instructor took from the enterprise: always a violation (R28)."""

    class Kind(models.TextChoices):
        PAY = "pay", "领取报酬"
        EXPENSES = "expenses", "报销费用"
        GIFT = "gift", "收受礼品礼金"

    assignment = models.ForeignKey(
        InstructorAssignment, models.PROTECT, verbose_name="选派", related_name="payments"
    )
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    amount = models.DecimalField("金额（元）", max_digits=10, decimal_places=2)
    paid_on = models.DateField("支付日期")
    found_on = models.DateField("发现日期")
    source = models.CharField("发现途径", max_length=200)
    returned_on = models.DateField("退还日期", null=True, blank=True)
    outcome = models.CharField("处理结果", max_length=200, blank=True)

    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "兼职取酬问题"
        ordering = ["-found_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="members_payment_amount",
                violation_error_message="金额应大于零",
            ),
            models.CheckConstraint(
                condition=Q(found_on__gte=F("paid_on"))
                & (Q(returned_on__isnull=True) | Q(returned_on__gte=F("paid_on"))),
                name="members_payment_in_order",
                violation_error_message="发现日期和退还日期不能早于支付日期",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | ~Q(outcome=""),
                name="members_payment_settled",
                violation_error_message="已退还的，应填写处理结果",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} 元"
