"""The benchmark's own databases: prepared once, copied for each run, dropped at the end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[1]
OWNER, APP = "DATABASE_OWNER_URL", "DATABASE_URL"


class Databases:
    """Names begin with `bench_` and this process's number, so that two runs never meet."""

    def __init__(self) -> None:
        if not os.environ.get(OWNER):
            raise SystemExit(f"{OWNER} is not set: start the benchmark by `python3 run.py bench`")
        self._owner = os.environ[OWNER]
        self._app = os.environ.get(APP) or self._owner
        self._made: list[str] = []

    def environment(self, name: str) -> dict[str, str]:
        """For a process that works in the database; as its owner, since the peer sets sequences.

        Modules are compiled once, as in every installation.
        """
        urls = {OWNER: _in(self._owner, name), APP: _in(self._app, name)}
        found = {**os.environ, **urls, "DJANGO_DB_ROLE": "owner", "PYTHONPATH": str(ROOT)}
        found.pop("PYTHONDONTWRITEBYTECODE", None)
        return found

    def name(self, word: str) -> str:
        return f"bench_{os.getpid()}_{word}"

    def create(self, word: str) -> str:
        """A migrated, empty database."""
        name = self.name(word)
        self._made.append(name)
        self._run(f"CREATE DATABASE {name}")
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"],
            check=True,
            env=self.environment(name),
        )
        return name

    def settle(self, name: str) -> None:
        """What autovacuum does in a quiet minute, before the database is copied or read."""
        with closing(psycopg2.connect(_in(self._owner, name))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (ANALYZE, FREEZE)")

    @contextmanager
    def copy(self, base: str) -> Iterator[str]:
        """A fresh copy of a settled database, for one measured run."""
        name = self.name("run")
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {name} TEMPLATE {base} STRATEGY file_copy")
        try:
            yield name
        finally:
            self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def drop_all(self) -> None:
        while self._made:
            self._run(f"DROP DATABASE IF EXISTS {self._made.pop()} WITH (FORCE)")

    def facts(self) -> dict[str, str]:
        """What the server says about itself that bears on speed."""
        asked = ("server_version", "shared_buffers", "work_mem", "fsync", "synchronous_commit")
        with closing(psycopg2.connect(self._owner)) as connection, connection.cursor() as cursor:
            found = {}
            for setting in asked:
                cursor.execute(f"SHOW {setting}")
                found[setting] = cursor.fetchone()[0]
        return found

    def _run(self, statement: str) -> None:
        with closing(psycopg2.connect(_in(self._owner, "postgres"))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)


def _in(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
