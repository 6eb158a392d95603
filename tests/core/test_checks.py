"""A database that cannot search Chinese names is refused before anyone relies on it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import checks
from core.checks import check_database, problems


def test_a_database_without_chinese_letters_is_an_error_with_a_remedy() -> None:
    (error,) = problems(18, 0)
    assert (error.id, error.is_serious()) == ("core.E002", True)
    assert "C.UTF-8" in str(error.hint)


def test_an_old_server_is_an_error() -> None:
    assert [error.id for error in problems(14, 3)] == ["core.E001"]
    assert [error.id for error in problems(14, 0)] == ["core.E001", "core.E002"]


@pytest.mark.parametrize("trigrams", [None, 4])
def test_a_right_server_has_no_problem(trigrams: int | None) -> None:
    assert problems(15, trigrams) == []


@pytest.mark.django_db
def test_the_database_of_the_tests_passes() -> None:
    assert check_database(databases=["default"]) == []


def test_a_plain_check_asks_no_database() -> None:
    assert check_database(databases=None) == []


@pytest.mark.django_db
def test_before_the_first_migration_there_is_no_verdict_on_letters() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
    assert check_database(databases=["default"]) == []


@pytest.mark.django_db
def test_the_command_stops_at_a_database_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_POSTGRESQL", 99)
    with pytest.raises(CommandError, match="太旧，至少需要 99"):
        call_command("check", databases=["default"])
