"""The case of one election, from the request to hold it to the approval of its result."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from organizations.models.organization import PartyOrganization
from organizations.models.term import LeadershipTerm
from organizations.querysets import ElectionQuerySet, ElectionStepQuerySet


class ElectionState(models.TextChoices):
    PREPARING = "preparing", "办理中"
    SUBMITTED = "submitted", "已上报"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已批复"
    HELD = "held", "已选举待批准"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已终止"


CLOSED = (ElectionState.DONE, ElectionState.CANCELLED)


class TermElection(models.Model):
    """`term` is the one that expires, none for a first election; `result` the one it led to."""

    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="elections"
    )
    term = models.ForeignKey(
        LeadershipTerm,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="本届",
        related_name="elections",
    )
    result = models.OneToOneField(
        LeadershipTerm,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="新一届",
        related_name="election",
    )
    state = models.CharField(
        "状态", max_length=10, choices=ElectionState.choices, default=ElectionState.PREPARING
    )
    planned_on = models.DateField("拟换届时间")
    remark = models.CharField("退回或终止原因", max_length=200, blank=True)
    rounds = models.PositiveSmallIntegerField("退回次数", default=0)
    opened_at = models.DateTimeField("开始办理时间", auto_now_add=True)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "换届选举"
        ordering = ["-opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organization",
                condition=~Q(state__in=CLOSED),
                name="organizations_election_open_once",
                violation_error_message="该党组织的换届正在办理",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=(ElectionState.HELD, ElectionState.DONE), result__isnull=False
                )
                | (~Q(state__in=(ElectionState.HELD, ElectionState.DONE)) & Q(result__isnull=True)),
                name="organizations_election_result",
                violation_error_message="选举之后才有新一届班子",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}换届选举"

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED


class ElectionStep(models.Model):
    """One step as it was done: the day, the document and who recorded it."""

    class Kind(models.TextChoices):
        REQUEST = "request", "换届请示"
        REPLY = "reply", "上级批复"
        CANDIDATES = "candidates", "候选人酝酿和公示"
        ELECTION = "election", "选举大会"
        REPORT = "report", "选举结果报批"
        CONFIRMATION = "confirmation", "选举结果批复、备案"

    election = models.ForeignKey(
        TermElection, models.CASCADE, verbose_name="换届选举", related_name="steps"
    )
    kind = models.CharField("步骤", max_length=12, choices=Kind.choices)
    done_on = models.DateField("日期")
    document = models.CharField("文号", max_length=100, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="登记人",
        related_name="+",
    )
    recorded_at = models.DateTimeField("登记时间", auto_now=True)

    objects = ElectionStepQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "换届步骤"
        ordering = ["election", "done_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "election",
                "kind",
                name="organizations_election_step_once",
                violation_error_message="这一步已经登记",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("reply", "confirmation")) | ~Q(document=""),
                name="organizations_election_reply_document",
                violation_error_message="上级批复应有文号",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election}：{self.get_kind_display()}"
