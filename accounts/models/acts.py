"""Acts that need a second person, and the handing over of a leaver's work."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from accounts import roles
from accounts.models.user import User


class PairedAct(models.Model):
    """What one administrator proposed and another one confirms before it takes effect."""

    class Kind(models.TextChoices):
        GRANT = "grant", "授予管理员角色"
        RESET = "reset", "重置动态口令"

    class Outcome(models.TextChoices):
        OPEN = "", "待复核"
        CONFIRMED = "confirmed", "已办理"
        REFUSED = "refused", "已退回"
        WITHDRAWN = "withdrawn", "已撤回"
        EXPIRED = "expired", "已过期"

    kind = models.CharField("事项", max_length=10, choices=Kind.choices)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="对象", related_name="+")
    role = models.CharField("角色", max_length=30, choices=roles.CHOICES, blank=True)
    since = models.DateField("自何日起", null=True, blank=True)
    reason = models.CharField("原因", max_length=200)
    proposed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="提出人", related_name="proposed_acts"
    )
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    expires_at = models.DateTimeField("有效期至")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, verbose_name="复核人", related_name="+"
    )
    decided_at = models.DateTimeField("复核时间", null=True, blank=True)
    outcome = models.CharField(
        "状态", max_length=10, choices=Outcome.choices, default=Outcome.OPEN, blank=True
    )
    note = models.CharField("复核意见", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "双人办理事项"
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["", "withdrawn", "expired"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="accounts_act_by_two_persons",
                violation_error_message="提出人不能复核自己提出的事项",
            ),
            models.CheckConstraint(
                condition=~Q(user=F("proposed_by"))
                & (Q(decided_by=None) | ~Q(user=F("decided_by"))),
                name="accounts_act_not_for_oneself",
                violation_error_message="不能办理涉及本人的事项",
            ),
            models.UniqueConstraint(
                "kind",
                "user",
                condition=Q(outcome=""),
                name="accounts_act_open_once",
                violation_error_message="该事项已提出，正在等待复核",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.user}"


class Handover(models.Model):
    """A leaver's open work in a successor's hands; `items` is [{"what", "titles"}]."""

    leaver = models.ForeignKey(User, models.PROTECT, verbose_name="交出人", related_name="+")
    successor = models.ForeignKey(User, models.PROTECT, verbose_name="接收人", related_name="+")
    reason = models.CharField("原因", max_length=200)
    done_by = models.ForeignKey(User, models.PROTECT, verbose_name="办理人", related_name="+")
    done_at = models.DateTimeField("办理时间", auto_now_add=True)
    items = models.JSONField("交接内容", default=list, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = verbose_name_plural = "工作交接"
        ordering = ["-done_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(leaver=F("successor")),
                name="accounts_handover_to_another",
                violation_error_message="不能交接给本人",
            )
        ]

    def __str__(self) -> str:
        return f"{self.leaver} → {self.successor}"
