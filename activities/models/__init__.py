"""What branches do: activities with those who came, what was decided, photos."""

from activities.models.activity import Activity, ActivityState, ActivityStep, ActivityVersion
from activities.models.appraisal import AppraisalGrade, AppraisalResult
from activities.models.attendance import AbsenceReason, Attendance, AttendanceStatus
from activities.models.decision import ActivityDecision, DecisionKind
from activities.models.duty import Duty
from activities.models.group import GroupMember, PartyGroup
from activities.models.kind import ActivityKind, Circle, Voters
from activities.models.member_post import MemberPost, MemberPostKind
from activities.models.photo import ActivityPhoto
from activities.models.suggestion import Suggestion, SuggestionAnswer

__all__ = [
    "AbsenceReason",
    "Activity",
    "ActivityDecision",
    "ActivityKind",
    "ActivityPhoto",
    "ActivityState",
    "ActivityStep",
    "ActivityVersion",
    "AppraisalGrade",
    "AppraisalResult",
    "Attendance",
    "AttendanceStatus",
    "Circle",
    "DecisionKind",
    "Duty",
    "GroupMember",
    "MemberPost",
    "MemberPostKind",
    "PartyGroup",
    "Suggestion",
    "SuggestionAnswer",
    "Voters",
]
