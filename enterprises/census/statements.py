"""Runs the set-based statements of the census and counts the rows each of them touched."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

Run = Callable[..., int]


def run(statement: str, params: Mapping[str, Any] | None = None) -> int:
    """Rows touched. Without parameters a percent sign in the statement is itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


def rows(statement: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def large_statements() -> None:
    """For the rest of the transaction: memory for joins of a million rows, no compiling of plans.

    A statement over all facts has hundreds of expressions; compiling them costs more than it saves.
    """
    run("SET LOCAL jit = off")
    run("SET LOCAL work_mem = '128MB'")
