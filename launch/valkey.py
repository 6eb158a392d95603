"""One embedded Valkey, the bell of the job queue; losing it costs seconds, never data."""

import os
import socket
import subprocess
import time
from pathlib import Path

from launch import binaries, places

SOCKET_NAME = "vk.sock"


class Valkey:
    """A server in `folder`, reached by a socket that only this system user can open."""

    def __init__(self, folder: Path, *, persistent: bool = True) -> None:
        self.folder = folder
        self.socket = places.socket_dir(folder, SOCKET_NAME) / SOCKET_NAME
        self.log = folder / "vk.log"
        self.persistent = persistent
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: int = 0) -> str:
        return f"redis+socket://{self.socket}?virtual_host={database}"

    def start(self) -> None:
        """Bring the server up, or take over one that a killed run left behind."""
        if self.is_running():
            return
        self.socket.unlink(missing_ok=True)
        with places.keep_small(self.log).open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + 20
        while not self.is_running():
            if self._process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"Valkey 启动失败，日志见 {self.log}")
            time.sleep(0.02)

    def is_running(self) -> bool:
        if self._process is not None:
            self._process.poll()  # reaps a dead one
        return self._ask(b"PING") == b"+PONG"

    def stop(self) -> None:
        """Stop after the last write reached the file."""
        self._ask(b"SHUTDOWN")
        end = time.monotonic() + 10
        while self.is_running() and time.monotonic() < end:
            time.sleep(0.02)
        if self._process is not None:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()

    def _command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "save": "",
            "appendonly": "yes" if self.persistent else "no",
            "databases": "64",
            "maxmemory-policy": "noeviction",
        }
        words = [word for key, value in options.items() for word in (f"--{key}", value)]
        return [str(binaries.find_valkey()), *words]

    def _ask(self, question: bytes) -> bytes:
        """The first line of the answer; empty when nobody answers."""
        if not os.path.exists(self.socket):
            return b""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            try:
                line.connect(str(self.socket))
                line.sendall(question + b"\r\n")
                return line.recv(512).split(b"\r\n")[0]
            except OSError:
                return b""
