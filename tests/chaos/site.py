"""One installation for the tests: its own servers and processes, which may be killed at will."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg2
from redis import Redis

from launch import places
from launch.postgres import Postgres
from launch.valkey import Valkey
from tests.core.waiting import until

LEASE = 2  # seconds
PATIENCE = 60.0
# Processes die here, machines do not: commits must be written, but need not reach the disk.
SURVIVES_KILLS = ("fsync=off", "full_page_writes=off", "synchronous_commit=on")
QUEUES = ("import", "export", "short")
DROPPED = ("DJANGO_DB_ROLE", "CRASH_AT", "CHAOS_WITHOUT")
WORKER = [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "config.celery", "worker"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "warning"]


class Site:
    """PostgreSQL, Valkey without persistence, and any number of named processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = Postgres(folder / "engines", settings=SURVIVES_KILLS)
        self.valkey = Valkey(folder / "engines", persistent=False)
        self.files = folder / "files"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.port = 0

    # Servers ----------------------------------------------------------------------------

    def start(self) -> None:
        (self.folder / "engines").mkdir(mode=0o700)
        (self.files / "incoming").mkdir(parents=True)
        self.postgres.start()
        self.valkey.start()
        as_owner = {"DJANGO_DB_ROLE": "owner"}
        self.run([sys.executable, "manage.py", "migrate", "-v0"], as_owner)
        self.run([sys.executable, "-m", "tests.chaos.prepare"], as_owner)

    def stop(self) -> None:
        self.end_all()
        self.valkey.stop()
        self.postgres.stop()

    def environment(self, extra: dict[str, str] | None = None) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in DROPPED}
        return inherited | {
            "DJANGO_ENV": "test",
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "DJANGO_VAR_DIR": str(self.files),
            "DATABASE_URL": self.postgres.url("app"),
            "DATABASE_OWNER_URL": self.postgres.url("owner"),
            "REDIS_URL": self.valkey.url(),
            "JOB_LEASE_SECONDS": str(LEASE),
            "REMAP_SIGTERM": "SIGQUIT",
            **(extra or {}),
        }

    def valkey_pid(self) -> int:
        with self.redis() as connection:
            return int(connection.info("server")["process_id"])

    def postmaster(self) -> int:
        return int((self.postgres.data / "postmaster.pid").read_text().split()[0])

    def redis(self) -> Redis:
        return Redis(unix_socket_path=str(self.valkey.socket))

    def wipe_valkey(self) -> None:
        """Kill it; it comes back empty, as nothing of it is kept."""
        process = Path(f"/proc/{self.valkey_pid()}")
        os.kill(int(process.name), signal.SIGKILL)
        until(lambda: not self.valkey.is_running() and not process.exists(), "Valkey to die")

    # Database ---------------------------------------------------------------------------

    def _connect(self) -> Any:
        """A connection; a server that died recovers before it takes any."""
        found: list[Any] = []

        def is_taken() -> bool:
            try:
                found.append(
                    psycopg2.connect(host=str(self.postgres.sockets), user="postgres", dbname="app")
                )
            except psycopg2.OperationalError as refusal:
                if "recovery" not in str(refusal) and "starting up" not in str(refusal):
                    raise
            return bool(found)

        until(is_taken, "recovery", PATIENCE)
        return found[0]

    def query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        connection = self._connect()
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def value(self, statement: str, *values: object) -> Any:
        return self.query(statement, *values)[0][0]

    def state(self, job: str) -> str:
        return str(self.value("SELECT state FROM core_job WHERE id = %s", job))

    def forget_everything(self) -> None:
        """Between tests: no rows, no messages."""
        self.query("ALTER TABLE core_auditentry DISABLE TRIGGER core_audit_not_emptied")
        self.query("ALTER TABLE core_auditseal DISABLE TRIGGER core_seal_not_emptied")
        self.query(
            "TRUNCATE core_job, core_message, core_outgoing, core_auditentry, core_auditseal,"
            " toy_row, toy_effect, toy_note"
        )
        with self.redis() as connection:
            connection.flushall()

    # Processes --------------------------------------------------------------------------

    def run(self, command: list[str], extra: dict[str, str] | None = None) -> None:
        subprocess.run(command, cwd=places.ROOT, env=self.environment(extra), check=True)

    def spawn(
        self,
        name: str,
        command: list[str],
        *,
        limit: Callable[[], None] | None = None,
        extra: dict[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=places.ROOT,
                env=self.environment(extra),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=limit,
            )
        self.processes[name] = process
        return process

    def worker(
        self,
        name: str = "worker",
        *,
        pool: str = "solo",
        queues: Iterable[str] = QUEUES,
        largest_file: int = 0,
        extra: dict[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        words = ["-Q", ",".join(queues), "-P", pool, "-c", "2", "-n", f"{name}@chaos"]
        limit = _file_limit(largest_file) if largest_file else None
        return self.spawn(name, [*WORKER, *words, *QUIET], limit=limit, extra=extra)

    def sweeper(self, name: str = "sweeper") -> subprocess.Popen[bytes]:
        return self.spawn(name, [sys.executable, "manage.py", "sweep_jobs", "--every", "0.5"])

    def web(self, *, largest_file: int = 0) -> subprocess.Popen[bytes]:
        self.port = self.port or _free_port()
        limit = _file_limit(largest_file) if largest_file else None
        command = [sys.executable, "serve.py", f"127.0.0.1:{self.port}"]
        process = self.spawn("web", command, limit=limit)
        until(self._answers, "the web server", PATIENCE)
        return process

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """The process and its children."""
        os.killpg(self.processes[name].pid, number)
        if number == signal.SIGKILL:
            self.processes.pop(name).wait()

    def children(self, name: str) -> list[int]:
        pid = self.processes[name].pid
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def ensure(self, name: str, start: Callable[[], object]) -> None:
        if name not in self.processes or self.processes[name].poll() is not None:
            start()

    def end_all(self, but: Iterable[str] = ()) -> None:
        for name in self.processes.keys() - set(but):
            try:
                self.kill(name)
            except ProcessLookupError:
                self.processes.pop(name).wait()

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    # HTTP -------------------------------------------------------------------------------

    def post(self, path: str, **fields: object) -> dict[str, Any]:
        data = urllib.parse.urlencode(fields).encode()
        address = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(address, data=data, timeout=20) as answer:
            return dict(json.load(answer))

    def get(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return dict(json.load(answer))

    def submit(self, kind: str = "toy.import", *, rows: int = 200, **fields: object) -> str:
        key = fields.pop("key", os.urandom(8).hex())
        return str(self.post("/toy/submit", kind=kind, rows=rows, key=key, **fields)["job"])

    def until_ended(self, *jobs: str) -> None:
        until(lambda: self._ended(jobs), f"the end of {jobs}", PATIENCE)

    def _ended(self, jobs: Iterable[str]) -> bool:
        still = "SELECT 1 FROM core_job WHERE id = ANY(%s::uuid[]) AND finished_at IS NULL"
        return not self.query(still, list(jobs))

    # Gates ------------------------------------------------------------------------------

    def until_reached(self, job: str) -> None:
        until((self.files / f"reached-{job}").exists, "the gate", PATIENCE)

    def open_gate(self, job: str) -> None:
        (self.files / f"opened-{job}").touch()


def _file_limit(size: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
