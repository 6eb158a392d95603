"""What is done to accounts and posts: by administrators, by superiors, by users themselves."""

from accounts.services.accounts import (
    ADMINISTRATORS,
    account_named,
    change_password,
    create_administrators,
    create_user,
    disable_idle,
    end_all_sessions,
    rename_user,
    reset_password,
    set_active,
    unlock,
)
from accounts.services.delegation import delegate, lendable, parts_of, revoke_delegation
from accounts.services.handover import hand_over, open_work
from accounts.services.paired import (
    confirm_act,
    propose_administrator,
    propose_reset,
    refuse_act,
    withdraw_act,
)
from accounts.services.posts import end_grant, grant_role

__all__ = [
    "ADMINISTRATORS",
    "account_named",
    "change_password",
    "confirm_act",
    "create_administrators",
    "create_user",
    "delegate",
    "disable_idle",
    "end_all_sessions",
    "end_grant",
    "grant_role",
    "hand_over",
    "lendable",
    "open_work",
    "parts_of",
    "propose_administrator",
    "propose_reset",
    "refuse_act",
    "rename_user",
    "reset_password",
    "revoke_delegation",
    "set_active",
    "unlock",
    "withdraw_act",
]
