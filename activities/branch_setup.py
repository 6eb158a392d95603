"""Hangs what a branch keeps beside its meetings into log and scope of branch secretaries."""

from activities import study_tabs
from activities.models import MemberPost, Suggestion
from activities.services import member_posts, suggesting
from core import audit
from members.dues.setup import own_branch
from organizations.scoping import Reach, register_assigned


def register() -> None:
    """Called from AppConfig.ready."""
    for verb, label in (member_posts.VERBS | suggesting.VERBS).items():
        audit.register_verb(verb, label)
    for model in (MemberPost, Suggestion):
        of_branch = own_branch("organization__path__in")
        register_assigned(model._meta.label, Reach.OWN_BRANCH, of_branch)
    study_tabs.register()
