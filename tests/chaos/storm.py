"""Clients at work while a seeded killer strikes; every action is recorded with its answer."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import psycopg2
import redis

from tests.chaos.site import PATIENCE, QUEUES, Site
from tests.core.waiting import until

IMPORTS, IMPORT_ROWS = 40, 2000
EXPORTS, EXPORT_ROWS = 20, 3000
NOTES = 200
WORKERS, SWEEPERS = ("worker1", "worker2"), ("sweeper1", "sweeper2")
PAUSE = (1.5, 4.0)  # seconds between two strikes
FREEZE = 5.0  # seconds, longer than a lease


@dataclass
class Storm:
    """One run; `answers` maps each key to "ok" or "unknown", as the client saw it."""

    site: Site
    seed: int
    seconds: float
    sweepers: tuple[str, ...] = SWEEPERS
    imports: int = IMPORTS
    exports: int = EXPORTS
    kills: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    frozen: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.over = threading.Event()
        self.starters: dict[str, Callable[[], object]] = {
            "web": self.site.web,
            **{name: self._starter(name) for name in WORKERS},
            **{name: self._sweep_starter(name) for name in self.sweepers},
        }

    def _starter(self, name: str) -> Callable[[], object]:
        return lambda: self.site.worker(name, pool="prefork")

    def _sweep_starter(self, name: str) -> Callable[[], object]:
        return lambda: self.site.sweeper(name)

    def run(self) -> None:
        self._revive()
        clients = [
            threading.Thread(target=self._submit_all),
            threading.Thread(target=self._note_all),
        ]
        for client in clients:
            client.start()
        self._strike_until(time.monotonic() + self.seconds)
        self.over.set()
        self._thaw(everything=True)
        for client in clients:
            while client.is_alive():
                self._revive()
                client.join(timeout=1)
        self._revive()

    # Clients ----------------------------------------------------------------------------

    def _submit_all(self) -> None:
        jobs = [("toy.import", IMPORT_ROWS)] * self.imports
        jobs += [("toy.export", EXPORT_ROWS)] * self.exports
        random.Random(self.seed).shuffle(jobs)
        for number, (kind, rows) in enumerate(jobs):
            act = partial(self._act, f"job {number}", "/toy/submit", kind=kind, rows=rows)
            # A clerk who gets no answer presses the button again: the key stays the same.
            until(act, "an answer", PATIENCE, pause=0.2)
            self.over.wait(self.seconds / len(jobs))

    def _note_all(self) -> None:
        for number in range(NOTES):
            self._act(f"note {number}", "/toy/note")
            self.over.wait(self.seconds / NOTES)

    def _act(self, key: str, path: str, **fields: object) -> bool:
        try:
            self.site.post(path, key=key, **fields)
        except OSError:
            self.answers[key] = "unknown"
            return False
        self.answers[key] = "ok"
        return True

    # The killer -------------------------------------------------------------------------

    def _strike_until(self, end: float) -> None:
        targets = [self._worker, self._child, self._valkey, self._backend, self._web, self._freeze]
        targets += [self._sweeper] if self.sweepers else []
        while (now := time.monotonic()) < end:
            pause = min(self.random.uniform(*PAUSE), end - now)
            self._keep_alive(now + pause)
            strike = self.random.choice(targets)
            if strike():
                self.kills += 1

    def _keep_alive(self, until_moment: float) -> None:
        pause = threading.Event()
        while time.monotonic() < until_moment:
            self._thaw()
            self._revive()
            pause.wait(0.1)

    def _worker(self) -> bool:
        return self._kill(self.random.choice(WORKERS))

    def _sweeper(self) -> bool:
        return self._kill(self.random.choice(self.sweepers))

    def _web(self) -> bool:
        return self._kill("web")

    def _kill(self, name: str) -> bool:
        if name not in self.site.processes:
            return False
        self.site.kill(name)
        return True

    def _child(self) -> bool:
        child = self._some_child()
        return child is not None and _signal(child, signal.SIGKILL)

    def _freeze(self) -> bool:
        child = self._some_child()
        if child is None or not _signal(child, signal.SIGSTOP):
            return False
        self.frozen[child] = time.monotonic() + FREEZE
        return True

    def _some_child(self) -> int | None:
        children = [child for name in WORKERS for child in self.site.children(name)]
        return self.random.choice(children) if children else None

    def _valkey(self) -> bool:
        self.site.wipe_valkey()
        return True

    def _backend(self) -> bool:
        statement = "SELECT pid FROM pg_stat_activity WHERE usename = 'app'"
        try:
            backends = [pid for (pid,) in self.site.query(statement)]
        except psycopg2.Error:
            return False
        return bool(backends) and _signal(self.random.choice(backends), signal.SIGKILL)

    def _thaw(self, *, everything: bool = False) -> None:
        for child, moment in list(self.frozen.items()):
            if everything or time.monotonic() > moment:
                del self.frozen[child]
                _signal(child, signal.SIGCONT)

    def _revive(self) -> None:
        if not self.site.valkey.is_running():
            self.site.valkey.start()
        for name, start in self.starters.items():
            process = self.site.processes.get(name)
            if process is None or process.poll() is not None:
                start()

    # Calm -------------------------------------------------------------------------------

    def until_calm(self) -> None:
        """All jobs ended; or, without sweepers, nothing left that could still move one."""
        until(self._all_ended if self.sweepers else self._nothing_moves, "calm", PATIENCE)

    def _all_ended(self) -> bool:
        return self._count("SELECT count(*) FROM core_job WHERE finished_at IS NULL") == 0

    def _nothing_moves(self) -> bool:
        held = "SELECT count(*) FROM core_job WHERE lease_until > clock_timestamp()"
        return self._count(held) == 0 and self._messages() == 0

    def _count(self, statement: str) -> int:
        try:
            return int(self.site.value(statement))
        except psycopg2.Error:
            return -1

    def _messages(self) -> int:
        try:
            with self.site.redis() as connection:
                return sum(int(connection.llen(queue)) for queue in QUEUES)
        except redis.RedisError:
            return -1


def _signal(pid: int, number: int) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True
