"""Keeps child processes running: starts, restarts with growing delay, and stops them all."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from launch import places

HURRY = 5  # seconds until a second SIGTERM: a worker then hands its job back at once
GRACE = 15  # seconds until SIGKILL
STEADY = 30  # seconds after which a child counts as well started
LONGEST_DELAY = 30


def say(line: str) -> None:
    print(line, flush=True)


@dataclass
class Child:
    """A process that should always run, or a `once` task that should run to its end."""

    name: str
    command: list[str]
    once: bool = False
    when_done: Callable[[int], None] | None = None
    keep_open: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    failures: int = 0
    start_at: float = 0


@dataclass
class Supervisor:
    """The children of one `up`; `stopping` is set by Ctrl+C or SIGTERM."""

    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def listen_to_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def add(self, child: Child) -> None:
        self._start(child)
        self.children.append(child)

    def run_step(self, command: list[str]) -> int:
        """Run a command to its end; Ctrl+C ends it and gives -1."""
        step = Child("step", command, once=True)
        self._start(step)
        assert step.process is not None
        while step.process.poll() is None:
            if self.stopping.wait(0.05):
                _end([step])
                return -1
        return step.process.returncode

    def look_after(self) -> None:
        """Restart what died; report what ended."""
        now = time.monotonic()
        for child in list(self.children):
            if child.process is None:
                if now >= child.start_at:
                    self._start(child)
            elif (code := child.process.poll()) is not None:
                self._ended(child, code, now)

    def restart(self, name: str) -> None:
        """End a child politely and start it anew; its listening socket stays open meanwhile."""
        for child in self.children:
            if child.name == name:
                _end([child])
                self._start(child)

    def stop(self) -> None:
        _end(self.children)

    def _start(self, child: Child) -> None:
        child.started = time.monotonic()
        child.process = subprocess.Popen(
            child.command,
            cwd=places.ROOT,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=child.keep_open,
            preexec_fn=_end_with_parent,
        )

    def _ended(self, child: Child, code: int, now: float) -> None:
        if child.once:
            self.children.remove(child)
            if child.when_done:
                child.when_done(code)
            return
        child.failures = 1 if now - child.started > STEADY else child.failures + 1
        delay = min(2 ** (child.failures - 1), LONGEST_DELAY)
        say(f"{child.name}意外退出（代码 {code}），{delay} 秒后重新启动。")
        child.process = None
        child.start_at = now + delay


def _end(children: list[Child]) -> None:
    """SIGTERM to all, once more to the slow ones, SIGKILL to the groups of those that stay."""
    running = [child.process for child in children if child.process is not None]
    begun = time.monotonic()
    for limit in (HURRY, GRACE):
        running = [process for process in running if process.poll() is None]
        for process in running:
            process.terminate()
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, begun + limit - time.monotonic()))
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _end_with_parent() -> None:
    """In the child: ask the kernel for SIGTERM when the supervisor dies, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
