"""People: persons, their posts in leading bodies, instructors and their assignments."""

from members.models.instructor import Instructor, InstructorAssignment
from members.models.person import Person
from members.models.post import (
    LeadershipPost,
    OpinionBody,
    PostKind,
    PostOpinion,
    PostState,
    SecretarySource,
)

__all__ = [
    "Instructor",
    "InstructorAssignment",
    "LeadershipPost",
    "OpinionBody",
    "Person",
    "PostKind",
    "PostOpinion",
    "PostState",
    "SecretarySource",
]
