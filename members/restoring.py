"""Bringing back corrected facts of members and posts from their history."""

from typing import Any

from core import history
from members import posts
from members.models import LeadershipPost, PartyMember
from members.services import members, persons

SEALED = frozenset({"citizen_id", "phone", "home_address"})  # the log keeps none of them


def register() -> None:
    """Acts are undone by other acts: of a member only what was entered comes back."""
    history.register(
        LeadershipPost,
        permission=posts.CHANGE,
        fields=frozenset({*posts.KEPT, "document"}),
        verbs=("post.change",),
        restore=lambda actor, post, field, value, reason: posts.change_post(
            actor=actor, post=post, reason=reason, **{field: value}
        ),
    )
    history.register(
        PartyMember,
        permission=members.CHANGE,
        fields=frozenset({*persons.FACTS, *members.FACTS}) - SEALED,
        verbs=("member.change",),
        restore=lambda actor, member, field, value, reason: members.change_member(
            actor=actor, member=member, reason=reason, **{field: value}
        ),
        read=_read,
    )


def _read(member: PartyMember, field: str) -> Any:
    return getattr(member.person if field in persons.FACTS else member, field)
