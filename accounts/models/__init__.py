"""Users, their posts and sessions, second factors, acts of two persons, tokens of programs."""

from accounts.models.acts import Handover, PairedAct
from accounts.models.factor import RecoveryCode, RoleSetting, SecondFactor
from accounts.models.session import UserSession
from accounts.models.tokens import ApiToken, TokenScope
from accounts.models.user import OWN_POSTS, PasswordRecord, ScopeGrant, User

__all__ = [
    "OWN_POSTS",
    "ApiToken",
    "Handover",
    "PairedAct",
    "PasswordRecord",
    "RecoveryCode",
    "RoleSetting",
    "ScopeGrant",
    "SecondFactor",
    "TokenScope",
    "User",
    "UserSession",
]
