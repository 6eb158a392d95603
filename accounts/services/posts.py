"""Giving and ending posts: by the security administrator, or by a superior within his rights."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import ScopeGrant, User
from accounts.services.rights import require_another_administrator, rights_changed
from core import audit
from core.dates import today
from organizations.models import PartyOrganization
from organizations.scoping import Reach


@transaction.atomic
def grant_role(
    *,
    actor: User,
    user: User,
    role: str,
    organization: PartyOrganization | None,
    since: date,
    until: date | None = None,
    document: str = "",
) -> ScopeGrant:
    """Give a business post; those of the three administrators take two persons (`paired`)."""
    require_possible(actor, user, role, organization)
    if roles.role(role).is_administrator:
        raise ValidationError("管理员角色须由两人办理，请改用“提出管理员授权”。")
    if not may_give(actor, role, organization):
        raise ValidationError("只能在本人任职的范围内授予权限低于本人的角色。")
    return give(
        actor=actor,
        grant=ScopeGrant(
            user=user,
            role=role,
            organization=organization,
            valid_from=since,
            valid_to=until,
            granted_by=actor,
            document=document,
        ),
    )


def require_possible(
    actor: User, user: User, role: str, organization: PartyOrganization | None
) -> None:
    """What holds for every post: not for oneself, administrators alone, the right place."""
    wanted = roles.role(role)
    if user.pk == actor.pk:
        raise ValidationError("不能给自己授权。")
    held = {grant.role for grant in user.grants.filter(valid_to=None, withdrawn_at=None)}
    if held and (wanted.is_administrator or held & set(roles.ADMINISTRATORS)):
        raise ValidationError("系统、安全、审计管理员须各用一个账号，不能兼任其他角色。")
    if wanted.is_administrator != (organization is None):
        raise ValidationError(
            "管理员角色不对应党组织。" if wanted.is_administrator else "请选择党组织。"
        )


def may_give(actor: User, role: str, organization: PartyOrganization | None) -> bool:
    """The security administrator anything; a superior less than the own post, and within it."""
    if actor.has_perm("accounts.grants"):
        return True
    return any(
        covers(post, organization) and roles.permissions(role) < roles.permissions(post.role)
        for post in actor.current_grants
        if post.source_id is None and "accounts.appoint" in roles.permissions(post.role)
    )


def covers(post: ScopeGrant, organization: PartyOrganization | None) -> bool:
    """Whether the organization lies in the subtree of the post."""
    return (
        organization is not None
        and post.organization is not None
        and roles.role(post.role).reach == Reach.SUBTREE
        and organization.path.startswith(post.organization.path)
    )


def give(*, actor: User, grant: ScopeGrant, verb: str = "grant.give") -> ScopeGrant:
    """Store a post that has been judged; who is signed in goes on with more rights than before.

    A new administrator signs in anew, with the second factor.
    """
    same = grant.user.grants.filter(
        role=grant.role, organization=grant.organization, source=grant.source, withdrawn_at=None
    )
    if any(_overlap(one, grant) for one in same):
        raise ValidationError("该用户在这一时段已有同样的任职。")
    grant.full_clean()
    grant.save()
    if roles.role(grant.role).is_administrator:
        rights_changed(grant.user)
    record(actor, verb, grant, reason=grant.document)
    return grant


def _overlap(one: ScopeGrant, other: ScopeGrant) -> bool:
    return (one.valid_to is None or other.valid_from < one.valid_to) and (
        other.valid_to is None or one.valid_from < other.valid_to
    )


@transaction.atomic
def end_grant(*, actor: User, grant: ScopeGrant, on: date, reason: str) -> None:
    """The post is not held from that day on; ended on its first day it never was."""
    if grant.user_id == actor.pk:
        raise ValidationError("不能变更自己的授权。")
    if not may_give(actor, grant.role, grant.organization):
        raise ValidationError("只能终止本人任职范围内、权限低于本人的任职。")
    require_another_administrator(grant)
    if on == grant.valid_from:
        grant.withdrawn_at = timezone.now()
    else:
        grant.valid_to = on
    grant.full_clean()
    grant.save()
    record_end(actor, grant, reason)


def record_end(actor: User, grant: ScopeGrant, reason: str, verb: str = "grant.end") -> None:
    """A post that is held no more ends the sessions in which it was."""
    if not grant.holds_on(today()):
        rights_changed(grant.user)
    record(actor, verb, grant, reason)


def record(actor: User, verb: str, grant: ScopeGrant, reason: str = "") -> None:
    """One entry about the holder of the post."""
    after: dict[str, Any] = {
        "role": grant.role,
        "organization": str(grant.organization or ""),
        "valid_from": grant.valid_from,
        "valid_to": grant.valid_to,
    }
    if grant.source:
        after["source"] = str(grant.source)
    audit.record(actor=actor, verb=verb, target=grant.user, after=after, reason=reason)
