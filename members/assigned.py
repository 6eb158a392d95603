"""What branch secretaries and instructors see of people and assignments."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from enterprises.assigned import covered_by_own_branch, open_enterprises
from members.models import (
    Instructor,
    InstructorAssignment,
    LeadershipPost,
    Person,
    PostOpinion,
)
from organizations.scoping import Reach, Scope, register_assigned


def guided(scope: Scope, on: date) -> QuerySet[Any, Any]:
    """Enterprises to which the user is sent as an instructor on that day."""
    sent = InstructorAssignment.objects.as_of(on).filter(instructor__user=scope.user_id)
    return sent.values("enterprise")


def register() -> None:
    open_enterprises(Reach.INSTRUCTOR, guided)
    assignment, instructor = InstructorAssignment._meta.label, Instructor._meta.label
    register_assigned(
        assignment, Reach.INSTRUCTOR, lambda scope, on: Q(instructor__user=scope.user_id)
    )
    register_assigned(
        assignment,
        Reach.OWN_BRANCH,
        lambda scope, on: Q(enterprise__in=covered_by_own_branch(scope, on)),
    )
    register_assigned(instructor, Reach.INSTRUCTOR, lambda scope, on: Q(user=scope.user_id))
    register_assigned(
        Person._meta.label,
        Reach.OWN_BRANCH,
        lambda scope, on: Q(home_organization__path__in=scope.posts_of(Reach.OWN_BRANCH)),
    )
    register_assigned(
        LeadershipPost._meta.label,
        Reach.OWN_BRANCH,
        lambda scope, on: Q(organization__path__in=scope.posts_of(Reach.OWN_BRANCH)),
    )
    register_assigned(
        PostOpinion._meta.label,
        Reach.OWN_BRANCH,
        lambda scope, on: Q(post__organization__path__in=scope.posts_of(Reach.OWN_BRANCH)),
    )
