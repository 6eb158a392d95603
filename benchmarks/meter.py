"""What one piece of work costs: seconds, processor time here and in the server, memory."""

import resource
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connection

MEGABYTE = 1024  # in the kilobytes of getrusage


@dataclass(frozen=True)
class Cost:
    """`client` includes the parsing child; `server` is the backend of this connection."""

    wall: float
    client: float
    server: float

    @property
    def cpu(self) -> float:
        return self.client + self.server


def measured(work: Callable[[], Any]) -> tuple[Cost, Any]:
    """The cost of the work and what it returned; the connection is opened before the clock."""
    backend = _backend()
    client, server, started = _client(), _server(backend), perf_counter()
    result = work()
    wall = perf_counter() - started
    return Cost(wall, _client() - client, _server(backend) - server), result


def peak() -> dict[str, int]:
    """Megabytes of this process and of the largest child it has had."""
    own, children = (
        resource.getrusage(who).ru_maxrss // MEGABYTE
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"self": own, "child": children}


def _client() -> float:
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in usage)


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _server(backend: int) -> float:
    """Seconds on a processor; 0 where the server runs on another machine."""
    spent = Path(f"/proc/{backend}/schedstat")
    return int(spent.read_text().split()[0]) / 1e9 if spent.exists() else 0.0
