"""People: persons, members and where they belong, posts in leading bodies, instructors."""

from members.models.development import (
    DevelopmentCase,
    DevelopmentHelper,
    DevelopmentPlan,
    DevelopmentStep,
    Outcome,
    Stage,
)
from members.models.development_rules import DevelopmentRules, Phase, StepRule
from members.models.dues import DuesBase, DuesRecord, DuesRelief, Payer
from members.models.hidden import HiddenMember, HiddenState
from members.models.instructor import Instructor, InstructorAssignment, Sector
from members.models.lost import LostContact, LostSearch, LostState
from members.models.member import PartyMember
from members.models.membership import Employment, Membership
from members.models.mobile import MobileRecord, MobileState
from members.models.person import Person
from members.models.post import (
    LeadershipPost,
    OpinionBody,
    PostKind,
    PostOpinion,
    PostState,
    SecretarySource,
)
from members.models.training import (
    ParkOrganizer,
    TalentEntry,
    TalentPlacement,
    Training,
    TrainingAttendance,
)
from members.models.transfer import MembershipTransfer, TransferState
from members.models.visit import (
    FirmPayment,
    InstructorAssessment,
    InstructorVisit,
    VisitKind,
    VisitWork,
)

__all__ = [
    "DevelopmentCase",
    "DevelopmentHelper",
    "DevelopmentPlan",
    "DevelopmentRules",
    "DevelopmentStep",
    "DuesBase",
    "DuesRecord",
    "DuesRelief",
    "Employment",
    "FirmPayment",
    "HiddenMember",
    "HiddenState",
    "Instructor",
    "InstructorAssessment",
    "InstructorAssignment",
    "InstructorVisit",
    "LeadershipPost",
    "LostContact",
    "LostSearch",
    "LostState",
    "Membership",
    "MembershipTransfer",
    "MobileRecord",
    "MobileState",
    "OpinionBody",
    "Outcome",
    "ParkOrganizer",
    "PartyMember",
    "Payer",
    "Person",
    "Phase",
    "PostKind",
    "PostOpinion",
    "PostState",
    "SecretarySource",
    "Sector",
    "Stage",
    "StepRule",
    "TalentEntry",
    "TalentPlacement",
    "Training",
    "TrainingAttendance",
    "TransferState",
    "VisitKind",
    "VisitWork",
]
