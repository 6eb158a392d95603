"""A meeting or other activity of an organization, from its plan to its locked record."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities.models.group import PartyGroup
from activities.models.kind import ActivityKind
from activities.querysets import HELD, ActivityQuerySet, OfActivityQuerySet
from members.models import Person
from organizations.models import PartyOrganization


class ActivityState(models.TextChoices):
    """`held` is a meeting that took place and has no record yet."""

    PLANNED = "planned", "计划"
    NOTIFIED = "notified", "已通知"
    HELD = "held", "已召开"
    RECORDED = "recorded", "草稿"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "退回"
    ACCEPTED = "accepted", "通过"
    LOCKED = "locked", "锁定"
    CANCELLED = "cancelled", "取消"


class Activity(models.Model):
    """`held_on` with its times is when it took place, `recorded_on` when that was first said.

    The four counts are those of the roster as last saved: `expected` and `came` of everybody
    asked, `voters` and `voters_came` of those who may vote. `version` grows with each saved
    record; a correction after the lock is a further version.
    """

    token = models.UUIDField("登记凭据", default=uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, verbose_name="党组织", related_name="activities"
    )
    kinds = models.ManyToManyField(ActivityKind, verbose_name="类型", related_name="activities")
    group = models.ForeignKey(
        PartyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="党小组",
        related_name="activities",
    )
    title = models.CharField("议题", max_length=200)
    planned_on = models.DateField("计划日期", null=True, blank=True)
    planned_from = models.TimeField("计划时间", null=True, blank=True)
    held_on = models.DateField("召开日期", null=True, blank=True)
    held_from = models.TimeField("开始时间", null=True, blank=True)
    held_to = models.TimeField("结束时间", null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name="主持人", related_name="+"
    )
    recorder = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name="记录人", related_name="+"
    )
    guests = models.CharField("列席和上级到会人员", max_length=300, blank=True)
    content = models.TextField("内容", max_length=20000, blank=True)
    resolution = models.TextField("决议", max_length=5000, blank=True)
    expected = models.PositiveIntegerField("应到人数", default=0)
    came = models.PositiveIntegerField("实到人数", default=0)
    voters = models.PositiveIntegerField("应到有表决权人数", default=0)
    voters_came = models.PositiveIntegerField("实到有表决权人数", default=0)
    state = models.CharField(
        "状态", max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED
    )
    version = models.PositiveIntegerField("版本", default=1)
    recorded_on = models.DateField("首次登记日期", null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="登记人",
        related_name="+",
    )
    changed_at = models.DateTimeField("最近修改", auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组织生活"
        ordering = ["-held_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_to__gt=F("held_from")),
                name="activities_held_in_order",
                violation_error_message="结束时间应晚于开始时间。",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(held_on__lte=F("recorded_on")),
                name="activities_held_not_ahead",
                violation_error_message="还没有召开的会议不能登记为已召开。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*HELD, "held"])
                | Q(held_on__isnull=False, recorded_on__isnull=False),
                name="activities_held_has_day",
                violation_error_message="已召开的会议应填写召开日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HELD) | Q(held_from__isnull=False, held_to__isnull=False),
                name="activities_recorded_has_times",
                violation_error_message="会议记录应填写开始和结束时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["planned", "notified"]) | Q(planned_on__isnull=False),
                name="activities_planned_has_day",
                violation_error_message="计划的会议应填写计划日期。",
            ),
            models.CheckConstraint(
                condition=Q(came__lte=F("expected"), voters_came__lte=F("voters")),
                name="activities_counts_add_up",
                violation_error_message="实到人数不能超过应到人数。",
            ),
            models.UniqueConstraint(
                "organization",
                "held_on",
                "held_from",
                "group",
                name="activities_once",
                nulls_distinct=False,
                condition=Q(held_on__isnull=False) & ~Q(state="cancelled"),
                violation_error_message="这个时间的会议已经登记。",
            ),
        ]
        indexes: ClassVar = [
            models.Index("held_on", "id", name="activities_by_day"),
            models.Index("organization", "held_on", name="activities_by_branch"),
            models.Index("state", "held_on", name="activities_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:activity", args=[self.pk])

    @property
    def day(self) -> date | None:
        """When it took place, or else is planned."""
        return self.held_on or self.planned_on

    @property
    def days_late(self) -> int:
        """How many days after the meeting it was first recorded."""
        return (self.recorded_on - self.held_on).days if self.recorded_on and self.held_on else 0


class ActivityStep(models.Model):
    """Who brought the activity from one state to another, when and why."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="组织生活", related_name="steps"
    )
    act = models.CharField("办理", max_length=20)
    state = models.CharField("办理后状态", max_length=10, choices=ActivityState.choices)
    version = models.PositiveIntegerField("版本")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="办理人",
        related_name="+",
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    reason = models.CharField("原因", max_length=500, blank=True)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理过程"
        ordering = ["activity", "pk"]

    def __str__(self) -> str:
        return f"{self.activity} {self.get_state_display()}"


class ActivityVersion(models.Model):
    """The whole record as it was handed in or corrected, in words; never changed."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="组织生活", related_name="versions"
    )
    version = models.PositiveIntegerField("版本")
    facts = models.JSONField("内容")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="保存人",
        related_name="+",
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    reason = models.CharField("更正原因", max_length=500, blank=True)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "记录版本"
        ordering = ["activity", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint("activity", "version", name="activities_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity} 第{self.version}版"
