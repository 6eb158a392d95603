"""Bringing back corrected facts of posts from their history."""

from core import history
from members import posts
from members.models import LeadershipPost


def register() -> None:
    """Who holds which post since when is changed by appointing and relieving, not here."""
    history.register(
        LeadershipPost,
        permission=posts.CHANGE,
        fields=frozenset({*posts.KEPT, "document"}),
        verbs=("post.change",),
        restore=lambda actor, post, field, value, reason: posts.change_post(
            actor=actor, post=post, reason=reason, **{field: value}
        ),
    )
