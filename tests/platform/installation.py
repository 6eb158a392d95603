"""A whole installation in a folder of its own, started as an operator starts it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from launch import servers
from launch.postgres import FAST_AND_FORGETFUL, Postgres

ROOT = Path(__file__).resolve().parents[2]
# What the test run itself was given must not reach the installation under test.
FOREIGN = (
    "DATABASE",
    "REDIS",
    "DJANGO",
    "FIELD",
    "BACKUP",
    "PYTEST",
    "COVERAGE",
    "RUN_PY",
    "CRASH",
)
PATIENCE = 240.0  # seconds; only a fault or a crowded machine takes as long


def clean_environment(**given: str) -> dict[str, str]:
    inherited = {key: text for key, text in os.environ.items() if not key.startswith(FOREIGN)}
    return inherited | given


def wait_until(happened: Callable[[], object], what: str) -> None:
    """Wait for a condition; the clock only ends a wait that would never end."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, f"never happened: {what}"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    """Status and text; 0 while nobody answers."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        line.close()


@dataclass
class Running:
    """A started `up`, its output and its port."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_for(self, sentence: str) -> None:
        wait_until(lambda: sentence in self.said(), f"{sentence}\n{self.said()}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@dataclass
class Installation:
    """A data folder with everything `up` keeps there."""

    var: Path

    def environment(self, **given: str) -> dict[str, str]:
        return clean_environment(DJANGO_VAR_DIR=str(self.var), PYTHONPATH=str(ROOT), **given)

    def production(self, **given: str) -> dict[str, str]:
        """The environment of a production process on this installation's engines."""
        usual = {
            "DJANGO_ENV": "production",
            "DJANGO_SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnop",
            "FIELD_KEYS": "f" * 25 + "0123456789abcdefghijklmnop",
            "DJANGO_ALLOWED_HOSTS": "dangjian.example",
            "DATABASE_URL": self.database_url("app"),
            "REDIS_URL": f"redis+socket://{self.var}/run/vk.sock?virtual_host=0",
        }
        return self.environment(**usual | given)

    def database_url(self, role: str) -> str:
        """Of the running server, which has written down where its socket is."""
        sockets = (self.var / "run" / "pg" / "postmaster.pid").read_text().splitlines()[4]
        return f"postgres://{role}@/app?host={sockets}"

    def run(self, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "launch", *arguments],
            cwd=ROOT,
            env=self.environment(**given),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    @contextmanager
    def up(self) -> Iterator[Running]:
        port, log = free_port(), self.var / "up.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "launch", "up", str(port), "--no-demo"],
                cwd=ROOT,
                env=self.environment(),
                stdout=output,
                stderr=output,
            )
        running = Running(process, port, log)
        try:
            running.wait_for("系统已启动")
            yield running
        finally:
            if process.poll() is None:
                running.stop()


def processes_of(var: Path) -> dict[int, str]:
    """Command lines of the living processes whose environment or arguments name this folder."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            around = (entry / "environ").read_bytes()
        except (OSError, UnicodeDecodeError):
            continue
        named = str(var) in command or f"DJANGO_VAR_DIR={var}\0".encode() in around
        if command and named and int(entry.name) != os.getpid():
            found[int(entry.name)] = command
    return found


def oldest_process(installation: Installation, words: str) -> int:
    """The lowest pid of the installation whose command line has these words; 0 without any."""
    found = [pid for pid, line in processes_of(installation.var).items() if words in line]
    return min(found, default=0)


@contextmanager
def forgetful_engines(installation: Installation) -> Iterator[None]:
    """Its engines, running without care for a power cut; commands of the installation join them."""

    def quick(_kind: str, folder: Path) -> Postgres:
        return Postgres(folder, settings=FAST_AND_FORGETFUL)

    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(FOREIGN)]:
            patch.delenv(name)
        patch.setenv("DJANGO_VAR_DIR", str(installation.var))
        patch.setattr(servers, "_postgres", quick)
        with servers.engines("run"):
            yield
