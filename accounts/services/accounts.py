"""Accounts as such: made without rights, given one-time passwords, closed, reopened."""

from datetime import timedelta

from axes.utils import reset as axes_reset
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import passwords
from accounts.models import PasswordRecord, ScopeGrant, User
from accounts.services.rights import end_sessions, require_another_administrator, rights_changed
from core import audit
from core.dates import today

IDLE_DAYS = 90
ADMINISTRATORS = (
    ("xitong", "系统管理员", "system_administrator"),
    ("anquan", "安全管理员", "security_administrator"),
    ("shenji", "审计管理员", "audit_administrator"),
)


@transaction.atomic
def create_user(
    *, actor: User | None, username: str, full_name: str, reason: str = ""
) -> tuple[User, str]:
    """A new account without rights, and the one-time password that its owner is told once."""
    user = User(username=username.lower(), full_name=full_name)
    password = _give_temporary(user)
    user.save()
    audit.record(
        actor=actor,
        verb="account.create",
        target=user,
        after={"username": user.username, "full_name": full_name},
        reason=reason,
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
    end_sessions(user)
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
def set_active(*, actor: User | None, user: User, active: bool, reason: str) -> None:
    """Close or reopen an account; closing ends its sessions at once."""
    if not active:
        for grant in user.posts_in_force:
            require_another_administrator(grant)
    before = {"is_active": user.is_active}
    user.is_active = active
    end_sessions(user)
    user.save()
    audit.record(
        actor=actor,
        verb="account.active",
        target=user,
        before=before,
        after={"is_active": active},
        reason=reason,
    )


@transaction.atomic
def rename_user(*, actor: User, user: User, full_name: str, reason: str = "") -> None:
    """Correct the name of a person; the account name stays."""
    if user.full_name == full_name:
        return
    before, user.full_name = {"full_name": user.full_name}, full_name
    user.save(update_fields=["full_name"])
    audit.record(
        actor=actor,
        verb="account.rename",
        target=user,
        before=before,
        after={"full_name": full_name},
        reason=reason,
    )


def account_named(text: str) -> User | None:
    """The account of that exact name: nobody gets a list of names to choose from."""
    return User.objects.filter(username=text.strip().lower()).first()


def idle_since(days: int = IDLE_DAYS) -> Q:
    """Accounts that nobody has signed in with for so long."""
    limit = timezone.now() - timedelta(days=days)
    return Q(last_login__lt=limit) | Q(last_login=None, created_at__lt=limit)


def disable_idle() -> int:
    """Close what nobody has used for 90 days, but never the last administrator of a kind."""
    closed = 0
    for user in User.objects.filter(idle_since(), is_active=True):
        try:
            set_active(
                actor=None, user=user, active=False, reason=f"{IDLE_DAYS} 天没有登录，自动停用"
            )
            closed += 1
        except ValidationError:
            continue
    return closed


def unlock(*, actor: User, user: User) -> None:
    """Forget the failed attempts at signing in."""
    axes_reset(username=user.username)
    audit.record(actor=actor, verb="account.unlock", target=user)


@transaction.atomic
def end_all_sessions(*, actor: User, user: User) -> None:
    """Sign the user out everywhere."""
    rights_changed(user)
    user.sessions.all().delete()
    audit.record(actor=actor, verb="account.sessions", target=user)
