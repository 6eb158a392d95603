"""What the database must be able to do, asked at `check --database` and at each migration."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

OLDEST_POSTGRESQL = 15


def check_database(*, databases: Sequence[str] | None, **_: Any) -> list[CheckMessage]:
    """Problems of the databases asked about; a plain `check` asks about none."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        found += problems(_version(alias), _trigrams(alias))
    return found


def problems(version: int, trigrams: int | None) -> list[CheckMessage]:
    """What is wrong with a server of that major version that cuts 县政府 into so many trigrams.

    None stands for a database that has no pg_trgm yet: its first migration brings it.
    """
    found: list[CheckMessage] = []
    if version < OLDEST_POSTGRESQL:
        found.append(
            Error(
                f"PostgreSQL {version} 太旧，至少需要 {OLDEST_POSTGRESQL}",
                hint="请升级数据库",
                id="core.E001",
            )
        )
    if trigrams == 0:
        found.append(
            Error(
                "数据库的字符类型（LC_CTYPE）不认识汉字，按名称检索将查不到结果",
                hint="请用 C.UTF-8 或其他 UTF-8 区域重建数据库，再恢复备份",
                id="core.E002",
            )
        )
    return found


def _version(alias: str) -> int:
    connection = connections[alias]
    connection.ensure_connection()
    return int(connection.connection.server_version) // 10_000


def _trigrams(alias: str) -> int | None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT FROM pg_extension WHERE extname = 'pg_trgm'")
        if not cursor.rowcount:
            return None
        cursor.execute("SELECT cardinality(show_trgm('县政府'))")
        return int(cursor.fetchone()[0])
