"""The job sweeper as a process of its own; any number may run at once."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from core.jobs import sweeper

EVERY = 2.0  # seconds
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
        tidied = 0.0
        while not stop.wait(options["every"]):
            due = time.monotonic() - tidied > TIDY_EVERY
            if once(tidy=due) and due:
                tidied = time.monotonic()
            close_old_connections()


def once(*, tidy: bool) -> bool:
    """One pass; False when the database is away, which the next pass will find out again."""
    try:
        sweeper.submit_nightly()
        sweeper.sweep()
        if tidy:
            sweeper.tidy()
    except (Error, OSError) as problem:
        logger.warning("sweep failed: %s", problem)
        return False
    return True
