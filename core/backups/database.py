"""Dumps, restores and fingerprints of a database, through PostgreSQL's own programs."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from core.backups import programs

Address = Mapping[str, Any]  # one entry of settings.DATABASES
# Rows are compared as text, so the text must not depend on a session's taste.
PLAIN_TEXT = "-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601 -c extra_float_digits=1"
MAINTENANCE = "postgres"


class DatabaseProgramError(RuntimeError):
    """pg_dump or pg_restore gave up; the text is its own."""


@dataclass(frozen=True)
class Fingerprint:
    """Number of rows and the sum of their hashes, which does not depend on their order."""

    rows: int
    total: str

    def __str__(self) -> str:
        return f"{self.rows} 行（校验和 {self.total}）"


def open_connection(address: Address, name: str | None = None) -> "psycopg2.extensions.connection":
    return psycopg2.connect(
        dbname=name or address["NAME"],
        user=address["USER"],
        password=address["PASSWORD"],
        host=address["HOST"],
        port=address["PORT"] or None,
        options=PLAIN_TEXT,
    )


@contextmanager
def snapshot(
    address: Address, name: str | None = None
) -> Iterator[tuple["psycopg2.extensions.connection", str]]:
    """A connection that sees one instant, and the key by which pg_dump sees the same one."""
    connection = open_connection(address, name)
    try:
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection.cursor() as cursor:
            cursor.execute("select pg_export_snapshot()")
            yield connection, cursor.fetchone()[0]
    finally:
        connection.close()


def fingerprints(connection: "psycopg2.extensions.connection") -> dict[str, Fingerprint]:
    """Of every table of the application."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public' order by tablename"
        )
        names = [row[0] for row in cursor.fetchall()]
        return {name: _fingerprint(cursor, name) for name in names}


def _fingerprint(cursor: Any, table: str) -> Fingerprint:
    query = sql.SQL(
        "select count(*), coalesce("
        "sum(('x' || left(md5(t::text), 16))::bit(64)::bigint::numeric), 0) from {} t"
    )
    cursor.execute(query.format(sql.Identifier(table)))
    rows, total = cursor.fetchone()
    return Fingerprint(rows, str(total))


def dump(address: Address, target: Path, snapshot_key: str) -> None:
    """Custom format, without owners and rights: those belong to the place where it is restored."""
    options = ["-Fc", "--no-owner", "--no-acl", f"--snapshot={snapshot_key}"]
    _run("pg_dump", address, [*options, "-f", str(target), "-d", address["NAME"]])


def contents(address: Address, source: Path) -> int:
    """How many objects the dump names; an unreadable dump raises."""
    listing = _run("pg_restore", address, ["--list", str(source)])
    return sum(1 for line in listing.splitlines() if line and not line.startswith(";"))


def restore(address: Address, source: Path, name: str) -> None:
    """Into an empty database, all or nothing."""
    options = ["--no-owner", "--no-acl", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", address, [*options, "-d", name, str(source)])


@contextmanager
def maintenance(address: Address) -> Iterator[Any]:
    """A cursor outside any transaction, for creating, renaming and dropping databases."""
    connection = open_connection(address, MAINTENANCE)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def create(address: Address, name: str) -> None:
    with maintenance(address) as cursor:
        cursor.execute(
            sql.SQL("create database {} template template0").format(sql.Identifier(name))
        )


def drop(address: Address, name: str) -> None:
    with maintenance(address) as cursor:
        cursor.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


def rename(address: Address, old: str, new: str) -> None:
    with maintenance(address) as cursor:
        query = sql.SQL("alter database {} rename to {}")
        cursor.execute(query.format(sql.Identifier(old), sql.Identifier(new)))


def sessions(address: Address) -> int:
    """How many others work in the database now."""
    with maintenance(address) as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = %s", [address["NAME"]]
        )
        return int(cursor.fetchone()[0])


def _run(program: str, address: Address, arguments: list[str]) -> str:
    done = subprocess.run(
        [str(_find(program, address)), *arguments],
        env=_environment(address),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise DatabaseProgramError(f"{program}:{done.stderr.strip()}")
    return done.stdout


def _environment(address: Address) -> dict[str, str]:
    """The password goes by the environment, which others cannot read; no PG* of the caller."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    given = {
        "PGHOST": address["HOST"],
        "PGPORT": address["PORT"],
        "PGUSER": address["USER"],
        "PGPASSWORD": address["PASSWORD"],
    }
    return inherited | {key: str(value) for key, value in given.items() if value}


def _find(program: str, address: Address) -> Path:
    """A program of the server's version, else the next newer; an older one would be refused."""
    connection = open_connection(address, MAINTENANCE)
    needed = connection.server_version // 10000
    connection.close()
    found = [
        (programs.major_version(folder / program), folder)
        for folder in programs.folders_with(program)
    ]
    fitting = sorted((major, folder) for major, folder in found if major >= needed)
    if not fitting:
        raise DatabaseProgramError(
            f"找不到 {needed} 版或更新的 {program}，请安装 postgresql-client。"
        )
    return fitting[0][1] / program
