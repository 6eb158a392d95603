"""The year grid of a county with 3,000 branches and 100,000 meetings: whole answers."""

from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import ScopeGrant, User
from activities.models import Activity
from benchmarks import tree
from benchmarks.meter import measured
from core.dates import today
from organizations.models import PartyOrganization

# Of each branch of the tree three meetings a month, half of them of two kinds; every tenth is
# left out, every seventh is recorded three weeks late.
_MEETINGS = """
INSERT INTO activities_activity (token, organization_id, title, held_on, held_from, held_to, place,
    guests, content, resolution, expected, came, voters, voters_came, state, version, recorded_on,
    changed_at)
SELECT gen_random_uuid(), o.id, '组织生活', held, '14:00', '15:30', '会议室', '', '', '',
    8, 7, 7, 6, 'accepted', 1, least(held + CASE WHEN n %% 7 = 0 THEN 20 ELSE 2 END, %(day)s),
    now()
FROM organizations_partyorganization o
CROSS JOIN generate_series(0, 36) n
CROSS JOIN LATERAL (SELECT %(start)s + n * 10 + (o.id %% 8)::int AS held) d
WHERE o.kind = 'branch' AND (n + o.id) %% 10 <> 0 AND held < %(day)s
"""
_KINDS = """
INSERT INTO activities_activity_kinds (activity_id, activitykind_id)
SELECT a.id, k.id FROM activities_activity a JOIN activities_activitykind k
    ON k.official_order = (a.id %% 7 + 1) * 10 OR a.id %% 2 = 0 AND k.key = 'theme_day'
ON CONFLICT DO NOTHING
"""


def _seed(argument: str) -> Callable[[], Any]:
    """The tree of the benchmarks of moves with a year of meetings."""
    plant = tree.CASES["tree_plant"]("")

    def work() -> dict[str, int]:
        plant()
        with connection.cursor() as cursor:
            cursor.execute(_MEETINGS, {"start": date(today().year - 1, 1, 1), "day": today()})
            cursor.execute(_KINDS, {})
            cursor.execute("ANALYZE")
        return {"meetings": Activity.objects.count()}

    return work


def pages() -> dict[str, Any]:
    """`cpu_ms` is processor time of page and database together: what a quiet machine takes."""
    top = PartyOrganization.objects.get(code="TOP")
    user = User.objects.create_user("year-reader", "读者")
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    ScopeGrant.objects.create(
        user=user, role="county_clerk", organization=top, valid_from=tree.SINCE
    )
    year = str(today().year - 1)
    asked: dict[str, dict[str, str]] = {
        "first page": {"year": year},
        "last page": {"year": year, "page": "30"},
        "one duty with gaps": {"year": year, "duty": "theme_day", "gaps": "1"},
    }
    with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        client = Client()
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[1])
        return {name: _page(client, params) for name, params in asked.items()}


def _page(client: Client, params: dict[str, str]) -> dict[str, float]:
    runs = [measured(partial(_get, client, params))[0] for _ in range(6)][1:]
    with CaptureQueriesContext(connection) as statements:
        _get(client, params)
    return {
        "wall_ms": round(median(run.wall for run in runs) * 1000, 1),
        "cpu_ms": round(median(run.cpu for run in runs) * 1000, 1),
        "statements": len(statements),
    }


def _get(client: Client, params: dict[str, str]) -> None:
    answer = client.get("/duties/", params)
    if answer.status_code != 200:
        raise ValueError(f"{params}: {answer.status_code}")


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {
    "life_seed": _seed,
    "life_pages": lambda _: pages,
}
