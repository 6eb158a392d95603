"""A bounded crowd of readers on the real web server: how long pages take when many look at once.

python -m benchmarks.load [--users 100] [--seconds 60] [--gate]

Each reader signs in by a prepared session, waits 3 to 9 seconds between pages as people do, and
reads lists, searches, sheets of enterprises and the board of the demonstration county, which an
empty database receives first. Everything runs on the loopback address. The gate is the 95th
percentile: 800 ms for a hundred readers on two cores, with at most one error in a thousand.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from urllib.parse import quote

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROOT = Path(__file__).resolve().parent.parent
READY = 60  # seconds that the server may take to start
THINK = (3.0, 9.0)  # seconds between two pages of one reader
WORDS = ("科技", "电子", "有限公司", "hn", "kj", "建")
GATE = 0.8  # seconds, 95th percentile
ERRORS = 0.001


@dataclass
class Tally:
    """What all readers saw together."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, seconds: float, problem: str = "") -> None:
        with self.lock:
            self.seconds.append(seconds)
            if problem:
                self.errors.append(problem)


def sessions(count: int) -> list[str]:
    """Session keys of officers who may read the register."""
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model

    from accounts.sessions import SessionStore

    users = [user for user in get_user_model().objects.all() if user.has_perm("enterprises.view")]
    keys = []
    for number in range(count):
        user = users[number % len(users)]
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.create()
        keys.append(str(store.session_key))
    return keys


@contextmanager
def server(port: int) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "serve.py", f"127.0.0.1:{port}"], cwd=ROOT)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int) -> None:
    until = monotonic() + READY
    while monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            threading.Event().wait(0.1)
        else:
            return
    sys.exit("网页服务没有启动。")


def pages(random: Random, known: list[int]) -> str:
    """The next address: mostly lists and sheets, some searches, now and then the board."""
    draw = random.random()
    if draw < 0.35 or not known:
        return f"/enterprises/?page={random.randint(1, 3)}"
    if draw < 0.65:
        return f"/enterprises/{random.choice(known)}"
    if draw < 0.85:
        return f"/enterprises/?q={quote(random.choice(WORDS))}"
    return "/board/" if draw < 0.93 else "/"


def reader(port: int, cookie: str, seed: int, known: list[int], until: float, tally: Tally) -> None:
    random, pause = Random(seed), threading.Event()
    pause.wait(random.uniform(0, THINK[1]))
    while monotonic() < until:
        started, problem = monotonic(), ""
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            link.request("GET", pages(random, known), headers={"Cookie": cookie})
            answer = link.getresponse()
            answer.read()
            if answer.status not in {200, 404}:  # a sheet outside the scope does not exist
                problem = str(answer.status)
            link.close()
        except OSError as failure:
            problem = type(failure).__name__
        tally.add(monotonic() - started, problem)
        pause.wait(random.uniform(*THINK))


def crowd(users: int, seconds: int, port: int) -> Tally:
    from django.conf import settings

    from enterprises.models import Enterprise

    known = list(Enterprise.objects.order_by("pk").values_list("pk", flat=True)[:2000])
    name, tally = settings.SESSION_COOKIE_NAME, Tally()
    until = monotonic() + seconds
    threads = [
        threading.Thread(target=reader, args=(port, f"{name}={key}", seed, known, until, tally))
        for seed, key in enumerate(sessions(users))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--port", type=int, default=8199)
    parser.add_argument("--gate", action="store_true")
    options = parser.parse_args()
    django.setup()
    from django.core.management import call_command

    call_command("load_demo", if_empty=True)
    with server(options.port):
        tally = crowd(options.users, options.seconds, options.port)
    cuts = statistics.quantiles(tally.seconds, n=100)
    share = len(tally.errors) / len(tally.seconds)
    print(
        f"load users={options.users} requests={len(tally.seconds)} "
        f"p50={cuts[49] * 1000:.0f}ms p95={cuts[94] * 1000:.0f}ms p99={cuts[98] * 1000:.0f}ms "
        f"errors={len(tally.errors)} {sorted(set(tally.errors))}"
    )
    if options.gate and (cuts[94] > GATE or share > ERRORS):
        sys.exit(1)


if __name__ == "__main__":
    main()
