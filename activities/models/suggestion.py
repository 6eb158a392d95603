"""What members and workers suggested to their enterprise, and what became of it."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from enterprises.models import Enterprise
from organizations.models import PartyOrganization
from organizations.querysets import OfOrganizationQuerySet


class SuggestionAnswer(models.TextChoices):
    ADOPTED = "adopted", "采纳"
    DECLINED = "declined", "未采纳"


class Suggestion(models.Model):
    """Recorded by the branch; without an answer the enterprise has not decided."""

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="suggestions"
    )
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="所在企业",
        related_name="suggestions",
    )
    proposer = models.CharField("提出人", max_length=60)
    made_on = models.DateField("提出日期")
    text = models.CharField("建议内容", max_length=500)
    answer = models.CharField(
        "采纳情况", max_length=8, choices=SuggestionAnswer.choices, blank=True
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)
    outcome = models.CharField("落实情况", max_length=300, blank=True)

    objects = OfOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "合理化建议"
        ordering = ["-made_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False),
                name="activities_suggestion_answered",
                violation_error_message="采纳情况和答复日期应同时填写。",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("made_on")),
                name="activities_suggestion_in_order",
                violation_error_message="答复日期不能早于提出日期。",
            ),
        ]
        indexes: ClassVar = [
            models.Index("organization", "made_on", name="activities_suggested"),
        ]

    def __str__(self) -> str:
        return self.text[:30]

    def is_adopted_by(self, day: date) -> bool:
        """Whether the enterprise had adopted it by that day."""
        return (
            self.answer == SuggestionAnswer.ADOPTED
            and self.answered_on is not None
            and self.answered_on <= day
        )
