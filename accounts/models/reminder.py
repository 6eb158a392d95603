"""Rules that tell users of what falls due, the county's free days, and what each day's run sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts import roles
from accounts.models.user import User


class ReminderRule(models.Model):
    """Tells holders of roles of one kind of deadline, `offset` days before its day.

    An offset below zero is a day after the deadline. A rule with `escalation_role` tells its
    holders at the nearest organization above as well, `escalation_days` after the deadline.
    """

    name = models.CharField("名称", max_length=60, unique=True)
    event = models.CharField("事项", max_length=40)
    offset = models.SmallIntegerField(
        "提前天数", default=7, help_text="到期前多少天提醒，负数为逾期后多少天"
    )
    audience = ArrayField(
        models.CharField(max_length=30, choices=roles.BUSINESS), verbose_name="提醒对象"
    )
    is_digest = models.BooleanField(
        "合并为一条", default=True, help_text="同一天的多项合并成一条消息"
    )
    skips_free_days = models.BooleanField(
        "避开休息日", default=True, help_text="周末和节假日不发，顺延到下一个工作日"
    )
    escalation_role = models.CharField(
        "逾期告知上级", max_length=30, choices=roles.BUSINESS, blank=True
    )
    escalation_days = models.PositiveSmallIntegerField("逾期多少天告知", default=7)
    is_active = models.BooleanField("启用", default=True)
    since = models.DateField("自何日起评估", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "提醒规则"
        ordering = ["event", "-offset", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(offset__range=(-366, 366), escalation_days__lte=366),
                name="accounts_reminder_within_a_year",
                violation_error_message="提前和逾期天数都不能超过 366 天。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def when(self) -> str:
        """The offset in words."""
        if self.offset < 0:
            return f"逾期 {-self.offset} 天"
        return f"提前 {self.offset} 天" if self.offset else "到期当天"


class ReminderRun(models.Model):
    """That a rule was evaluated on a day, once; the next run goes on from here."""

    rule = models.ForeignKey(ReminderRule, models.CASCADE, verbose_name="规则", related_name="runs")
    day = models.DateField("日期")
    count = models.PositiveIntegerField("消息数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "提醒记录"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint("rule", "day", name="accounts_reminder_run_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"


class CalendarDay(models.Model):
    """A day that differs from its weekday: a holiday, or a weekend day that is worked."""

    day = models.DateField("日期", unique=True)
    is_free = models.BooleanField("休息", default=True)
    name = models.CharField("名称", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "节假日和调休"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class CalendarAddress(models.Model):
    """The secret address under which a user's calendar program reads what is due."""

    user = models.OneToOneField(
        User, models.CASCADE, verbose_name="用户", related_name="calendar_address"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    used_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅地址"

    def __str__(self) -> str:
        return f"{self.user} 日历订阅地址"
