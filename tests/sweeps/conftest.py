"""The stage of the sweeps, built once, and a browser for each part."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from tests.sweeps import row
from tests.sweeps.stage import Stage, build_stage
from tests.sweeps.traces import leave_traces

Browser = Callable[..., Client]


@pytest.fixture(scope="module")
def _built(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("sweep")
    kept = override_settings(MEDIA_ROOT=folder / "media", VAR_DIR=folder)
    with kept, django_db_blocker.unblock(), transaction.atomic():
        stage = build_stage()
        leave_traces(stage)
        yield stage
        transaction.set_rollback(True)


@pytest.fixture
def stage(_built: Stage, as_app: None) -> Stage:
    cache.clear()
    return _built


def people_of(stage: Stage) -> dict[str, Any]:
    world = stage.world
    return {
        row.OWN: world.east_officer,
        row.SIBLING: world.west_officer,
        row.SUPERIOR: world.clerk,
        row.OUTSIDER: world.outsider,
        row.SECRETARY: world.secretary,
        row.GUIDE: world.guide,
        row.SYSTEM: world.system_administrator,
        row.SECURITY: world.security_administrator,
        row.AUDIT: world.audit_administrator,
    }


@pytest.fixture(scope="module")
def _signed_in(_built: Stage, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """The cookies of each part; signing in for every page would take longer than the pages."""
    cookies = {}
    with django_db_blocker.unblock():
        for part, user in people_of(_built).items():
            client = Client()
            client.force_login(user)
            cookies[part] = client.cookies.output(header="", sep=";")
    return cookies


@pytest.fixture
def browser(stage: Stage, _signed_in: dict[str, str]) -> Browser:
    """A browser in which that part of the play is signed in."""
    people = people_of(stage)

    def sign_in(part: str, **options: Any) -> Client:
        cache.clear()
        client = Client(**options)
        client.user = people.get(part)  # type: ignore[attr-defined]
        if part in people:
            client.cookies.load(_signed_in[part])
        return client

    return sign_in
