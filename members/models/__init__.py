"""People: persons, their posts in leading bodies, instructors and their assignments."""

from members.models.instructor import Instructor, InstructorAssignment, Sector
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
    "FirmPayment",
    "Instructor",
    "InstructorAssessment",
    "InstructorAssignment",
    "InstructorVisit",
    "LeadershipPost",
    "OpinionBody",
    "Person",
    "PostKind",
    "PostOpinion",
    "PostState",
    "SecretarySource",
    "Sector",
    "VisitKind",
    "VisitWork",
]
