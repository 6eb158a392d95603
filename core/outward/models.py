"""Who wants a daily mail of what waits, and which messages are still to be told to the webhook."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.fields import EncryptedTextField


class MailChoice(models.Model):
    """A user's wish to be mailed once a day what is unread; `sent_on` is the last such day."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="用户", related_name="mail_choice"
    )
    address = EncryptedTextField("邮箱地址")
    kinds = ArrayField(models.CharField(max_length=12), verbose_name="类别", default=list)
    is_on = models.BooleanField("启用", default=True)
    sent_on = models.DateField("最近发送", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "邮件提醒"

    def __str__(self) -> str:
        return f"{self.user} 邮件提醒"


class Outgoing(models.Model):
    """A message that the webhook is to be told of, written in the message's own transaction.

    Without `next_at` nothing more is tried: it arrived, or was given up for `problem`.
    """

    message = models.OneToOneField(
        "core.Message", models.CASCADE, verbose_name="消息", related_name="outgoing"
    )
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_at = models.DateTimeField("下次发送", null=True, default=timezone.now)
    sent_at = models.DateTimeField("送达时间", null=True, blank=True)
    problem = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "外发消息"
        indexes: ClassVar = [
            models.Index("next_at", name="core_outgoing_due", condition=Q(next_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"外发 {self.message_id}"
