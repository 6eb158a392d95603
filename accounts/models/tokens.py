"""The tokens of programs that read, and where allowed write, on behalf of a user."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from accounts.models.user import User


class TokenScope(models.TextChoices):
    ENTERPRISES = "enterprises", "企业"
    AREAS = "areas", "辖区"
    ORGANIZATIONS = "organizations", "党组织"
    MEMBERS = "members", "人员和指导员"
    ACTIVITIES = "activities", "组织生活"
    COVERAGE = "coverage", "覆盖情况"
    JOBS = "jobs", "任务"
    WRITE = "write", "登记和修改（限同时勾选的各项）"


class ApiToken(models.Model):
    """Lets a program act within the rights of its user and these scopes until a day."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="用户", related_name="tokens")
    name = models.CharField("用途", max_length=60)
    hint = models.CharField("开头", max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20), verbose_name="范围")
    expires_at = models.DateTimeField("有效期至")
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    used_at = models.DateTimeField("最近使用", null=True, blank=True)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
