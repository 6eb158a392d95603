"""The second factor of a user, its recovery codes, and which roles must have one."""

import uuid

from django.db import models

from accounts import roles
from accounts.models.user import User
from core.fields import EncryptedTextField


class SecondFactor(models.Model):
    """A time-based code (RFC 6238); `last_step` is the newest step whose code was used."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        User, models.CASCADE, verbose_name="用户", related_name="second_factor"
    )
    secret = EncryptedTextField("密钥")
    last_step = models.BigIntegerField("最近使用的时间步", default=-1)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "动态口令"

    def __str__(self) -> str:
        return f"{self.user} 动态口令"


class RecoveryCode(models.Model):
    """A one-time code for a lost telephone, kept as a keyed digest."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "恢复码"
        constraints = [
            models.UniqueConstraint("factor", "digest", name="accounts_recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.factor} 恢复码"


class RoleSetting(models.Model):
    """What the security administrator decided for a role; without a row the default holds."""

    role = models.CharField("角色", max_length=30, choices=roles.CHOICES, unique=True)
    second_factor = models.BooleanField("须用动态口令")

    class Meta:
        verbose_name = verbose_name_plural = "角色设置"

    def __str__(self) -> str:
        return self.get_role_display()
