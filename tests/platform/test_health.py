"""What a load balancer is told, in good and in bad days."""

import json
from functools import partial

import pytest
from django.db import DatabaseError, connection
from django.test import Client, override_settings

from config import celery, health

HOST = {"host": "not-listed.example"}


@pytest.fixture(autouse=True)
def _unknown_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)


def states(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz", headers=HOST)
    return answer.status_code, json.loads(answer.content)


def test_a_living_process_answers_without_a_database(client: Client) -> None:
    # No `db` fixture: any query would fail this test.
    assert client.get("/healthz", headers=HOST).content == b"ok\n"


def test_https_does_not_redirect_the_question(client: Client) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert client.get("/healthz", headers=HOST).status_code == 200


@pytest.mark.django_db
def test_a_migrated_database_and_a_bell_are_ready(client: Client) -> None:
    assert states(client) == (200, {"database": "ok", "broker": "ok"})


@pytest.mark.django_db
def test_a_silent_bell_does_not_take_the_site_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = partial(celery.app.connection_for_write, "redis://127.0.0.1:1/0")
    monkeypatch.setattr(celery.app, "connection_for_write", silent)
    assert states(client) == (200, {"database": "ok", "broker": "down"})


@pytest.mark.django_db
def test_a_schema_older_than_the_code_is_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'core' AND name ="
            " (SELECT max(name) FROM django_migrations WHERE app = 'core')"
        )
    status, found = states(client)
    assert (status, found["database"]) == (503, "waiting")


def test_a_lost_database_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise DatabaseError

    monkeypatch.setattr(health, "connection", type("Lost", (), {"cursor": staticmethod(lost)}))
    status, found = states(client)
    assert (status, found["database"]) == (503, "down")
