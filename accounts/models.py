"""People who sign in, the dated posts that give them rights, and the tokens of programs."""

from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import roles
from core.dates import today
from core.validity import Dated, DatedQuerySet
from organizations.models import PartyOrganization
from organizations.scoping import Scope


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Accounts are seen by those who administer them; one's own page needs no list."""
        return self if user.has_perm("accounts.view") else self.none()

    def with_posts(self) -> Self:
        """Adds `posts`, today's grants, read for all users at once."""
        posts = ScopeGrant.objects.as_of(today()).select_related("organization")
        return self.prefetch_related(models.Prefetch("grants", posts, to_attr="posts"))

    def in_role(self, role: str) -> Self:
        return self.filter(
            pk__in=ScopeGrant.objects.as_of(today()).filter(role=role).values("user")
        )


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, full_name: str, password: str | None = None) -> "User":
        user = self.model(username=username.lower(), full_name=full_name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Account names do not differ by case."""
        return self.get(username=(username or "").lower())


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

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions and rights change together: a new version ends every session of the user."""
        return salted_hmac(
            "accounts.User.session",
            f"{self.password}.{self.rights_version}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

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


class PasswordRecord(models.Model):
    """A password the user has had, as a hash, so that it is not taken again too soon."""

    user = models.ForeignKey(User, models.CASCADE, related_name="password_records")
    encoded = models.CharField(max_length=128)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "历史密码"

    def __str__(self) -> str:
        return f"{self.user} {self.set_at:%Y-%m-%d}"


class TokenScope(models.TextChoices):
    ENTERPRISES = "enterprises", "企业"
    AREAS = "areas", "辖区"
    ORGANIZATIONS = "organizations", "党组织"
    COVERAGE = "coverage", "覆盖情况"
    JOBS = "jobs", "任务"


class ApiToken(models.Model):
    """Lets a program read, within the rights of its user and these scopes, until a day."""

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
