"""What an activity decided: put to the vote, an election, or handed to somebody as a task."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from activities.models.activity import Activity
from activities.querysets import OfActivityQuerySet
from members.models import Person


class DecisionKind(models.TextChoices):
    TASK = "task", "工作安排"
    VOTE = "vote", "表决事项"
    ELECTION = "election", "选举"


class ActivityDecision(models.Model):
    """With an owner and a day it is a task; `done_on` closes it."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="组织生活", related_name="decisions"
    )
    kind = models.CharField(
        "性质", max_length=8, choices=DecisionKind.choices, default=DecisionKind.TASK
    )
    text = models.CharField("决定事项", max_length=300)
    ayes = models.PositiveIntegerField("赞成", null=True, blank=True)
    noes = models.PositiveIntegerField("反对", null=True, blank=True)
    abstentions = models.PositiveIntegerField("弃权", null=True, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name="责任人", related_name="tasks"
    )
    due_on = models.DateField("完成期限", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    outcome = models.CharField("完成情况", max_length=300, blank=True)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "决定事项"
        ordering = ["activity", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="task") | Q(ayes__isnull=False),
                name="activities_vote_is_counted",
                violation_error_message="表决和选举应填写赞成票数。",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(owner__isnull=False),
                name="activities_task_has_owner",
                violation_error_message="有期限的事项应有责任人。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("due_on"),
                name="activities_tasks_due",
                condition=Q(done_on__isnull=True, due_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text
