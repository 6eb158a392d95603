"""The tree page over 3,000 organizations: whole answers, and how many statements each needs."""

from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import ScopeGrant, User
from benchmarks.meter import measured
from benchmarks.tree import SINCE
from organizations.models import PartyOrganization


def pages() -> dict[str, Any]:
    """`cpu_ms` is processor time of page and database together: what a quiet machine takes."""
    top, low = (PartyOrganization.objects.get(code=code) for code in ("TOP", "B2-999"))
    user = User.objects.create_user("reader", "读者")
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    ScopeGrant.objects.create(user=user, role="county_clerk", organization=top, valid_from=SINCE)
    asked: dict[str, dict[str, Any]] = {
        "first page": {},
        "a branch among 1,000": {"at": low.pk},
        "of a past day": {"at": low.pk, "on": "2025-12-31"},
        "search": {"q": "党组织B1-99"},
    }
    with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        client = Client()
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[1])
        return {name: _page(client, params) for name, params in asked.items()}


def _page(client: Client, params: dict[str, Any]) -> dict[str, float]:
    runs = [measured(partial(_get, client, params))[0] for _ in range(10)][1:]
    with CaptureQueriesContext(connection) as statements:
        _get(client, params)
    return {
        "wall_ms": round(median(run.wall for run in runs) * 1000, 1),
        "cpu_ms": round(median(run.cpu for run in runs) * 1000, 1),
        "statements": len(statements),
    }


def _get(client: Client, params: dict[str, Any]) -> None:
    answer = client.get("/orgs/", params)
    if answer.status_code != 200:
        raise ValueError(f"{params}: {answer.status_code}")


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {"tree_page": lambda _: pages}
