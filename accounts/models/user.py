"""People who sign in, the passwords they have had, and the dated posts that give them rights."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts import roles
from core.dates import today
from core.validity import Dated, DatedQuerySet, valid_on
from organizations.models import PartyOrganization
from organizations.scoping import Scope, path_condition

OWN_POSTS = ""  # the identity that unites all posts of one's own


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """All accounts for the administrators, holders of posts below for those who appoint."""
        if not user.has_perm("accounts.view"):
            return self.none()
        if user.administers:
            return self
        below = ScopeGrant.objects.visible_to(user).filter(user=OuterRef("pk"))
        return self.filter(Exists(below))

    def with_posts(self) -> Self:
        """Adds `posts`, today's grants, read for all users at once."""
        posts = ScopeGrant.objects.as_of(today()).select_related("organization")
        return self.prefetch_related(models.Prefetch("grants", posts, to_attr="posts"))

    def in_role(self, *roles: str) -> Self:
        held = ScopeGrant.objects.as_of(today()).filter(role__in=roles)
        return self.filter(pk__in=held.values("user"))

    def holding(self, permission: str) -> Self:
        """Active users one of whose posts of today carries the permission."""
        carriers = (role.key for role in roles.ROLES if permission in role.permissions)
        return self.filter(is_active=True).in_role(*carriers)


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
    """`second_factor_since` is set as long as signing in asks for a code as well."""

    username = models.CharField("账号", max_length=60, unique=True)
    full_name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=True)
    password_changed_at = models.DateTimeField("改密时间", null=True, blank=True)
    temporary_until = models.DateTimeField("临时密码有效期至", null=True, blank=True)
    second_factor_since = models.DateTimeField("动态口令启用时间", null=True, blank=True)
    rights_version = models.PositiveIntegerField("权限版本", default=1)
    preferences = models.JSONField("个人设置", default=dict, blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    # The post in use: the key of a grant, or all own posts together.
    identity: str = OWN_POSTS

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("accounts:user", args=[self.pk])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions and rights change together: a new version ends every session of the user."""
        return salted_hmac(
            "accounts.User.session",
            f"{self.password}.{self.rights_version}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @cached_property
    def posts_in_force(self) -> list["ScopeGrant"]:
        """Everything held today, what others have delegated included."""
        held = self.grants.as_of(today()).select_related("organization", "source__user")
        return list(held)

    @property
    def current_grants(self) -> Sequence["ScopeGrant"]:
        """The posts in use: the chosen one, or all of one's own."""
        if self.identity == OWN_POSTS:
            return [grant for grant in self.posts_in_force if grant.source_id is None]
        return [grant for grant in self.posts_in_force if grant.identity == self.identity]

    def assume(self, identity: str) -> None:
        """Use one post alone; an identity that is not held any more gives no rights at all."""
        self.identity = identity

    @property
    def has_choice(self) -> bool:
        """Whether there is more than one identity to choose from."""
        return len(self.posts_in_force) > 1 or any(one.source_id for one in self.posts_in_force)

    @property
    def acts_for(self) -> "User | None":
        """Whose post is in use, when it is another's."""
        grants = self.current_grants if self.identity else ()
        return next((grant.source.user for grant in grants if grant.source), None)

    @property
    def signature(self) -> str:
        """The name under an act in the log."""
        other = self.acts_for
        return f"{self.full_name}（代 {other.full_name} 办理）" if other else self.full_name

    @property
    def administers(self) -> bool:
        """Whether this is one of the three administrators."""
        return any(roles.role(grant.role).is_administrator for grant in self.current_grants)

    @property
    def scope(self) -> Scope:
        """What today's grants let the user see; an instructor's deputy sees his enterprises."""
        if not self.is_active:
            return Scope()
        holder = self.acts_for or self
        return roles.scope_of(holder.pk, self.current_grants)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether one of today's roles carries the permission; rows are a matter of `scope`."""
        return self.is_active and any(
            perm in roles.permissions(grant.role) for grant in self.current_grants
        )


class GrantQuerySet(DatedQuerySet):
    def as_of(self, day: date) -> Self:
        """Posts held on that day; a delegated one needs the post it was taken from."""
        source = Q(source=None) | (
            valid_on(day, "source__") & Q(source__withdrawn_at=None, source__user__is_active=True)
        )
        return super().as_of(day).filter(source, withdrawn_at=None)

    def visible_to(self, user: User) -> Self:
        """All posts for the administrators; a superior reads of those below."""
        if not user.has_perm("accounts.view"):
            return self.none()
        if user.administers:
            return self
        return self.filter(path_condition("organization__path", user.scope.subtrees))


class ScopeGrant(Dated):
    """A post: a role over the subtree of a committee, or over assigned rows, for a period.

    `source` is another's post of which this one is delegated; `withdrawn_at` ends it at once.
    """

    user = models.ForeignKey(User, models.PROTECT, verbose_name="用户", related_name="grants")
    role = models.CharField("角色", max_length=30, choices=roles.CHOICES)
    organization = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, verbose_name="党组织"
    )
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, verbose_name="授权人", related_name="+"
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, verbose_name="复核人", related_name="+"
    )
    source = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="委托自",
        related_name="delegated",
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    document = models.CharField("依据", max_length=100, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "授权"
        ordering = ["user", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(source=None) | Q(valid_to__isnull=False),
                name="accounts_delegation_has_an_end",
                violation_error_message="委托须有截止日期",
            ),
            # The first administrators are made by nobody; every later one by two persons.
            models.CheckConstraint(
                condition=~Q(role__in=roles.ADMINISTRATORS)
                | Q(granted_by=None, confirmed_by=None)
                | (Q(confirmed_by__isnull=False) & ~Q(granted_by=F("confirmed_by"))),
                name="accounts_administrator_by_two",
                violation_error_message="管理员须由两人办理",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def holds_on(self, day: date) -> bool:
        return (
            self.withdrawn_at is None
            and self.valid_from <= day
            and (self.valid_to is None or day < self.valid_to)
        )

    @property
    def identity(self) -> str:
        """What a session keeps to use this post."""
        return str(self.pk)

    @property
    def title(self) -> str:
        """The post in words: committee and role."""
        label = self.get_role_display()
        return f"{self.organization} · {label}" if self.organization else label


class PasswordRecord(models.Model):
    """A password the user has had, as a hash, so that it is not taken again too soon."""

    user = models.ForeignKey(User, models.CASCADE, related_name="password_records")
    encoded = models.CharField(max_length=128)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "历史密码"

    def __str__(self) -> str:
        return f"{self.user} {self.set_at:%Y-%m-%d}"
