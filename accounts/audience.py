"""Who holds which post today, for those who must be told of something."""

from accounts.models import ScopeGrant, User
from accounts.roles import ROLES
from core.dates import today


def post_holders(permission: str) -> dict[int, list[User]]:
    """Active users whose role at an organization carries the permission, by organization."""
    roles = [role.key for role in ROLES if permission in role.permissions]
    grants = (
        ScopeGrant.objects.as_of(today())
        .filter(role__in=roles, organization__isnull=False, user__is_active=True)
        .select_related("user")
        .order_by("organization", "user")
        .distinct()
    )
    found: dict[int, list[User]] = {}
    for grant in grants:
        users = found.setdefault(grant.organization_id or 0, [])
        if grant.user not in users:
            users.append(grant.user)
    return found
