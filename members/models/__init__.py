"""People: persons, members and where they belong, posts in leading bodies, instructors."""

from members.models.instructor import Instructor, InstructorAssignment, Sector
from members.models.member import PartyMember
from members.models.membership import Employment, Membership
from members.models.person import Person
from members.models.post import (
    LeadershipPost,
    OpinionBody,
    PostKind,
    PostOpinion,
    PostState,
    SecretarySource,
)
from members.models.visit import (
    FirmPayment,
    InstructorAssessment,
    InstructorVisit,
    VisitKind,
    VisitWork,
)

__all__ = [
    "Employment",
    "FirmPayment",
    "Instructor",
    "InstructorAssessment",
    "InstructorAssignment",
    "InstructorVisit",
    "LeadershipPost",
    "Membership",
    "OpinionBody",
    "PartyMember",
    "Person",
    "PostKind",
    "PostOpinion",
    "PostState",
    "SecretarySource",
    "Sector",
    "VisitKind",
    "VisitWork",
]
