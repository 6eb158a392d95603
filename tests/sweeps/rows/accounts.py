"""Addresses of sign-in, accounts and posts."""

from tests.sweeps.row import ADMINISTRATORS, MINE, Row, of, page, post

USERS = "accounts.users"
GRANTS = "accounts.grants"
ACCOUNTS = "accounts.view"

ROWS: dict[str, Row] = {
    "accounts:login": Row(public=True),
    "accounts:setup": Row(public=True, answers=(404,)),
    "accounts:logout": post(),
    "accounts:preferences": page(),
    "accounts:password": page(),
    "accounts:token_create": post(),
    "accounts:token_revoke": post(kwargs=of("token"), seen_by=MINE),
    "accounts:resume": page(),
    "accounts:resume_discard": post(),
    "accounts:user_list": page(ACCOUNTS, speaks=ADMINISTRATORS),
    "accounts:user_create": page(USERS),
    "accounts:user": page(ACCOUNTS, kwargs=of("admin_target"), speaks=ADMINISTRATORS),
    "accounts:user_reset": post(USERS, kwargs=of("admin_target"), speaks=ADMINISTRATORS),
    "accounts:user_active": page(USERS, kwargs=of("admin_target"), speaks=ADMINISTRATORS),
    "accounts:user_unlock": post(GRANTS, kwargs=of("admin_target")),
    "accounts:grant_create": page(GRANTS, kwargs=of("admin_target"), speaks=ADMINISTRATORS),
    "accounts:grant_end": page(
        GRANTS,
        kwargs=lambda stage: {
            "pk": stage.things.admin_target.pk,
            "grant_pk": stage.things.grant.pk,
        },
        speaks=ADMINISTRATORS,
    ),
}
