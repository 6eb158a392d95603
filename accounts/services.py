"""What administrators do to accounts and posts, and users to their own password."""

from datetime import date, timedelta
from typing import Any

from axes.utils import reset as axes_reset
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import passwords, roles
from accounts.models import PasswordRecord, ScopeGrant, User
from core import audit
from core.dates import today
from organizations.models import PartyOrganization

ADMINISTRATORS = (
    ("xitong", "系统管理员", "system_administrator"),
    ("anquan", "安全管理员", "security_administrator"),
    ("shenji", "审计管理员", "audit_administrator"),
)


@transaction.atomic
def create_user(*, actor: User | None, username: str, full_name: str) -> tuple[User, str]:
    """A new account without rights, and the one-time password that its owner is told once."""
    user = User(username=username.lower(), full_name=full_name)
    password = _give_temporary(user)
    user.save()
    audit.record(
        actor=actor,
        verb="account.create",
        target=user,
        after={"username": user.username, "full_name": full_name},
    )
    return user, password


@transaction.atomic
def create_administrators(full_names: dict[str, str]) -> list[tuple[User, str]]:
    """The first accounts of an installation, by role; refused when there is any account."""
    if User.objects.exists():
        raise ValidationError("系统已有账号")
    made = []
    for username, _, role in ADMINISTRATORS:
        user, password = create_user(actor=None, username=username, full_name=full_names[role])
        ScopeGrant.objects.create(user=user, role=role, valid_from=today())
        made.append((user, password))
    return made


@transaction.atomic
def reset_password(*, actor: User, user: User) -> str:
    """A new one-time password; every session of the user ends."""
    password = _give_temporary(user)
    _end_sessions(user)
    user.save()
    audit.record(actor=actor, verb="account.reset", target=user)
    return password


def _give_temporary(user: User) -> str:
    password = passwords.make_temporary()
    user.set_password(password)
    user.must_change_password = True
    user.temporary_until = timezone.now() + timedelta(hours=passwords.TEMPORARY_HOURS)
    return password


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """The user's own choice; it has passed the validators."""
    user.set_password(password)
    user.must_change_password = False
    user.temporary_until = None
    user.password_changed_at = timezone.now()
    user.save()
    PasswordRecord.objects.create(user=user, encoded=user.password)
    audit.record(actor=user, verb="account.password", target=user)


@transaction.atomic
def set_active(*, actor: User, user: User, active: bool, reason: str) -> None:
    """Close or reopen an account; closing ends its sessions at once."""
    before = {"is_active": user.is_active}
    user.is_active = active
    _end_sessions(user)
    user.save()
    audit.record(
        actor=actor,
        verb="account.active",
        target=user,
        before=before,
        after={"is_active": active},
        reason=reason,
    )


def unlock(*, actor: User, user: User) -> None:
    """Forget the failed attempts at signing in."""
    axes_reset(username=user.username)
    audit.record(actor=actor, verb="account.unlock", target=user)


@transaction.atomic
def grant_role(
    *,
    actor: User,
    user: User,
    role: str,
    organization: PartyOrganization | None,
    since: date,
    document: str = "",
) -> ScopeGrant:
    """Give a post; administrators' posts stand alone and nobody gives one to himself."""
    wanted = roles.role(role)
    if user.pk == actor.pk:
        raise ValidationError("不能给自己授权")
    held = {grant.role for grant in user.grants.filter(valid_to=None)}
    if held and (wanted.is_administrator or any(roles.role(key).is_administrator for key in held)):
        raise ValidationError("系统、安全、审计管理员须各用一个账号，不能兼任其他角色")
    if wanted.is_administrator != (organization is None):
        raise ValidationError(
            "管理员角色不对应党组织" if wanted.is_administrator else "请选择党组织"
        )
    grant = ScopeGrant(
        user=user,
        role=role,
        organization=organization,
        valid_from=since,
        granted_by=actor,
        document=document,
    )
    grant.full_clean()
    grant.save()
    _rights_changed(actor, "grant.give", grant)
    return grant


@transaction.atomic
def end_grant(*, actor: User, grant: ScopeGrant, on: date, reason: str) -> None:
    """The post is not held from that day on."""
    if grant.user_id == actor.pk:
        raise ValidationError("不能变更自己的授权")
    grant.valid_to = on
    grant.full_clean()
    grant.save()
    _rights_changed(actor, "grant.end", grant, reason)


def _rights_changed(actor: User, verb: str, grant: ScopeGrant, reason: str = "") -> None:
    user: User = grant.user
    _end_sessions(user)
    user.save(update_fields=["rights_version"])
    after: dict[str, Any] = {
        "role": grant.role,
        "organization": str(grant.organization or ""),
        "valid_from": grant.valid_from,
        "valid_to": grant.valid_to,
    }
    audit.record(actor=actor, verb=verb, target=user, after=after, reason=reason)


def _end_sessions(user: User) -> None:
    """The version is part of the session's seal (`User._get_session_auth_hash`)."""
    user.rights_version += 1
