"""People who sign in, and the dated posts that give them rights over part of the tree."""

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from accounts import roles
from core.dates import today
from core.validity import Dated, DatedQuerySet
from organizations.models import PartyOrganization
from organizations.scoping import Scope


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, full_name: str, password: str | None = None) -> "User":
        user = self.model(username=username, full_name=full_name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    username = models.CharField("账号", max_length=60, unique=True)
    full_name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=True)
    password_changed_at = models.DateTimeField("改密时间", null=True, blank=True)
    temporary_until = models.DateTimeField("临时密码有效期至", null=True, blank=True)
    rights_version = models.PositiveIntegerField("权限版本", default=1)
    preferences = models.JSONField("个人设置", default=dict, blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def current_grants(self) -> list["ScopeGrant"]:
        return list(self.grants.as_of(today()).select_related("organization"))

    @property
    def scope(self) -> Scope:
        """What today's grants let the user see."""
        return roles.scope_of(self.pk, self.current_grants) if self.is_active else Scope()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether one of today's roles carries the permission; rows are a matter of `scope`."""
        return self.is_active and any(
            perm in roles.permissions(grant.role) for grant in self.current_grants
        )


class ScopeGrant(Dated):
    """A post: a role over the subtree of a committee, or over assigned rows, for a period."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="用户", related_name="grants")
    role = models.CharField("角色", max_length=30, choices=roles.CHOICES)
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, verbose_name="党组织"
    )
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, verbose_name="授权人", related_name="+"
    )
    document = models.CharField("依据", max_length=100, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "授权"
        ordering = ["user", "-valid_from"]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
