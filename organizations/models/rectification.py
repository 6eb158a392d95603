"""What was missed in a check or a rating and has to be put right by a day."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organizations.models.organization import PartyOrganization
from organizations.models.rating import Rating, RatingCriterion
from organizations.models.site import SiteCheck
from organizations.querysets import OfOrganizationQuerySet


class RectificationState(models.TextChoices):
    OPEN = "open", "整改中"
    DONE = "done", "待核验"
    VERIFIED = "verified", "已销号"


class Rectification(models.Model):
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="rectifications"
    )
    criterion = models.ForeignKey(RatingCriterion, models.PROTECT, verbose_name="未达标准")
    check_record = models.ForeignKey(
        SiteCheck,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="阵地检查",
        related_name="rectifications",
    )
    rating = models.ForeignKey(
        Rating,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="评定",
        related_name="rectifications",
    )
    problem = models.CharField("问题", max_length=200, blank=True)
    responsible = models.CharField("责任人", max_length=60)
    opened_on = models.DateField("立项日期")
    due_on = models.DateField("整改期限")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=RectificationState.choices,
        default=RectificationState.OPEN,
        editable=False,
    )
    done_on = models.DateField("完成日期", null=True, blank=True)
    evidence = models.CharField("整改情况和依据", max_length=300, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        verbose_name="报送人",
        related_name="+",
    )
    verified_on = models.DateField("核验日期", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        verbose_name="核验人",
        related_name="+",
    )
    return_reason = models.CharField("退回原因", max_length=200, blank=True, editable=False)

    objects = OfOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改"
        ordering = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(check_record__isnull=False, rating__isnull=True)
                | Q(check_record__isnull=True, rating__isnull=False),
                name="organizations_rectification_of_one",
            ),
            models.UniqueConstraint(
                fields=["check_record", "rating", "criterion"],
                name="organizations_rectification_once",
                nulls_distinct=False,
                violation_error_message="这一项已经列入整改",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")),
                name="organizations_rectification_due_later",
                violation_error_message="整改期限不能早于立项日期",
            ),
            models.CheckConstraint(
                condition=Q(state=RectificationState.OPEN)
                | (
                    Q(done_on__isnull=False, done_by__isnull=False, done_on__gte=F("opened_on"))
                    & ~Q(evidence="")
                ),
                name="organizations_rectification_done_with_evidence",
                violation_error_message="完成整改须写明完成日期和依据",
            ),
            models.CheckConstraint(
                condition=~Q(state=RectificationState.VERIFIED)
                | (
                    Q(verified_on__gte=F("done_on"), verified_by__isnull=False)
                    & ~Q(verified_by=F("done_by"))
                ),
                name="organizations_rectification_verified_by_another",
                violation_error_message="核验人不能是报送人，核验日期不能早于完成日期",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "due_on",
                name="organizations_rectify_due",
                condition=Q(state=RectificationState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}：{self.criterion}"
