"""The engines of a command: joined when they run, else started; the last user stops them."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from launch import places
from launch.postgres import FAST_AND_FORGETFUL, Postgres
from launch.valkey import Valkey

TEST_SLOTS = 60  # Valkey has 64 databases


def refuse_embedded_in_production(*names: str) -> None:
    """In production a missing address is a mistake, never a reason to start an own server."""
    if os.environ.get("DJANGO_ENV") != "production":
        return
    for name in names:
        if not os.environ.get(name):
            raise SystemExit(
                f"环境变量 {name}：生产环境必须设置，不会启动内置数据库。"
                f" {name} must be set in production."
            )


@dataclass
class Engines:
    """The servers of one folder and the environment that leads to them."""

    environment: dict[str, str]
    postgres: Postgres | None = None
    valkey: Valkey | None = None
    notes: list[str] = field(default_factory=list)

    def revive(self) -> list[str]:
        """Start again what has died; the names of what was started."""
        revived = []
        if self.postgres and not self.postgres.is_running():
            self.postgres.start()
            revived.append("PostgreSQL")
        if self.valkey and not self.valkey.is_running():
            self.valkey.start()
            revived.append("Valkey")
        return revived


@contextmanager
def engines(kind: str, *, database: str = "app", bell: int = 0) -> Iterator[Engines]:
    """Engines of the folder `kind`; DATABASE_URL and REDIS_URL replace them."""
    refuse_embedded_in_production("DATABASE_URL", "REDIS_URL")
    own_database = not os.environ.get("DATABASE_URL")
    own_bell = not os.environ.get("REDIS_URL")
    if not own_database and not os.environ.get("DATABASE_OWNER_URL"):
        print("提示：未设置 DATABASE_OWNER_URL，迁移与业务使用同一个数据库账号。", file=sys.stderr)
    if not own_database and not own_bell:
        yield Engines(dict(os.environ))
        return
    folder = places.home(kind)
    users = places.Lock(folder / "users.lock")
    starting = places.Lock(folder / "start.lock")
    with ExitStack() as stack:
        with starting:
            users.acquire(shared=True)
            stack.callback(_leave, folder, users, starting)
            started = Engines(_environment(own_database=own_database))
            if own_database:
                started.postgres = _postgres(kind, folder)
                stack.callback(_stop_if_last, users, started.postgres, starting)
                started.postgres.start()
                started.environment |= _addresses(started.postgres, database)
                if started.postgres.runner.mode == "drop":
                    started.notes.append(f"数据库文件位于 {started.postgres.data}")
            if own_bell:
                started.valkey = Valkey(folder, persistent=kind == "run")
                stack.callback(_stop_if_last, users, started.valkey, starting)
                started.valkey.start()
                started.environment["REDIS_URL"] = started.valkey.url(bell)
        yield started


def _postgres(kind: str, folder: Path) -> Postgres:
    return Postgres(folder, settings=FAST_AND_FORGETFUL if kind == "test" else ())


def _stop_if_last(users: places.Lock, engine: Postgres | Valkey, starting: places.Lock) -> None:
    """Nobody may join between the question and the stop."""
    with starting:
        if users.acquire(wait=False):
            engine.stop()


def _leave(folder: Path, users: places.Lock, starting: places.Lock) -> None:
    with starting:
        users.release()
        places.forget_socket_dir(folder)


def _addresses(postgres: Postgres, database: str) -> dict[str, str]:
    return {
        "DATABASE_URL": postgres.url("app", database),
        "DATABASE_OWNER_URL": postgres.url("owner", database),
    }


def _environment(*, own_database: bool) -> dict[str, str]:
    """The caller's environment with this installation's keys; PG* must not lead elsewhere."""
    inherited = {
        key: value
        for key, value in os.environ.items()
        if not (own_database and key.startswith("PG"))
    }
    inherited["DJANGO_VAR_DIR"] = str(places.var_dir())
    for variable, name in (("DJANGO_SECRET_KEY", "secret_key"), ("FIELD_KEYS", "field_keys")):
        if not inherited.get(variable) and not inherited.get(f"{variable}_FILE"):
            inherited[f"{variable}_FILE"] = str(_secret_file(name))
    return inherited


def _secret_file(name: str) -> Path:
    """A random key made once per installation, readable by its owner alone."""
    path = places.var_dir() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_urlsafe(64) + "\n")
    return path


@contextmanager
def test_engines() -> Iterator[Engines]:
    """Engines for a test run, with databases and files that no other run uses at the same time."""
    if os.environ.get("DATABASE_OWNER_URL") and os.environ.get("DATABASE_URL"):
        with engines("test") as given:
            yield given
        return
    folder = places.home("test")
    slot, lock = _free_slot(folder)
    try:
        with engines("test", database=f"slot{slot}", bell=slot) as started:
            files = folder / f"files{slot}"
            files.mkdir(exist_ok=True)
            started.environment["DJANGO_VAR_DIR"] = str(files)
            yield started
    finally:
        lock.release()


def _free_slot(folder: Path) -> tuple[int, places.Lock]:
    for slot in range(TEST_SLOTS):
        lock = places.Lock(folder / f"slot{slot}.lock")
        if lock.acquire(wait=False):
            return slot, lock
        lock.release()
    raise SystemExit("同时运行的测试过多。")
