"""Fixtures that every test may use."""

import gc
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.world import World, build_world

# Folders with the files that take longest: begun last, one of them would be waited for.
LONG = ("platform", "sweeps", "reports", "api")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent

    def turn(item: pytest.Item) -> int:
        folder = item.path.relative_to(here).parts[0]
        return LONG.index(folder) if folder in LONG else len(LONG)

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end; no collection of garbage need look at them again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """The real hasher is slow on purpose; tests/accounts asks for it by name."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests of concurrency empty all tables afterwards, which the log of actions refuses."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table, guard in (("entry", "audit"), ("seal", "seal")):
            cursor.execute(
                f"ALTER TABLE core_audit{table} DISABLE TRIGGER core_{guard}_not_emptied"
            )


@pytest.fixture(scope="module")
def _county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The World, built once for a module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def as_app(db: None) -> None:
    """For the rest of the test: the role that serves, with no more than its rights."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")


@pytest.fixture
def world(_county: World, as_app: None) -> World:
    """A fresh copy of the county's people and firms; each test is rolled back by itself."""
    return deepcopy(_county)
