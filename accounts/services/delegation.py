"""A user lends an own post, or a part of it, to a deputy for a time."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import ScopeGrant, User
from accounts.services.posts import covers, give, record_end
from core.dates import today
from core.models import MessageKind
from core.notices import notify
from organizations.models import PartyOrganization
from organizations.scoping import Reach
from organizations.tree import SEGMENT

LONGEST = timedelta(days=180)


@transaction.atomic
def delegate(
    *,
    actor: User,
    source: ScopeGrant,
    deputy: User,
    role: str,
    organization: PartyOrganization | None,
    since: date,
    until: date,
    reason: str,
) -> ScopeGrant:
    """The deputy holds the post too from `since` and no more from `until` on."""
    _require_own(actor, source)
    _require_deputy(actor, deputy, source)
    _require_part(source, role, organization)
    _require_days(source, since, until)
    grant = give(
        actor=actor,
        verb="grant.delegate",
        grant=ScopeGrant(
            user=deputy,
            role=role,
            organization=organization,
            valid_from=since,
            valid_to=until,
            granted_by=actor,
            source=source,
            document=reason,
        ),
    )
    notify(
        [deputy],
        kind=MessageKind.INFORMATION,
        title=f"{actor.full_name} 委托您代办：{grant.title}",
        url="/account#identities",
        key=f"delegation-{grant.pk}",
        body=f"{since} 起，{until} 止。在右上角切换身份后办理。",
    )
    return grant


def _require_own(actor: User, source: ScopeGrant) -> None:
    if source.user_id != actor.pk or source.source_id is not None:
        raise ValidationError({"source": "只能委托本人的任职，受托的任职不能再委托。"})
    if source.role in roles.ADMINISTRATORS:
        raise ValidationError({"source": "管理员角色不能委托。"})


def _require_deputy(actor: User, deputy: User, source: ScopeGrant) -> None:
    """Somebody in office in the same county, so that no row leaves it."""
    if deputy.pk == actor.pk:
        raise ValidationError({"deputy": "不能委托给本人。"})
    top = source.organization.path[:SEGMENT] if source.organization else ""
    in_office = deputy.is_active and any(
        grant.organization and grant.organization.path.startswith(top)
        for grant in deputy.posts_in_force
        if grant.source_id is None
    )
    if not in_office:
        raise ValidationError({"deputy": "没有这个账号，或其在本县没有任职。"})


def lendable(user: User) -> list[ScopeGrant]:
    """The posts in force that their holder may lend."""
    return [
        grant
        for grant in user.posts_in_force
        if grant.source_id is None and grant.role not in roles.ADMINISTRATORS
    ]


def parts_of(source: ScopeGrant) -> list[tuple[str, str]]:
    """The lesser roles, as choices, as which a post over a subtree may be lent."""
    if roles.role(source.role).reach != Reach.SUBTREE:
        return []
    own = roles.permissions(source.role)
    return [
        (key, label)
        for key, label in roles.BUSINESS
        if key != source.role
        and roles.role(key).reach == Reach.SUBTREE
        and roles.permissions(key) <= own
    ]


def _require_part(source: ScopeGrant, role: str, organization: PartyOrganization | None) -> None:
    same = role == source.role and organization == source.organization
    is_part = role == source.role or role in dict(parts_of(source))
    if not (same or (is_part and covers(source, organization))):
        outside = organization != source.organization and not covers(source, organization)
        field = "organization" if outside else "role"
        raise ValidationError({field: "只能委托本人的任职，或其范围内权限不超过本人的一部分。"})


def _require_days(source: ScopeGrant, since: date, until: date) -> None:
    if since < today():
        raise ValidationError({"since": "起始日期不能早于今天。"})
    if until <= since:
        raise ValidationError({"until": "终止日期应晚于起始日期。"})
    if until - since > LONGEST:
        raise ValidationError({"until": f"一次委托最长 {LONGEST.days} 天。"})
    if source.valid_to and until > source.valid_to:
        raise ValidationError({"until": f"不能晚于本人任职的终止日期 {source.valid_to}。"})


@transaction.atomic
def revoke_delegation(*, actor: User, grant: ScopeGrant, reason: str = "") -> None:
    """Taken back by who gave it, or given back by who got it; felt at once."""
    if grant.source is None or actor.pk not in {grant.user_id, grant.source.user_id}:
        raise ValidationError("只能撤回本人的委托。")
    if grant.withdrawn_at is None:
        grant.withdrawn_at = timezone.now()
        grant.save(update_fields=["withdrawn_at"])
        record_end(actor, grant, reason, "grant.revoke")
