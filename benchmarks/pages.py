"""Whole answers to a clerk of the whole tree: time, processor time, number of statements."""

from collections.abc import Mapping
from functools import partial
from statistics import median

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import ScopeGrant, User
from benchmarks.meter import measured
from benchmarks.tree import SINCE
from organizations.models import PartyOrganization

REPEATS = 6


def answers(asked: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """What each named address costs; the first answer, which fills caches, is not counted.

    `cpu_ms` is processor time of page and database together: what a quiet machine takes.
    """
    with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        client = Client()
        client.force_login(_reader(), settings.AUTHENTICATION_BACKENDS[1])
        return {name: _answer(client, url) for name, url in asked.items()}


def _reader() -> User:
    top = PartyOrganization.objects.get(code="TOP")
    user: User = User.objects.create_user("reader", "读者")
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    ScopeGrant.objects.create(user=user, role="county_clerk", organization=top, valid_from=SINCE)
    return user


def _answer(client: Client, url: str) -> dict[str, float]:
    runs = [measured(partial(_get, client, url))[0] for _ in range(REPEATS)][1:]
    with CaptureQueriesContext(connection) as statements:
        _get(client, url)
    return {
        "wall_ms": round(median(run.wall for run in runs) * 1000, 1),
        "cpu_ms": round(median(run.cpu for run in runs) * 1000, 1),
        "statements": len(statements),
    }


def _get(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise ValueError(f"{url}: {answer.status_code}")
