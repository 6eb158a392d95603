"""What every change of rights has in common: sessions end, the last administrator stays."""

from django.core.exceptions import ValidationError

from accounts import roles
from accounts.models import ScopeGrant, User
from core.dates import today


def end_sessions(user: User) -> None:
    """The version is part of the session's seal (`User._get_session_auth_hash`)."""
    user.rights_version += 1


def rights_changed(user: User) -> None:
    """Every session of the user ends with the next request."""
    end_sessions(user)
    user.save(update_fields=["rights_version"])


def require_another_administrator(grant: ScopeGrant) -> None:
    """Each of the three kinds of administrator keeps at least one who can act."""
    if grant.role not in roles.ADMINISTRATORS:
        return
    others = ScopeGrant.objects.as_of(today()).filter(role=grant.role, user__is_active=True)
    if not others.exclude(user=grant.user_id).exists():
        raise ValidationError(f"至少须保留一名{grant.get_role_display()}，请先授权给接任的人。")
