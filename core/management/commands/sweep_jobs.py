"""The job sweeper as a process of its own, which also seals the log; any number may run."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from core import chain
from core.jobs import sweeper
from core.outward import delivery

EVERY = 2.0  # seconds
SEAL_EVERY = 20.0
TIDY_EVERY = 3600.0
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "持续查找无人执行的任务并再次通知（可同时运行多个）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=EVERY, help="两次巡检之间的秒数")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        tidied = sealed = 0.0
        while not stop.wait(options["every"]):
            now = time.monotonic()
            tidy, seal = now - tidied > TIDY_EVERY, now - sealed > SEAL_EVERY
            if once(tidy=tidy, seal=seal):
                tidied, sealed = now if tidy else tidied, now if seal else sealed
            close_old_connections()


def once(*, tidy: bool = False, seal: bool = False) -> bool:
    """One pass; False when the database is away, which the next pass will find out again."""
    try:
        sweeper.submit_nightly()
        delivery.submit_due()
        sweeper.sweep()
        if seal:
            chain.seal()
        if tidy:
            sweeper.tidy()
    except (Error, OSError) as problem:
        logger.warning("sweep failed: %s", problem)
        return False
    return True
