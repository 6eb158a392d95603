"""Users, their posts and sessions, second factors, acts of two persons, tokens of programs."""

from accounts.models.acts import Handover, PairedAct
from accounts.models.factor import RecoveryCode, RoleSetting, SecondFactor
from accounts.models.reminder import CalendarAddress, CalendarDay, ReminderRule, ReminderRun
from accounts.models.session import UserSession
from accounts.models.tokens import ApiToken, TokenScope
from accounts.models.user import OWN_POSTS, PasswordRecord, ScopeGrant, User

__all__ = [
    "OWN_POSTS",
    "ApiToken",
    "CalendarAddress",
    "CalendarDay",
    "Handover",
    "PairedAct",
    "PasswordRecord",
    "RecoveryCode",
    "ReminderRule",
    "ReminderRun",
    "RoleSetting",
    "ScopeGrant",
    "SecondFactor",
    "TokenScope",
    "User",
    "UserSession",
]
