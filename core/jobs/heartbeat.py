"""Keeps the lease of a living run, also while it is inside one long transaction."""

import threading
import time
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models.functions import Now

from core.jobs import lease
from core.jobs.run import JobRun

TICK = 1.0  # seconds


class Heartbeat:
    """A thread with its own connection; it dies and freezes with the process, as it must."""

    def __init__(self, run: JobRun) -> None:
        self.run = run
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._renewed_at = time.monotonic()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stop.wait(TICK):
                old = time.monotonic() - self._renewed_at > settings.JOB_LEASE_SECONDS / 3
                if self.run.told or old:
                    self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        news, self.run.told = self.run.told, {}
        try:
            with transaction.atomic():
                # A locked row is being written by the run itself: that renews the lease too.
                held = lease.held(self.run.job).select_for_update(skip_locked=True).first()
                if held is not None:
                    lease.held(held).update(lease_until=Now() + lease.lease(), **news)
                    self.run.cancel_seen = held.cancel_requested
        except Error:
            connection.close()
        self._renewed_at = time.monotonic()
