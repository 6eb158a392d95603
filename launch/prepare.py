"""Brings a database and the static files up to date, and does nothing when they are."""

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import psycopg2

from launch import places

MANAGE = [sys.executable, str(places.ROOT / "manage.py")]
# A change of any of these may change tables, rights or the files that are collected.
SCHEMA_FILES = ("*/migrations/*.py", "*/apps.py", "core/database.py", "requirements.txt")
STATIC_FILES = ("static/**/*", "requirements.txt", "config/settings.py", "core/statics.py")


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.is_file():
            digest.update(str(path.relative_to(places.ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _matching(patterns: tuple[str, ...]) -> list[Path]:
    return [path for pattern in patterns for path in places.ROOT.glob(pattern)]


def _dsn(url: str) -> str:
    """libpq reads the same address, except for the scheme's short name."""
    return url.replace("postgres://", "postgresql://", 1)


def _owner_url(environment: Mapping[str, str]) -> str:
    return environment.get("DATABASE_OWNER_URL") or environment["DATABASE_URL"]


def migrations_are_applied(environment: Mapping[str, str]) -> bool:
    """The stamp is the database's own comment: a new or restored database has none."""
    connection = psycopg2.connect(_dsn(_owner_url(environment)))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "select shobj_description(oid, 'pg_database') from pg_database"
                " where datname = current_database()"
            )
            found = cursor.fetchone()
    finally:
        connection.close()
    return bool(found == (_schema_stamp(),))


def _schema_stamp() -> str:
    return f"migrations {_digest(_matching(SCHEMA_FILES))}"


def note_migrations(environment: Mapping[str, str], stamp: str | None = None) -> None:
    """Write the stamp; an empty one makes the next start migrate again."""
    connection = psycopg2.connect(_dsn(_owner_url(environment)))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("select current_database()")
            found = cursor.fetchone()
            name = psycopg2.extensions.quote_ident(found[0] if found else "", cursor)
            text = _schema_stamp() if stamp is None else stamp
            cursor.execute(f"comment on database {name} is %s", [text])
    except psycopg2.errors.InsufficientPrivilege:
        pass  # somebody else's database: migrate looks for itself each time
    finally:
        connection.close()


def migrate_command(environment: Mapping[str, str]) -> list[str] | None:
    return None if migrations_are_applied(environment) else [*MANAGE, "migrate", "--noinput", "-v0"]


def migrate(environment: Mapping[str, str]) -> None:
    """For commands that are not `up`: wait until the schema is current."""
    command = migrate_command(environment)
    if command:
        if subprocess.run(command, env=dict(environment)).returncode:
            raise SystemExit("数据库迁移失败。")
        note_migrations(environment)


def _static_stamp_file() -> Path:
    return places.var_dir() / "staticfiles.sha256"


def collect_command() -> list[str] | None:
    """collectstatic, unless what it would collect has not changed since it last ended well."""
    stamp = _static_stamp_file()
    collected = places.var_dir() / "staticfiles" / "staticfiles.json"
    current = _digest(_matching(STATIC_FILES))
    if collected.exists() and stamp.exists() and stamp.read_text() == current:
        return None
    return [*MANAGE, "collectstatic", "--noinput", "--clear", "-v0"]


def note_static_files() -> None:
    _static_stamp_file().write_text(_digest(_matching(STATIC_FILES)))


def assets_are_ready() -> bool:
    """Whether the front-end files of this package-lock.json have been copied."""
    return (
        subprocess.run([sys.executable, str(places.ROOT / "assets.py"), "--check"]).returncode == 0
    )


def wait_for_assets() -> None:
    """Before tests, of which some load whole pages: fetch them, or say why they are missing."""
    if subprocess.run([sys.executable, str(places.ROOT / "assets.py")]).returncode:
        print("前端文件未能取得，依赖它们的测试会失败。", file=sys.stderr)
