"""One embedded PostgreSQL cluster: created, started, adopted after a crash, stopped."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from launch import binaries, places

SOCKET_NAME = ".s.PGSQL.5432"
ROLES_AND_DATABASE = """
select 'create role owner login createdb' where to_regrole('owner') is null \\gexec
select 'create role app login' where to_regrole('app') is null \\gexec
select 'grant app to owner' where not pg_has_role('owner', 'app', 'member') \\gexec
select 'create database app owner owner'
 where not exists (select from pg_database where datname = 'app') \\gexec
"""
FAST_AND_FORGETFUL = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class Postgres:
    """A cluster in `folder`, reached by a socket that only this system user can open."""

    def __init__(
        self, folder: Path, *, settings: tuple[str, ...] = (), patience: float = 10
    ) -> None:
        chosen, self.major = binaries.choose_postgres(_data_folder(folder))
        self.runner = binaries.runner_for(chosen, folder)
        self.data = self.runner.home / "pg"
        self.sockets = places.socket_dir(self.runner.home, SOCKET_NAME)
        self.log = self.runner.home / "pg.log"
        self.settings = settings
        self.patience = patience

    def url(self, role: str, database: str = "app") -> str:
        return f"postgres://{role}@/{database}?host={self.sockets}"

    def start(self) -> None:
        """Create the cluster if need be; start it, or take over what a killed run left behind."""
        if not (self.data / "PG_VERSION").exists():
            self._create()
        if not self.is_running():
            self._start_server()
        self._call("psql", *self._psql(), check=True, text=ROLES_AND_DATABASE)

    def is_running(self) -> bool:
        """Whether the pid file's process lives and serves this folder, not its original."""
        lines = self._pid_file_lines()
        if len(lines) < 5 or lines[1] != str(self.data):
            return False
        self.sockets = Path(lines[4]) if lines[4] else self.sockets
        return _lives(int(lines[0]))

    def stop(self) -> None:
        """Fast stop; what hangs for 30 seconds is cut off and recovers at the next start."""
        if not self.is_running():
            return
        for how in ("fast", "immediate"):
            code, _ = self._call("pg_ctl", "-D", self.data, "-w", "-t", 30, "-m", how, "stop")
            if code == 0:
                return

    def _create(self) -> None:
        self.runner.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self.runner.home / "pg.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        provider: tuple[str, ...] = ()
        if self.major >= 17:
            provider = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        sync = ("--no-sync",) if "fsync=off" in self.settings else ()
        # LC_CTYPE=C would leave every Chinese word without trigrams; the type must be UTF-8.
        arguments = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = (*arguments, "--data-checksums", *provider, *sync)
        self._call("initdb", "-D", unfinished, *options, check=True)
        unfinished.rename(self.data)

    def _start_server(self) -> None:
        self._forget_foreign_pid()
        end = time.monotonic() + self.patience
        log = self.log if self.runner.mode == "drop" else places.keep_small(self.log)
        while True:
            code, output = self._call(
                "pg_ctl", "-D", self.data, "-w", "-t", 60, "-l", log, "-o", self._options(), "start"
            )
            if code == 0:
                return
            if time.monotonic() > end:
                break
            time.sleep(0.5)  # a killed server may not have been reaped yet
        if self._forget_zombie():
            self._start_server()
            return
        raise SystemExit(f"PostgreSQL 启动失败，日志见 {self.log}\n{output}")

    def _options(self) -> str:
        settings = [
            "listen_addresses=''",
            f"unix_socket_directories='{self.sockets}'",
            "unix_socket_permissions=0700",
            "max_connections=100",
            "shared_buffers=128MB",
            "logging_collector=off",
            *_shared_memory_settings(),
            *self.settings,
        ]
        return " ".join(f"-c {setting}" for setting in settings)

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _forget_foreign_pid(self) -> None:
        """Lock files that came with a copied folder name the server of the original."""
        for path in (self.data / "postmaster.pid", self.sockets / f"{SOCKET_NAME}.lock"):
            lines = path.read_text().splitlines() if path.exists() else []
            if len(lines) > 1 and lines[1] != str(self.data):
                path.unlink()

    def _forget_zombie(self) -> bool:
        """Drop the pid file of a dead server that nobody reaps, once its processes are gone."""
        lines = self._pid_file_lines()
        if not lines or _lives(int(lines[0])) or _works_in(self.data):
            return False
        (self.data / "postmaster.pid").unlink()
        return True

    def _psql(self) -> tuple[str | Path, ...]:
        target = ("-h", self.sockets, "-U", "postgres", "-d", "postgres")
        return (*target, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-")

    def _call(
        self, program: str, *arguments: object, check: bool = False, text: str = ""
    ) -> tuple[int, str]:
        """Exit code and output, by a file: the server keeps the handle, a pipe would never end."""
        command = [*self.runner.prefix, str(self.runner.binaries / program), *map(str, arguments)]
        with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as script:
            script.write(text)
            script.seek(0)
            code = subprocess.run(
                command,
                stdin=script,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=_environment(),
                start_new_session=True,
                **self.runner.options,
            ).returncode
            output.seek(0)
            answer = output.read()
        if check and code:
            raise SystemExit(f"{program} 执行失败（{code}）：\n{answer}")
        return code, answer


def _data_folder(folder: Path) -> Path:
    """Where the cluster's version is read before the way of running is known."""
    dropped = binaries.drop_dir(folder) / folder.name / "pg"
    return dropped if (dropped / "PG_VERSION").exists() else folder / "pg"


def _environment() -> dict[str, str]:
    """Without the caller's PG* variables, which would lead the programs to another server."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return inherited | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _shared_memory_settings() -> list[str]:
    """Memory-mapped files where /dev/shm is closed or as small as a container's 64 MB."""
    try:
        status = os.statvfs("/dev/shm")
        roomy = status.f_bavail * status.f_frsize > 256 * 1024 * 1024
        open_to_all = os.stat("/dev/shm").st_mode & 0o002
    except OSError:
        roomy = open_to_all = False
    return [] if roomy and open_to_all else ["dynamic_shared_memory_type=mmap"]


def _lives(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return not Path("/proc/self").exists()


def _works_in(folder: Path) -> bool:
    """Whether a process has its working directory here, as every PostgreSQL process has."""
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if Path(os.readlink(entry)) == folder:
                return True
        except OSError:
            continue
    return False
