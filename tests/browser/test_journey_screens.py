"""Every page that each role reaches with real content: WCAG 2.1 A and AA, no breach of the CSP."""

from typing import Any

import pytest

from config.navigation import menu_for
from tests.browser.conftest import DESK, PHONE
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Branch secretaries and instructors work on a phone; what others see of a page the clerk sees too.
SIZES = {
    "clerk": (DESK, PHONE),
    "secretary": (PHONE,),
    "guide": (PHONE,),
    "leader": (DESK,),
    "system_administrator": (DESK,),
    "security_administrator": (DESK,),
    "audit_administrator": (DESK,),
}
WHOLE = ("clerk", "secretary")  # who opens every page, not those of the own menu alone


@pytest.fixture
def county(transactional_db: None) -> World:
    return build_world()


def pages_of(county: World) -> list[str]:
    """The pages behind the menu; those that a role may not open show it the error page."""
    firm, branch = county.own.pk, county.own_branch.pk
    return [
        "/messages",
        "/jobs/",
        "/account",
        "/account/password",
        f"/enterprises/{firm}",
        f"/enterprises/{firm}?tab=years",
        f"/enterprises/{firm}?tab=changes",
        f"/enterprises/{firm}/edit",
        "/enterprises/?q=没有这一家",
        "/imports/new",
        "/imports/coverage/",
        f"/orgs/{branch}",
        "/orgs/list",
        "/orgs/paper?as=chart",
        f"/orgs/?at={branch}&on=2025-12-31",
        f"/orgs/{branch}?tab=coverage",
        f"/orgs/{branch}?tab=history",
        f"/orgs/{branch}/print",
        f"/orgs/{branch}/case/abolish",
        f"/orgs/{branch}/case/merge",
        f"/orgs/{branch}/case/split",
        f"/areas/{county.park.pk}",
        f"/users/{county.secretary.pk}",
        "/nowhere",
    ]


@pytest.mark.parametrize("person", SIZES)
def test_every_page_of_a_role_is_accessible(visit: Any, county: World, person: str) -> None:
    user = getattr(county, person)
    menu = [entry["url"] for section in menu_for(user.has_perm, "/") for entry in section["items"]]
    found: list[str] = []
    seen: set[int] = set()
    pages = dict.fromkeys([*menu, *(pages_of(county) if person in WHOLE else [])])
    for size in SIZES[person]:
        visitor = visit(user, size)
        for path in pages:
            answer = visitor.page.goto(visitor.address + path)
            assert answer is not None
            assert answer.status in {200, 403, 404}, path
            if answer.status != 200 and answer.status in seen:
                continue  # one error page looks like the next
            seen.add(answer.status)
            found += [f"{path} {line}" for line in visitor.violations()]
    assert found == []
