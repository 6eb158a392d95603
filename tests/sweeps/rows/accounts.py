"""Addresses of sign-in, accounts and posts."""

from datetime import timedelta
from typing import Any

from core.dates import today
from tests.sweeps.row import (
    ABOVE,
    ADMINISTRATORS,
    AUDIT,
    MINE,
    SECURITY,
    SYSTEM,
    Row,
    key,
    of,
    page,
    post,
)
from tests.sweeps.stage import Stage

USERS = "accounts.users"
GRANTS = "accounts.grants"
ACCOUNTS = "accounts.view"
PROPOSE, CONFIRM, APPOINT = "accounts.propose", "accounts.confirm", "accounts.appoint"
POSTS = "accounts.posts"
PARAMETERS = "core.parameters"
TARGET = of("admin_target")
SEE_IT = ABOVE | {SYSTEM, SECURITY, AUDIT}  # whoever administers the account or its posts


def _post_of_target(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.things.admin_target.pk, "grant_pk": stage.things.grant.pk}


def in_a_month() -> str:
    return (today() + timedelta(days=30)).isoformat()


def name_of(stage: Stage) -> str:
    return stage.things.admin_target.username


ROWS: dict[str, Row] = {
    "accounts:login": Row(public=True),
    "accounts:code": Row(public=True),
    "accounts:setup": Row(public=True, answers=(404,)),
    "accounts:logout": post(),
    "accounts:preferences": page(),
    "accounts:identity": post(),
    "accounts:password": page(),
    "accounts:prove": page(),
    "accounts:factor_enrol": page(),
    "accounts:factor_recovery": post(),
    "accounts:factor_off": post(),
    "accounts:sessions_end": post(),
    "accounts:delegation_create": page(
        fill=lambda stage: {"deputy": stage.world.secretary.username, "until": in_a_month()}
    ),
    "accounts:delegation_revoke": post(kwargs=of("delegation"), seen_by=MINE),
    "accounts:own_handover": page(fill=lambda stage: {"successor": name_of(stage)}),
    "accounts:handover": page(kwargs=of("handover"), seen_by=MINE),
    "accounts:token_create": post(),
    "accounts:token_revoke": post(kwargs=of("token"), seen_by=MINE),
    "accounts:calendar_create": post(),
    "accounts:calendar_revoke": post(),
    "accounts:mail_choice": page(answers=(404,)),  # no mail is set up
    "accounts:calendar_feed": Row(public=True, kwargs=key("wrong", "secret"), answers=(404,)),
    "accounts:burden": page("reports.burden"),
    "accounts:rule_list": page(PARAMETERS),
    "accounts:rule_create": page(PARAMETERS, fill={"event": "elections", "audience": "leader"}),
    "accounts:rule_preview": page(PARAMETERS),
    "accounts:rule_edit": page(
        PARAMETERS, kwargs=of("reminder_rule"), fill={"event": "elections", "audience": "leader"}
    ),
    "accounts:day_set": post(PARAMETERS),
    "accounts:day_forget": post(PARAMETERS, kwargs=of("calendar_day")),
    "accounts:resume": page(),
    "accounts:resume_discard": post(),
    "accounts:user_list": page(ACCOUNTS, speaks=ADMINISTRATORS),
    "accounts:user_create": page(USERS, fill={"username": "xinren"}),
    "accounts:hand_out": page(USERS, speaks=ADMINISTRATORS),
    "accounts:organization_choices": page(GRANTS, query="q=党", speaks=ADMINISTRATORS),
    "accounts:appoint": page(APPOINT, fill=lambda stage: {"username": name_of(stage)}),
    "accounts:role_settings": page(GRANTS),
    "accounts:act_list": page(CONFIRM, speaks=ADMINISTRATORS),
    "accounts:act_decide": post(CONFIRM, kwargs=of("act"), speaks=ADMINISTRATORS),
    "accounts:user": page(ACCOUNTS, kwargs=TARGET, seen_by=SEE_IT, speaks=ADMINISTRATORS),
    "accounts:user_reset": post(USERS, kwargs=TARGET, speaks=ADMINISTRATORS),
    "accounts:user_active": page(USERS, kwargs=TARGET, speaks=ADMINISTRATORS),
    "accounts:user_unlock": post(GRANTS, kwargs=TARGET),
    "accounts:user_sessions_end": post(USERS, kwargs=TARGET),
    "accounts:preview": page(ACCOUNTS, kwargs=TARGET, seen_by=SEE_IT, speaks=ADMINISTRATORS),
    "accounts:user_handover": page(
        POSTS,
        kwargs=TARGET,
        seen_by=SEE_IT,
        speaks=ADMINISTRATORS,
        fill=lambda stage: {"successor": stage.world.east_officer.username},
    ),
    "accounts:propose_role": page(PROPOSE, kwargs=TARGET, speaks=ADMINISTRATORS),
    "accounts:propose_reset": page(PROPOSE, kwargs=TARGET, speaks=ADMINISTRATORS),
    "accounts:grant_create": page(GRANTS, kwargs=TARGET, speaks=ADMINISTRATORS),
    "accounts:grant_end": page(
        POSTS, kwargs=_post_of_target, seen_by=SEE_IT, speaks=ADMINISTRATORS
    ),
}
