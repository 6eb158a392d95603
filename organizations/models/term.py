"""The terms of leading bodies: when elected, when they expire, and by what approval they shift."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.validity import Dated, no_overlap
from organizations.models.organization import PartyOrganization
from organizations.querysets import TermQuerySet


class ElectionForm(models.TextChoices):
    """How the body came about."""

    MEETING = "meeting", "党员大会选举"
    CONGRESS = "congress", "党员代表大会选举"
    APPOINTED = "appointed", "上级党组织任命"


class LeadershipTerm(Dated):
    """One term of one organization's leading body.

    It holds from the day of election until the next body is elected, also beyond its expiry.
    `due_on` is the expiry of the term before, `due_from` the first day on which an election no
    longer counts as early; a first term has neither.
    """

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="terms"
    )
    number = models.PositiveSmallIntegerField("届次")
    valid_from = models.DateField("当选日期")
    valid_to = models.DateField("本届结束", null=True, blank=True, help_text="下届当选之日")
    years = models.PositiveSmallIntegerField("任期（年）")
    expires_on = models.DateField("届满日期")
    due_from = models.DateField("应换届起始", null=True, blank=True)
    due_on = models.DateField("应换届日期", null=True, blank=True, help_text="上届届满日期")
    timing_document = models.CharField("提前或延期批准文号", max_length=100, blank=True)
    extended_to = models.DateField("延期至", null=True, blank=True)
    extension_document = models.CharField("延期批准文号", max_length=100, blank=True)
    form = models.CharField(
        "产生方式",
        max_length=10,
        choices=ElectionForm.choices,
        default=ElectionForm.MEETING,
    )
    document = models.CharField("选举结果批准文号", max_length=100, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    entitled = models.PositiveIntegerField("应到会人数", null=True, blank=True)
    present = models.PositiveIntegerField("实到会人数", null=True, blank=True)
    ballots = models.PositiveIntegerField("收回选票", null=True, blank=True)
    valid_ballots = models.PositiveIntegerField("有效票", null=True, blank=True)
    candidates = models.PositiveSmallIntegerField("候选人数", null=True, blank=True)
    elected = models.PositiveSmallIntegerField("当选委员人数", null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "班子任期"
        ordering = ["organization", "-valid_from"]
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            no_overlap("organizations_term_once", "organization", message="该时段已有一届班子"),
            models.UniqueConstraint(
                "organization",
                "number",
                name="organizations_term_number",
                violation_error_message="该党组织已登记过这一届",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("valid_from")),
                name="organizations_term_expires_after",
                violation_error_message="届满日期应晚于当选日期",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_from__isnull=True)
                | Q(due_on__isnull=False, due_from__lte=F("due_on")),
                name="organizations_term_due_window",
                violation_error_message="应换届起始和应换届日期应同时填写，起始不晚于应换届日期",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True)
                | ~Q(timing_document="")
                | Q(valid_from__gte=F("due_from"), valid_from__lte=F("due_on")),
                name="organizations_term_timing_approved",
                violation_error_message="提前或延期换届应有上级批准文号",
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True, extension_document="")
                | (Q(extended_to__gt=F("expires_on")) & ~Q(extension_document="")),
                name="organizations_term_extension_approved",
                violation_error_message="延期应有上级批准文号，延期至的日期应晚于届满日期",
            ),
            models.CheckConstraint(
                condition=(Q(present__isnull=True) | Q(present__lte=F("entitled")))
                & (Q(ballots__isnull=True) | Q(ballots__lte=F("present")))
                & (Q(valid_ballots__isnull=True) | Q(valid_ballots__lte=F("ballots"))),
                name="organizations_term_ballots_add_up",
                violation_error_message="实到会人数不超过应到，选票不超过实到，有效票不超过选票",
            ),
        ]
        indexes: ClassVar = [models.Index("expires_on", name="organizations_term_expiry")]

    def __str__(self) -> str:
        return f"{self.organization}第{self.number}届"

    def get_absolute_url(self) -> str:
        return reverse("organizations:body_election", args=[self.organization_id])

    @property
    def ends_on(self) -> date:
        """The day by which the next body must be elected, an approved extension included."""
        return self.extended_to or self.expires_on

    def days_left(self, day: date) -> int:
        """Negative once the election is overdue."""
        return (self.ends_on - day).days
