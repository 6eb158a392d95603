"""A leaver's open work and, where an administrator does it, posts go to a successor."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import roles
from accounts.models import Handover, ScopeGrant, User
from accounts.services.posts import end_grant, grant_role
from accounts.services.rights import rights_changed
from core import audit, handover
from core.dates import today
from core.models import MessageKind
from core.notices import notify

POSTS = "任职"


def open_work(user: User) -> list[tuple[str, list[str]]]:
    """What the user would hand over, by kind."""
    return [(kind.what, kind.titles(user)) for kind in handover.kinds()]


@transaction.atomic
def hand_over(
    *, actor: User, leaver: User, successor: User, reason: str, with_posts: bool
) -> Handover:
    """Move everything open; with posts the successor holds them from today, the leaver no more."""
    _require_successor(leaver, successor)
    items = [
        {"what": kind.what, "titles": kind.move(leaver, successor, actor)}
        for kind in handover.kinds()
    ]
    if with_posts:
        items.insert(0, {"what": POSTS, "titles": _move_posts(actor, leaver, successor, reason)})
    done = Handover.objects.create(
        leaver=leaver, successor=successor, reason=reason, done_by=actor, items=items
    )
    audit.record(
        actor=actor,
        verb="account.handover",
        target=leaver,
        after={"successor": str(successor)}
        | {str(item["what"]): len(item["titles"]) for item in items},
        reason=reason,
    )
    notify(
        [successor],
        kind=MessageKind.INFORMATION,
        title=f"{leaver.full_name} 的工作已交接给您",
        url=f"/handovers/{done.pk}",
        key=f"handover-{done.pk}",
    )
    return done


def _require_successor(leaver: User, successor: User) -> None:
    if leaver.pk == successor.pk:
        raise ValidationError({"successor": "不能交接给本人。"})
    kinds = {
        roles.role(grant.role).is_administrator
        for user in (leaver, successor)
        for grant in user.posts_in_force
    }
    if not successor.is_active or len(kinds) > 1:
        raise ValidationError({"successor": "没有这个账号，或不能接收这些工作。"})


def _move_posts(actor: User, leaver: User, successor: User, reason: str) -> list[str]:
    """Business posts one by one; those of administrators take two persons and stay."""
    moved = []
    for grant in leaver.posts_in_force:
        if grant.source_id or grant.role in roles.ADMINISTRATORS:
            continue
        end_grant(actor=actor, grant=grant, on=today(), reason=reason)
        _take_over(actor, successor, grant, reason)
        moved.append(grant.title)
    rights_changed(leaver)
    return moved


def _take_over(actor: User, successor: User, grant: ScopeGrant, reason: str) -> None:
    """Nothing to do for a post that the successor holds already."""
    held = successor.grants.as_of(today()).filter(
        role=grant.role, organization=grant.organization, source=None
    )
    if not held.exists():
        grant_role(
            actor=actor,
            user=successor,
            role=grant.role,
            organization=grant.organization,
            since=today(),
            document=reason[:100],
        )
